CREATE TABLE fact_opinion (
    report_key INTEGER NOT NULL,
    measure_key SMALLINT NOT NULL,
    value DECIMAL(18, 6),
    raw VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    page SMALLINT,
    x0 FLOAT,
    y0 FLOAT,
    x1 FLOAT,
    y1 FLOAT,
    path VARCHAR,
    reader VARCHAR NOT NULL,
    confidence FLOAT NOT NULL
);

INSERT INTO fact_opinion
SELECT
    report_key, measure_key, value, raw, status, page, x0, y0, x1, y1, path, reader, confidence
FROM segment_opinion
JOIN keyed_report USING (document_sha256, segment)
JOIN dim_measure USING (form_table, form_row, form_column)
ORDER BY report_key, measure_key, reader;

COMMENT ON TABLE fact_opinion IS 'What each of two readers saw in the cells that a second reader was asked about: those of a rule that failed, those read with doubt, those missing / 就存疑单元格（所涉规则不成立、读取把握不足或缺失）请第二种程序重读时，两者各自所见';
COMMENT ON COLUMN fact_opinion.report_key IS 'The report, see dim_report / 报告，见 dim_report';
COMMENT ON COLUMN fact_opinion.measure_key IS 'What the figure is, see dim_measure / 指标，见 dim_measure';
COMMENT ON COLUMN fact_opinion.value IS 'The number, money in 10,000 yuan; null unless a number is printed / 数值，金额以万元计；未印数字则为空';
COMMENT ON COLUMN fact_opinion.raw IS 'The text of the cell as printed / 单元格原文';
COMMENT ON COLUMN fact_opinion.status IS 'printed (a number, zero included), blank, dash (/ — 无) or unreadable / printed 印有数字（含零）、blank 空白、dash 斜线或横线等、unreadable 无法识读';
COMMENT ON COLUMN fact_opinion.page IS 'Page, from 1 (PDF, scan) / 页码，从1起（PDF、扫描件）';
COMMENT ON COLUMN fact_opinion.x0 IS 'Left edge of the cell, PDF points from the left of the page / 单元格左缘，距页左，PDF点';
COMMENT ON COLUMN fact_opinion.y0 IS 'Upper edge of the cell, PDF points from the top of the page / 单元格上缘，距页顶，PDF点';
COMMENT ON COLUMN fact_opinion.x1 IS 'Right edge of the cell, PDF points from the left of the page / 单元格右缘，距页左，PDF点';
COMMENT ON COLUMN fact_opinion.y1 IS 'Lower edge of the cell, PDF points from the top of the page / 单元格下缘，距页顶，PDF点';
COMMENT ON COLUMN fact_opinion.path IS 'Path of the element or line (HTML, text) / 元素或行的路径（HTML、文本）';
COMMENT ON COLUMN fact_opinion.reader IS 'What read the cell / 读取该格的程序';
COMMENT ON COLUMN fact_opinion.confidence IS '1 where label and position were certain, below 1 where the cell is worth a look / 标签与位置确定为1；低于1值得核看';
