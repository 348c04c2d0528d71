CREATE TABLE fact_claim (
    report_key INTEGER NOT NULL,
    ordinal SMALLINT NOT NULL,
    kind VARCHAR NOT NULL,
    value DECIMAL(18, 6),
    text VARCHAR NOT NULL,
    "offset" INTEGER NOT NULL,
    words VARCHAR NOT NULL,
    words_offset INTEGER NOT NULL,
    least DECIMAL(18, 6),
    most DECIMAL(18, 6),
    parts DECIMAL(18, 6) [] NOT NULL,
    is_exhaustive BOOLEAN NOT NULL,
    is_narrower BOOLEAN NOT NULL,
    page SMALLINT,
    x0 FLOAT,
    y0 FLOAT,
    x1 FLOAT,
    y1 FLOAT,
    path VARCHAR
);

INSERT INTO fact_claim
SELECT
    report_key, ordinal, kind, value, text, "offset", words, words_offset, least, most, parts, is_exhaustive,
    is_narrower, page, x0, y0, x1, y1, path
FROM segment_claim
JOIN keyed_report USING (document_sha256, segment)
ORDER BY report_key, ordinal;

COMMENT ON TABLE fact_claim IS 'Figures that the running text of a report states / 报告正文陈述的数字';
COMMENT ON COLUMN fact_claim.report_key IS 'The report, see dim_report / 报告，见 dim_report';
COMMENT ON COLUMN fact_claim.ordinal IS 'Order within the report, from 0 / 报告内次序，从0起';
COMMENT ON COLUMN fact_claim.kind IS 'What is claimed: received, carried_in, concluded, carried_out, granted, partial, refused, unavailable, not_processed, other, reviews, lawsuits, no_review, no_litigation, normative_issued, normative_repealed, normative_in_force, list, channels, period, processing_fee / 所述事项：收到申请、上年结转、办结、结转下年、予以公开、部分公开、不予公开、无法提供、不予处理、其他处理、复议、诉讼、未发生复议、未发生诉讼、规范性文件制发、废止、现行有效、列举、渠道、统计期限、信息处理费';
COMMENT ON COLUMN fact_claim.value IS 'The number claimed, fees in yuan, of a period the last day as 20241231; null where none is claimed / 所述数值，费用以元计，统计期限为末日（如20241231）；未述则为空';
COMMENT ON COLUMN fact_claim.text IS 'The sentence as printed / 所在句子原文';
COMMENT ON COLUMN fact_claim."offset" IS 'Where the sentence begins in the running text of the report, in characters / 句子在报告正文中的起始位置（字符数）';
COMMENT ON COLUMN fact_claim.words IS 'The words of the sentence that make the claim / 句中作此陈述的文字';
COMMENT ON COLUMN fact_claim.words_offset IS 'Where these words begin in the running text of the report, in characters / 这些文字在报告正文中的起始位置（字符数）';
COMMENT ON COLUMN fact_claim.least IS 'The least figure that agrees: below the value where it is rounded; of a list, the least that its parts may add up to / 与之相符的最小数：概数时小于所述数值；列举则为各项之和的下限';
COMMENT ON COLUMN fact_claim.most IS 'The greatest figure that agrees / 与之相符的最大数';
COMMENT ON COLUMN fact_claim.parts IS 'Parts of a list or of channels in order; of a period its first day as 20240101; else empty / 列举或渠道的各项；统计期限则为首日（如20240101）；其余为空';
COMMENT ON COLUMN fact_claim.is_exhaustive IS 'True where the list names all parts; 其中 alone does not / 列举完备则为真；仅“其中”不算完备';
COMMENT ON COLUMN fact_claim.is_narrower IS 'True where the sentence speaks of less than the whole county: the government itself, its office, a department / 句子所述小于全县（政府本级、政府办、部门等）则为真';
COMMENT ON COLUMN fact_claim.page IS 'Page, from 1 (PDF, OFD) / 页码，从1起（PDF、OFD）';
COMMENT ON COLUMN fact_claim.x0 IS 'Left edge of the line in which the words begin, PDF points from the left of the page / 陈述起始行的左缘，距页左，PDF点';
COMMENT ON COLUMN fact_claim.y0 IS 'Upper edge, PDF points from the top of the page / 上缘，距页顶，PDF点';
COMMENT ON COLUMN fact_claim.x1 IS 'Right edge, PDF points from the left of the page / 右缘，距页左，PDF点';
COMMENT ON COLUMN fact_claim.y1 IS 'Lower edge, PDF points from the top of the page / 下缘，距页顶，PDF点';
COMMENT ON COLUMN fact_claim.path IS 'Path of the element, line or cell (HTML, Word, text, workbook) / 元素、行或单元格的路径（HTML、Word、文本、工作簿）';
