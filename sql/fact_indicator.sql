CREATE TABLE fact_indicator (
    report_key INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    labels VARCHAR[] NOT NULL,
    raw VARCHAR NOT NULL,
    unit VARCHAR,
    page SMALLINT,
    x0 FLOAT,
    y0 FLOAT,
    x1 FLOAT,
    y1 FLOAT,
    path VARCHAR,
    reader VARCHAR NOT NULL
);

INSERT INTO fact_indicator
SELECT report_key, ordinal, labels, raw, unit, page, x0, y0, x1, y1, path, reader
FROM segment_indicator
JOIN keyed_report USING (document_sha256, segment)
ORDER BY report_key, ordinal;

COMMENT ON TABLE fact_indicator IS 'Figures that no form asks for, as lists print them: all of reports before 2014, and further lines of later lists; never part of a form / 无格式规定的数，按统计表原样保留：2014年以前报告的全部，及其后统计表的额外各行；不并入任何格式';
COMMENT ON COLUMN fact_indicator.report_key IS 'The report, see dim_report / 报告，见 dim_report';
COMMENT ON COLUMN fact_indicator.ordinal IS 'Order within the report, from 0 / 报告内次序，从0起';
COMMENT ON COLUMN fact_indicator.labels IS 'Labels from the outermost heading to the line itself, then its column where several hold figures / 自最外层标题至本行的各级标签；有多列数字时末为列名';
COMMENT ON COLUMN fact_indicator.raw IS 'The text of the cell as printed / 单元格原文';
COMMENT ON COLUMN fact_indicator.unit IS 'The unit printed beside it; null where none is / 旁注单位；未印则为空';
COMMENT ON COLUMN fact_indicator.page IS 'Page, from 1 (PDF, scan) / 页码，从1起（PDF、扫描件）';
COMMENT ON COLUMN fact_indicator.x0 IS 'Left edge of the cell, PDF points from the left of the page / 单元格左缘，距页左，PDF点';
COMMENT ON COLUMN fact_indicator.y0 IS 'Upper edge of the cell, PDF points from the top of the page / 单元格上缘，距页顶，PDF点';
COMMENT ON COLUMN fact_indicator.x1 IS 'Right edge of the cell, PDF points from the left of the page / 单元格右缘，距页左，PDF点';
COMMENT ON COLUMN fact_indicator.y1 IS 'Lower edge of the cell, PDF points from the top of the page / 单元格下缘，距页顶，PDF点';
COMMENT ON COLUMN fact_indicator.path IS 'Path of the element or line (HTML, text) / 元素或行的路径（HTML、文本）';
COMMENT ON COLUMN fact_indicator.reader IS 'What read the cell / 读取该格的程序';
