CREATE TABLE dim_concept (
    concept VARCHAR PRIMARY KEY,
    ordinal SMALLINT NOT NULL,
    label_zh VARCHAR NOT NULL,
    label_en VARCHAR NOT NULL,
    unit VARCHAR NOT NULL,
    reference_form VARCHAR NOT NULL
);

INSERT INTO dim_concept BY NAME
SELECT * FROM input_concept
ORDER BY ordinal;

COMMENT ON TABLE dim_concept IS 'What is counted, whatever form prints it: the rows of the crosswalk between forms / 跨格式的统计概念：格式对照表的各项';
COMMENT ON COLUMN dim_concept.concept IS 'Key of the concept / 概念的键';
COMMENT ON COLUMN dim_concept.ordinal IS 'Order in the crosswalk, from 0 / 对照表内次序，从0起';
COMMENT ON COLUMN dim_concept.label_zh IS 'Name in Chinese / 中文名';
COMMENT ON COLUMN dim_concept.label_en IS 'Name in English / 英文名';
COMMENT ON COLUMN dim_concept.unit IS 'Unit; money is in 10,000 yuan / 单位；金额以万元计';
COMMENT ON COLUMN dim_concept.reference_form IS 'The newest form that has it, with which the others are compared / 含有该项的最新格式，其余与之相比';
