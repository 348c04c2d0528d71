CREATE TABLE comparability (
    concept VARCHAR NOT NULL,
    form VARCHAR NOT NULL,
    other_form VARCHAR NOT NULL,
    label VARCHAR NOT NULL,
    reason_zh VARCHAR NOT NULL,
    reason_en VARCHAR NOT NULL,
    PRIMARY KEY (concept, form, other_form)
);

INSERT INTO comparability BY NAME
SELECT * FROM input_comparability
ORDER BY concept, form, other_form;

COMMENT ON TABLE comparability IS 'How far a concept means the same on two forms, and why / 某概念在两种格式上含义相同的程度及理由';
COMMENT ON COLUMN comparability.concept IS 'The concept, see dim_concept / 概念，见 dim_concept';
COMMENT ON COLUMN comparability.form IS 'One form / 一种格式';
COMMENT ON COLUMN comparability.other_form IS 'The form it is compared with / 与之相比的格式';
COMMENT ON COLUMN comparability.label IS 'exact, approximate, weak or none / exact 相同、approximate 相近、weak 勉强、none 不可比';
COMMENT ON COLUMN comparability.reason_zh IS 'Why, in Chinese / 理由（中文）';
COMMENT ON COLUMN comparability.reason_en IS 'Why, in English / 理由（英文）';
