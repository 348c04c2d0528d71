-- Every statement of the running text with whose it is and where it is printed.
CREATE VIEW claim AS
SELECT
    dim_report.county_code,
    dim_county.name AS county_name,
    dim_report.year,
    fact_claim.kind,
    fact_claim.value,
    fact_claim.least,
    fact_claim.most,
    fact_claim.parts,
    fact_claim.is_exhaustive,
    fact_claim.is_narrower,
    fact_claim.words,
    fact_claim.text,
    fact_claim."offset",
    fact_claim.page,
    CASE
        WHEN fact_claim.x0 IS NOT NULL
            THEN list_transform(
                [fact_claim.x0, fact_claim.y0, fact_claim.x1, fact_claim.y1],
                lambda edge: round(edge::DOUBLE, 2)
            )
    END AS bbox,
    fact_claim.path,
    dim_document.document_sha256,
    dim_document.url
FROM fact_claim
JOIN dim_report USING (report_key)
JOIN dim_document USING (document_key)
LEFT JOIN dim_county USING (county_key);

COMMENT ON VIEW claim IS 'Every statement of the running text of every report that its tables make too, with its place / 每份报告正文中与表格对应的每项陈述及其位置';
COMMENT ON COLUMN claim.county_code IS 'Division code of the report year (GB/T 2260); null while undecided / 报告年度的行政区划代码；未定则为空';
COMMENT ON COLUMN claim.county_name IS 'Name of the county in the report year; null while undecided / 报告年度的县名；未定则为空';
COMMENT ON COLUMN claim.year IS 'The year reported on / 报告所述年度';
COMMENT ON COLUMN claim.bbox IS 'Box around the line in which the words begin, [left, upper, right, lower] in PDF points from the top left corner / 陈述起始行的框 [左, 上, 右, 下]，自页左上角起，PDF点';
COMMENT ON COLUMN claim.document_sha256 IS 'SHA-256 of the file; names it in the archive / 文件的 SHA-256，即其在存档中的名字';
COMMENT ON COLUMN claim.url IS 'Where the file was fetched from / 文件获取地址';
COMMENT ON COLUMN claim.kind IS 'What is claimed: received, carried_in, concluded, carried_out, granted, partial, refused, unavailable, not_processed, other, reviews, lawsuits, no_review, no_litigation, normative_issued, normative_repealed, normative_in_force, list, channels, period, processing_fee / 所述事项：收到申请、上年结转、办结、结转下年、予以公开、部分公开、不予公开、无法提供、不予处理、其他处理、复议、诉讼、未发生复议、未发生诉讼、规范性文件制发、废止、现行有效、列举、渠道、统计期限、信息处理费';
COMMENT ON COLUMN claim.value IS 'The number claimed, fees in yuan, of a period the last day as 20241231; null where none is claimed / 所述数值，费用以元计，统计期限为末日（如20241231）；未述则为空';
COMMENT ON COLUMN claim.text IS 'The sentence as printed / 所在句子原文';
COMMENT ON COLUMN claim."offset" IS 'Where the sentence begins in the running text of the report, in characters / 句子在报告正文中的起始位置（字符数）';
COMMENT ON COLUMN claim.words IS 'The words of the sentence that make the claim / 句中作此陈述的文字';
COMMENT ON COLUMN claim.least IS 'The least figure that agrees: below the value where it is rounded; of a list, the least that its parts may add up to / 与之相符的最小数：概数时小于所述数值；列举则为各项之和的下限';
COMMENT ON COLUMN claim.most IS 'The greatest figure that agrees / 与之相符的最大数';
COMMENT ON COLUMN claim.parts IS 'Parts of a list or of channels in order; of a period its first day as 20240101; else empty / 列举或渠道的各项；统计期限则为首日（如20240101）；其余为空';
COMMENT ON COLUMN claim.is_exhaustive IS 'True where the list names all parts; 其中 alone does not / 列举完备则为真；仅“其中”不算完备';
COMMENT ON COLUMN claim.is_narrower IS 'True where the sentence speaks of less than the whole county: the government itself, its office, a department / 句子所述小于全县（政府本级、政府办、部门等）则为真';
COMMENT ON COLUMN claim.page IS 'Page, from 1 (PDF, OFD) / 页码，从1起（PDF、OFD）';
COMMENT ON COLUMN claim.path IS 'Path of the element, line or cell (HTML, Word, text, workbook) / 元素、行或单元格的路径（HTML、Word、文本、工作簿）';
