CREATE TABLE fact_observation (
    report_key INTEGER NOT NULL,
    measure_key SMALLINT NOT NULL,
    value DECIMAL(18, 6),
    printed_value DECIMAL(18, 6),
    raw VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    page SMALLINT,
    x0 FLOAT,
    y0 FLOAT,
    x1 FLOAT,
    y1 FLOAT,
    path VARCHAR,
    reader VARCHAR NOT NULL,
    confidence FLOAT NOT NULL,
    corrected BOOLEAN NOT NULL
);

-- Sorted by report, hence by county and year: a query for one of them reads only its row groups.
-- Corrections change value and corrected afterwards (correction.sql).
-- No primary key: it costs ten times the load. A structural suite checks that no cell stands twice.
INSERT INTO fact_observation
SELECT
    report_key, measure_key, value, value AS printed_value, raw, status,
    page, x0, y0, x1, y1, path, reader, confidence, false AS corrected
FROM segment_observation
JOIN keyed_report USING (document_sha256, segment)
JOIN dim_measure USING (form_table, form_row, form_column)
ORDER BY report_key, measure_key;

COMMENT ON TABLE fact_observation IS 'Every cell of every report, with its place in the document; leaves and totals (dim_measure.is_total) both / 每份报告的每个单元格及其在文件中的位置；含分项与合计（见 dim_measure.is_total）';
COMMENT ON COLUMN fact_observation.report_key IS 'The report, see dim_report / 报告，见 dim_report';
COMMENT ON COLUMN fact_observation.measure_key IS 'What the figure is, see dim_measure / 指标，见 dim_measure';
COMMENT ON COLUMN fact_observation.value IS 'The number, reviewed corrections applied, money in 10,000 yuan; null unless a number is printed or was put in / 数值（已含审核更正），金额以万元计；未印数字且未更正则为空';
COMMENT ON COLUMN fact_observation.printed_value IS 'The number as printed, before any correction / 所印数值，未经更正';
COMMENT ON COLUMN fact_observation.raw IS 'The text of the cell as printed / 单元格原文';
COMMENT ON COLUMN fact_observation.status IS 'printed (a number, zero included), blank, dash (/ — 无) or unreadable / printed 印有数字（含零）、blank 空白、dash 斜线或横线等、unreadable 无法识读';
COMMENT ON COLUMN fact_observation.page IS 'Page, from 1 (PDF, scan) / 页码，从1起（PDF、扫描件）';
COMMENT ON COLUMN fact_observation.x0 IS 'Left edge of the cell, PDF points from the left of the page / 单元格左缘，距页左，PDF点';
COMMENT ON COLUMN fact_observation.y0 IS 'Upper edge of the cell, PDF points from the top of the page / 单元格上缘，距页顶，PDF点';
COMMENT ON COLUMN fact_observation.x1 IS 'Right edge of the cell, PDF points from the left of the page / 单元格右缘，距页左，PDF点';
COMMENT ON COLUMN fact_observation.y1 IS 'Lower edge of the cell, PDF points from the top of the page / 单元格下缘，距页顶，PDF点';
COMMENT ON COLUMN fact_observation.path IS 'Path of the element or line (HTML, text) / 元素或行的路径（HTML、文本）';
COMMENT ON COLUMN fact_observation.reader IS 'What read the cell / 读取该格的程序';
COMMENT ON COLUMN fact_observation.confidence IS '1 where label and position were certain, below 1 where the cell is worth a look / 标签与位置确定为1；低于1值得核看';
COMMENT ON COLUMN fact_observation.corrected IS 'True where value is a reviewed correction of printed_value / 数值经审核更正为真';
