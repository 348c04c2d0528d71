CREATE TABLE dim_reason (
    reason VARCHAR PRIMARY KEY,
    zh VARCHAR NOT NULL,
    en VARCHAR NOT NULL
);

INSERT INTO dim_reason BY NAME
SELECT * FROM input_reason;

COMMENT ON TABLE dim_reason IS 'What the blame of a finding rests on / 判定责任的理由';
COMMENT ON COLUMN dim_reason.reason IS 'The reason, see docs/explanation/blame.md / 理由，见 docs/explanation/blame.md';
COMMENT ON COLUMN dim_reason.zh IS 'The reason in Chinese / 理由（中文）';
COMMENT ON COLUMN dim_reason.en IS 'The reason in English / 理由（英文）';
