-- Figures that no form asks for, with whose and where they are.
CREATE VIEW indicator AS
SELECT
    dim_report.county_code,
    dim_county.name AS county_name,
    dim_report.year,
    fact_indicator.labels,
    array_to_string(fact_indicator.labels, ' > ') AS label_path,
    fact_indicator.raw,
    fact_indicator.unit,
    fact_indicator.page,
    CASE
        WHEN fact_indicator.x0 IS NOT NULL
            THEN list_transform(
                [fact_indicator.x0, fact_indicator.y0, fact_indicator.x1, fact_indicator.y1],
                lambda edge: round(edge::DOUBLE, 2)
            )
    END AS bbox,
    fact_indicator.path,
    dim_document.document_sha256,
    dim_document.url,
    fact_indicator.reader
FROM fact_indicator
JOIN dim_report USING (report_key)
JOIN dim_document USING (document_key)
LEFT JOIN dim_county USING (county_key);

COMMENT ON VIEW indicator IS 'Figures that no form asks for, as lists print them: reports before 2014, and further lines of later lists. They are not merged and not checked / 无格式规定的数，按统计表原样保留：2014年以前的报告，及其后统计表的额外各行；不合并，不核对';
COMMENT ON COLUMN indicator.county_code IS 'Division code of the report year (GB/T 2260); null while undecided / 报告年度的行政区划代码；未定则为空';
COMMENT ON COLUMN indicator.county_name IS 'Name of the county in the report year; null while undecided / 报告年度的县名；未定则为空';
COMMENT ON COLUMN indicator.year IS 'The year reported on / 报告所述年度';
COMMENT ON COLUMN indicator.labels IS 'Labels from the outermost heading to the line itself, then its column where several hold figures / 自最外层标题至本行的各级标签；有多列数字时末为列名';
COMMENT ON COLUMN indicator.label_path IS 'The same labels in one text, joined by > / 同上，以“>”连接';
COMMENT ON COLUMN indicator.raw IS 'The text of the cell as printed / 单元格原文';
COMMENT ON COLUMN indicator.unit IS 'The unit printed beside it; null where none is / 旁注单位；未印则为空';
COMMENT ON COLUMN indicator.page IS 'Page, from 1 (PDF, scan) / 页码，从1起（PDF、扫描件）';
COMMENT ON COLUMN indicator.bbox IS 'Box of the cell on the page, [left, upper, right, lower] in PDF points from the top left corner / 单元格在页上的框 [左, 上, 右, 下]，自页左上角起，PDF点';
COMMENT ON COLUMN indicator.path IS 'Path of the element or line (HTML, text) / 元素或行的路径（HTML、文本）';
COMMENT ON COLUMN indicator.document_sha256 IS 'SHA-256 of the file; names it in the archive / 文件的 SHA-256，即其在存档中的名字';
COMMENT ON COLUMN indicator.url IS 'Where the file was fetched from / 文件获取地址';
COMMENT ON COLUMN indicator.reader IS 'What read the cell / 读取该格的程序';
