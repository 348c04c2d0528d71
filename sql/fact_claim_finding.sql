CREATE TABLE fact_claim_finding (
    report_key INTEGER NOT NULL,
    ordinal SMALLINT NOT NULL,
    rule_id VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    meaning VARCHAR,
    stated DECIMAL(20, 6),
    found DECIMAL(20, 6),
    cells VARCHAR [] NOT NULL,
    blame VARCHAR,
    reason VARCHAR,
    explanation_zh VARCHAR,
    explanation_en VARCHAR
);

INSERT INTO fact_claim_finding BY NAME
SELECT * FROM input_claim_finding
ORDER BY report_key, rule_id, ordinal;

COMMENT ON TABLE fact_claim_finding IS 'Statements of the running text held against the tables: a row a statement and rule about it / 正文陈述与表格的核对：每项陈述与所涉规则一行';
COMMENT ON COLUMN fact_claim_finding.report_key IS 'The report, see dim_report / 报告，见 dim_report';
COMMENT ON COLUMN fact_claim_finding.ordinal IS 'The statement, see fact_claim / 陈述，见 fact_claim';
COMMENT ON COLUMN fact_claim_finding.rule_id IS 'The rule, see dim_rule / 规则，见 dim_rule';
COMMENT ON COLUMN fact_claim_finding.status IS 'pass, fail, or not_assessable: the cells are not stated, or the sentence speaks of less than the tables do / pass 相符、fail 不符、not_assessable 表内未载或该句所述小于表格范围';
COMMENT ON COLUMN fact_claim_finding.meaning IS 'The meaning in which it agrees, or which comes nearest / 相符或最接近的含义';
COMMENT ON COLUMN fact_claim_finding.stated IS 'What the text says; of a list the total / 正文所述之数；列举则为总数';
COMMENT ON COLUMN fact_claim_finding.found IS 'What the cells of that meaning, or the parts of the list, add up to / 该含义所指各格（或列举各项）之和';
COMMENT ON COLUMN fact_claim_finding.cells IS 'Addresses (table.row.column) of these cells / 各格地址（表.行.列）';
COMMENT ON COLUMN fact_claim_finding.blame IS 'Whose fault a contradiction is: source, extraction or undecided / 矛盾系何方之误：source 原件、extraction 识读、undecided 未定';
COMMENT ON COLUMN fact_claim_finding.reason IS 'What the blame rests on, see dim_reason / 判定理由，见 dim_reason';
COMMENT ON COLUMN fact_claim_finding.explanation_zh IS 'The contradiction in Chinese / 说明（中文）';
COMMENT ON COLUMN fact_claim_finding.explanation_en IS 'The contradiction in English / 说明（英文）';
