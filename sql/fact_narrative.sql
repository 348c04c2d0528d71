CREATE TABLE fact_narrative (
    report_key INTEGER NOT NULL,
    ordinal SMALLINT NOT NULL,
    section VARCHAR NOT NULL,
    paragraph SMALLINT NOT NULL,
    "offset" INTEGER,
    text VARCHAR NOT NULL,
    page SMALLINT,
    x0 FLOAT,
    y0 FLOAT,
    x1 FLOAT,
    y1 FLOAT,
    path VARCHAR
);

INSERT INTO fact_narrative
SELECT report_key, ordinal, section, paragraph, "offset", text, page, x0, y0, x1, y1, path
FROM segment_narrative
JOIN keyed_report USING (document_sha256, segment)
ORDER BY report_key, ordinal, paragraph;

COMMENT ON TABLE fact_narrative IS 'The running text of every report by sections and paragraphs, tables left out / 每份报告的正文，按部分与段落，不含表格';
COMMENT ON COLUMN fact_narrative.report_key IS 'The report, see dim_report / 报告，见 dim_report';
COMMENT ON COLUMN fact_narrative.ordinal IS 'Order of the section in the report, from 0 / 该部分在报告中的次序，从0起';
COMMENT ON COLUMN fact_narrative.section IS 'opening, overview (one), disclosure (two), requests (three), disputes (four), problems (five), other (six), closing; chapter for one of the years before 2019 that the form does not have / 导语、总体情况（一）、主动公开（二）、申请（三）、复议诉讼（四）、问题及改进（五）、其他（六）、落款；chapter 为2019年以前格式特有的章';
COMMENT ON COLUMN fact_narrative.paragraph IS 'Number of the paragraph in its section, from 1; 0 is the heading / 段落在该部分中的序号，从1起；0为标题';
COMMENT ON COLUMN fact_narrative."offset" IS 'Where the paragraph begins in the text of its section, in characters; a line feed stands between two; null for the heading / 段落在该部分正文中的起始位置（字符数），段间以一个换行符相隔；标题为空';
COMMENT ON COLUMN fact_narrative.text IS 'The paragraph as printed, without line breaks and blanks of typesetting / 段落原文，去掉排版的换行与空格';
COMMENT ON COLUMN fact_narrative.page IS 'Page on which it begins, from 1 (PDF, OFD) / 起始页码，从1起（PDF、OFD）';
COMMENT ON COLUMN fact_narrative.x0 IS 'Left edge of what is on that page, PDF points from the left of the page / 该页上部分的左缘，距页左，PDF点';
COMMENT ON COLUMN fact_narrative.y0 IS 'Upper edge, PDF points from the top of the page / 上缘，距页顶，PDF点';
COMMENT ON COLUMN fact_narrative.x1 IS 'Right edge, PDF points from the left of the page / 右缘，距页左，PDF点';
COMMENT ON COLUMN fact_narrative.y1 IS 'Lower edge, PDF points from the top of the page / 下缘，距页顶，PDF点';
COMMENT ON COLUMN fact_narrative.path IS 'Path of the element, line or cell (HTML, Word, text, workbook) / 元素、行或单元格的路径（HTML、Word、文本、工作簿）';
