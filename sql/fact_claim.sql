CREATE TABLE fact_claim (
    report_key INTEGER NOT NULL,
    ordinal SMALLINT NOT NULL,
    kind VARCHAR NOT NULL,
    value DECIMAL(18, 6),
    text VARCHAR NOT NULL,
    "offset" INTEGER NOT NULL
);

INSERT INTO fact_claim
SELECT report_key, ordinal, kind, value, text, "offset"
FROM segment_claim
JOIN keyed_report USING (document_sha256, segment)
ORDER BY report_key, ordinal;

COMMENT ON TABLE fact_claim IS 'Figures that the running text of a report states / 报告正文陈述的数字';
COMMENT ON COLUMN fact_claim.report_key IS 'The report, see dim_report / 报告，见 dim_report';
COMMENT ON COLUMN fact_claim.ordinal IS 'Order within the report, from 0 / 报告内次序，从0起';
COMMENT ON COLUMN fact_claim.kind IS 'What the sentence claims / 所述事项';
COMMENT ON COLUMN fact_claim.value IS 'The number claimed; null where it claims none / 所述数值；未述则为空';
COMMENT ON COLUMN fact_claim.text IS 'The words as printed / 原文';
COMMENT ON COLUMN fact_claim."offset" IS 'Position in the text of the document, in characters / 在正文中的位置（字符数）';
