-- Every cell with everything that is known of it.
CREATE VIEW observation AS
SELECT
    dim_report.county_code,
    dim_county.name AS county_name,
    dim_report.year,
    dim_report.form,
    dim_measure.form_table,
    dim_measure.form_row,
    dim_measure.form_column,
    fact_observation.value,
    fact_observation.printed_value,
    fact_observation.raw,
    fact_observation.status,
    dim_measure.unit,
    dim_measure.is_total,
    fact_observation.page,
    CASE
        WHEN fact_observation.x0 IS NOT NULL
            -- FLOAT holds a box well enough and shows it badly: as DOUBLE to a hundredth of a point.
            THEN list_transform(
                [fact_observation.x0, fact_observation.y0, fact_observation.x1, fact_observation.y1],
                lambda edge: round(edge::DOUBLE, 2)
            )
    END AS bbox,
    fact_observation.path,
    dim_document.document_sha256,
    dim_document.url,
    fact_observation.reader,
    round(fact_observation.confidence::DOUBLE, 3) AS confidence,
    fact_observation.corrected
FROM fact_observation
JOIN dim_report USING (report_key)
JOIN dim_measure USING (measure_key)
JOIN dim_document USING (document_key)
LEFT JOIN dim_county USING (county_key);

COMMENT ON VIEW observation IS 'Every cell of every report with its meaning and its source; to add figures up use leaf, which holds no totals / 每份报告的每个单元格及其含义与出处；求和请用 leaf（不含合计）';
COMMENT ON COLUMN observation.county_code IS 'Division code of the report year (GB/T 2260); null while undecided / 报告年度的行政区划代码；未定则为空';
COMMENT ON COLUMN observation.county_name IS 'Name of the county in the report year; null while undecided / 报告年度的县名；未定则为空';
COMMENT ON COLUMN observation.year IS 'The year reported on / 报告所述年度';
COMMENT ON COLUMN observation.form IS 'The form of the report, see dim_form / 报告格式，见 dim_form';
COMMENT ON COLUMN observation.form_table IS 'Table: disclosure (section two), requests (three), disputes (four) or stat (the list of 2014 to 2018) / 表：disclosure（第二部分）、requests（第三部分）、disputes（第四部分）、stat（2014至2018年统计表）';
COMMENT ON COLUMN observation.form_row IS 'Row of the table, see dim_measure / 行，见 dim_measure';
COMMENT ON COLUMN observation.form_column IS 'Column of the table, see dim_measure / 列，见 dim_measure';
COMMENT ON COLUMN observation.value IS 'The number, reviewed corrections applied, money in 10,000 yuan; null unless a number is printed or was put in / 数值（已含审核更正），金额以万元计；未印数字且未更正则为空';
COMMENT ON COLUMN observation.printed_value IS 'The number as printed, before any correction / 所印数值，未经更正';
COMMENT ON COLUMN observation.raw IS 'The text of the cell as printed / 单元格原文';
COMMENT ON COLUMN observation.status IS 'printed (a number, zero included), blank, dash (/ — 无) or unreadable / printed 印有数字（含零）、blank 空白、dash 斜线或横线等、unreadable 无法识读';
COMMENT ON COLUMN observation.unit IS 'Unit of the value; money is in 10,000 yuan / 数值单位；金额以万元计';
COMMENT ON COLUMN observation.is_total IS 'True where the form prints a sum: never add it to its parts / 表中印出的合计为真：不可与其组成部分相加';
COMMENT ON COLUMN observation.page IS 'Page, from 1 (PDF, scan) / 页码，从1起（PDF、扫描件）';
COMMENT ON COLUMN observation.bbox IS 'Box of the cell on the page, [left, upper, right, lower] in PDF points from the top left corner / 单元格在页上的框 [左, 上, 右, 下]，自页左上角起，PDF点';
COMMENT ON COLUMN observation.path IS 'Path of the element or line (HTML, text) / 元素或行的路径（HTML、文本）';
COMMENT ON COLUMN observation.document_sha256 IS 'SHA-256 of the file; names it in the archive / 文件的 SHA-256，即其在存档中的名字';
COMMENT ON COLUMN observation.url IS 'Where the file was fetched from / 文件获取地址';
COMMENT ON COLUMN observation.reader IS 'What read the cell / 读取该格的程序';
COMMENT ON COLUMN observation.confidence IS '1 where label and position were certain, below 1 where the cell is worth a look / 标签与位置确定为1；低于1值得核看';
COMMENT ON COLUMN observation.corrected IS 'True where value is a reviewed correction of printed_value / 数值经审核更正为真';
