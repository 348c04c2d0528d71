CREATE TABLE bridge_concept (
    concept VARCHAR NOT NULL,
    form VARCHAR NOT NULL,
    form_table VARCHAR NOT NULL,
    item SMALLINT NOT NULL,
    measure_key SMALLINT NOT NULL,
    PRIMARY KEY (concept, form, measure_key)
);

INSERT INTO bridge_concept BY NAME
SELECT * FROM input_concept_cell
ORDER BY concept, form, item, measure_key;

COMMENT ON TABLE bridge_concept IS 'Which cells of a form a concept is made of; items are added up, an item is a row or a single cell / 各概念由某格式的哪些单元格构成；各项相加，一项为一行或一格';
COMMENT ON COLUMN bridge_concept.concept IS 'The concept, see dim_concept / 概念，见 dim_concept';
COMMENT ON COLUMN bridge_concept.form IS 'The form, see dim_form / 格式，见 dim_form';
COMMENT ON COLUMN bridge_concept.form_table IS 'Table of the form / 格式中的表';
COMMENT ON COLUMN bridge_concept.item IS 'The item the cell belongs to, from 0 / 所属项，从0起';
COMMENT ON COLUMN bridge_concept.measure_key IS 'The cell, see dim_measure / 单元格，见 dim_measure';
