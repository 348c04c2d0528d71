CREATE TABLE form_measure (
    form VARCHAR NOT NULL,
    measure_key SMALLINT NOT NULL,
    ordinal SMALLINT NOT NULL,
    label_zh VARCHAR NOT NULL,
    label_en VARCHAR NOT NULL,
    PRIMARY KEY (form, measure_key)
);

INSERT INTO form_measure
SELECT form, measure_key, ordinal, label_zh, label_en
FROM input_form_measure
ORDER BY form, ordinal;

COMMENT ON TABLE form_measure IS 'Which form asks for which measure / 各格式含有哪些指标';
COMMENT ON COLUMN form_measure.form IS 'The form, see dim_form / 格式，见 dim_form';
COMMENT ON COLUMN form_measure.measure_key IS 'The measure, see dim_measure / 指标，见 dim_measure';
COMMENT ON COLUMN form_measure.ordinal IS 'Place in the reading order of this form, from 0 / 在该格式中的阅读顺序，从0起';
COMMENT ON COLUMN form_measure.label_zh IS 'Row and column in Chinese on this form / 该格式上的行列中文名';
COMMENT ON COLUMN form_measure.label_en IS 'Row and column in English on this form / 该格式上的行列英文名';
