CREATE TABLE bridge_check_term (
    check_key SMALLINT NOT NULL,
    side VARCHAR NOT NULL,
    sign SMALLINT NOT NULL,
    measure_key SMALLINT NOT NULL,
    is_total BOOLEAN NOT NULL,
    PRIMARY KEY (check_key, measure_key)
);

INSERT INTO bridge_check_term
SELECT check_key, side, sign, measure_key, input_check_term.is_total
FROM input_check_term
JOIN dim_measure USING (form_table, form_row, form_column);

COMMENT ON TABLE bridge_check_term IS 'Which measures take part in which check, and how / 各核对项含有哪些指标及其位置';
COMMENT ON COLUMN bridge_check_term.check_key IS 'The check, see dim_check / 核对项，见 dim_check';
COMMENT ON COLUMN bridge_check_term.side IS 'left or right of the equals sign / 等号左端 left 或右端 right';
COMMENT ON COLUMN bridge_check_term.sign IS '1 or -1: how the measure counts in left minus right / 1 或 -1：在“左减右”中的符号';
COMMENT ON COLUMN bridge_check_term.measure_key IS 'The measure, see dim_measure / 指标，见 dim_measure';
COMMENT ON COLUMN bridge_check_term.is_total IS 'True where the form prints a sum here: left blank, it claims nothing / 此格为表中合计则为真：留空即未作陈述';
