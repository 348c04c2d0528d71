CREATE TABLE fact_explanation (
    report_key INTEGER NOT NULL,
    check_key SMALLINT NOT NULL,
    blame VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    explanation_zh VARCHAR NOT NULL,
    explanation_en VARCHAR NOT NULL
);

INSERT INTO fact_explanation BY NAME
SELECT * FROM input_explanation
ORDER BY report_key, check_key;

COMMENT ON TABLE fact_explanation IS 'Failed equations and limits in words: what is printed where, what would balance, how sure that is / 不成立的等式与数值规则的说明：何处所印何数、改何数可平、把握如何';
COMMENT ON COLUMN fact_explanation.report_key IS 'The report, see dim_report / 报告，见 dim_report';
COMMENT ON COLUMN fact_explanation.check_key IS 'The check, see dim_check / 核对项，见 dim_check';
COMMENT ON COLUMN fact_explanation.blame IS 'source, extraction or undecided, as in fact_finding / source 原件、extraction 识读、undecided 未定，同 fact_finding';
COMMENT ON COLUMN fact_explanation.reason IS 'What the blame rests on, see dim_reason / 理由，见 dim_reason';
COMMENT ON COLUMN fact_explanation.explanation_zh IS 'The finding in Chinese / 说明（中文）';
COMMENT ON COLUMN fact_explanation.explanation_en IS 'The finding in English / 说明（英文）';
