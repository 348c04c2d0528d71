-- Every paragraph of running text with whose it is and where it is printed.
CREATE VIEW narrative AS
SELECT
    dim_report.county_code,
    dim_county.name AS county_name,
    dim_report.year,
    fact_narrative.section,
    fact_narrative.paragraph,
    fact_narrative."offset",
    fact_narrative.text,
    fact_narrative.page,
    CASE
        WHEN fact_narrative.x0 IS NOT NULL
            THEN list_transform(
                [fact_narrative.x0, fact_narrative.y0, fact_narrative.x1, fact_narrative.y1],
                lambda edge: round(edge::DOUBLE, 2)
            )
    END AS bbox,
    fact_narrative.path,
    dim_document.document_sha256,
    dim_document.url
FROM fact_narrative
JOIN dim_report USING (report_key)
JOIN dim_document USING (document_key)
LEFT JOIN dim_county USING (county_key);

COMMENT ON VIEW narrative IS 'Every paragraph of the running text of every report, with its place / 每份报告正文的每个段落及其位置';
COMMENT ON COLUMN narrative.county_code IS 'Division code of the report year (GB/T 2260); null while undecided / 报告年度的行政区划代码；未定则为空';
COMMENT ON COLUMN narrative.county_name IS 'Name of the county in the report year; null while undecided / 报告年度的县名；未定则为空';
COMMENT ON COLUMN narrative.year IS 'The year reported on / 报告所述年度';
COMMENT ON COLUMN narrative.section IS 'opening, overview (one), disclosure (two), requests (three), disputes (four), problems (five), other (six), closing; chapter for one of the years before 2019 that the form does not have / 导语、总体情况（一）、主动公开（二）、申请（三）、复议诉讼（四）、问题及改进（五）、其他（六）、落款；chapter 为2019年以前格式特有的章';
COMMENT ON COLUMN narrative.paragraph IS 'Number of the paragraph in its section, from 1; 0 is the heading / 段落在该部分中的序号，从1起；0为标题';
COMMENT ON COLUMN narrative."offset" IS 'Where the paragraph begins in the text of its section, in characters; a line feed stands between two; null for the heading / 段落在该部分正文中的起始位置（字符数），段间以一个换行符相隔；标题为空';
COMMENT ON COLUMN narrative.text IS 'The paragraph as printed, without line breaks and blanks of typesetting / 段落原文，去掉排版的换行与空格';
COMMENT ON COLUMN narrative.page IS 'Page on which it begins, from 1 (PDF, OFD) / 起始页码，从1起（PDF、OFD）';
COMMENT ON COLUMN narrative.bbox IS 'Box around what is on that page, [left, upper, right, lower] in PDF points from the top left corner / 该页上部分的框 [左, 上, 右, 下]，自页左上角起，PDF点';
COMMENT ON COLUMN narrative.path IS 'Path of the element, line or cell (HTML, Word, text, workbook) / 元素、行或单元格的路径（HTML、Word、文本、工作簿）';
COMMENT ON COLUMN narrative.document_sha256 IS 'SHA-256 of the file; names it in the archive / 文件的 SHA-256，即其在存档中的名字';
COMMENT ON COLUMN narrative.url IS 'Where the file was fetched from / 文件获取地址';
