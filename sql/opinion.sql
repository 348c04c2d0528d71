-- Both readers of the cells that a second one was asked about, and which of them stands in observation.
CREATE VIEW opinion AS
SELECT
    dim_report.county_code,
    dim_county.name AS county_name,
    dim_report.year,
    dim_measure.form_table,
    dim_measure.form_row,
    dim_measure.form_column,
    fact_opinion.value,
    fact_opinion.raw,
    fact_opinion.status,
    fact_opinion.page,
    CASE
        WHEN fact_opinion.x0 IS NOT NULL
            -- FLOAT holds a box well enough and shows it badly: as DOUBLE to a hundredth of a point.
            THEN list_transform(
                [fact_opinion.x0, fact_opinion.y0, fact_opinion.x1, fact_opinion.y1],
                lambda edge: round(edge::DOUBLE, 2)
            )
    END AS bbox,
    fact_opinion.path,
    dim_document.document_sha256,
    dim_document.url,
    fact_opinion.reader,
    round(fact_opinion.confidence::DOUBLE, 3) AS confidence,
    coalesce(
        fact_opinion.status = fact_observation.status
            AND fact_opinion.value IS NOT DISTINCT FROM fact_observation.printed_value,
        false
    ) AS is_taken
FROM fact_opinion
LEFT JOIN fact_observation USING (report_key, measure_key)
JOIN dim_report USING (report_key)
JOIN dim_measure USING (measure_key)
JOIN dim_document USING (document_key)
LEFT JOIN dim_county USING (county_key);

COMMENT ON VIEW opinion IS 'What each of two readers saw in the cells that a second reader was asked about; agreement on a broken rule means that the source printed it so / 存疑单元格上两种程序各自所见；两者一致而规则仍不成立，说明原件即如此印出';
COMMENT ON COLUMN opinion.county_code IS 'Division code of the report year (GB/T 2260); null while undecided / 报告年度的行政区划代码；未定则为空';
COMMENT ON COLUMN opinion.county_name IS 'Name of the county in the report year; null while undecided / 报告年度的县名；未定则为空';
COMMENT ON COLUMN opinion.year IS 'The year reported on / 报告所述年度';
COMMENT ON COLUMN opinion.form_table IS 'Table: disclosure (section two), requests (three) or disputes (four) / 表：disclosure（第二部分）、requests（第三部分）、disputes（第四部分）';
COMMENT ON COLUMN opinion.form_row IS 'Row of the table, see dim_measure / 行，见 dim_measure';
COMMENT ON COLUMN opinion.form_column IS 'Column of the table, see dim_measure / 列，见 dim_measure';
COMMENT ON COLUMN opinion.value IS 'The number, money in 10,000 yuan; null unless a number is printed / 数值，金额以万元计；未印数字则为空';
COMMENT ON COLUMN opinion.raw IS 'The text of the cell as printed / 单元格原文';
COMMENT ON COLUMN opinion.status IS 'printed (a number, zero included), blank, dash (/ — 无) or unreadable / printed 印有数字（含零）、blank 空白、dash 斜线或横线等、unreadable 无法识读';
COMMENT ON COLUMN opinion.page IS 'Page, from 1 (PDF, scan) / 页码，从1起（PDF、扫描件）';
COMMENT ON COLUMN opinion.bbox IS 'Box of the cell on the page, [left, upper, right, lower] in PDF points from the top left corner / 单元格在页上的框 [左, 上, 右, 下]，自页左上角起，PDF点';
COMMENT ON COLUMN opinion.path IS 'Path of the element or line (HTML, text) / 元素或行的路径（HTML、文本）';
COMMENT ON COLUMN opinion.document_sha256 IS 'SHA-256 of the file; names it in the archive / 文件的 SHA-256，即其在存档中的名字';
COMMENT ON COLUMN opinion.url IS 'Where the file was fetched from / 文件获取地址';
COMMENT ON COLUMN opinion.reader IS 'What read the cell / 读取该格的程序';
COMMENT ON COLUMN opinion.confidence IS '1 where label and position were certain, below 1 where the cell is worth a look / 标签与位置确定为1；低于1值得核看';
COMMENT ON COLUMN opinion.is_taken IS 'True where observation says the same / 与 observation 所载一致为真';
