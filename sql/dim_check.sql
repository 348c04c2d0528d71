CREATE TABLE dim_check (
    check_key SMALLINT PRIMARY KEY,
    rule_id VARCHAR NOT NULL,
    form VARCHAR NOT NULL,
    form_table VARCHAR NOT NULL,
    line VARCHAR NOT NULL,
    n_operands SMALLINT NOT NULL,
    cells VARCHAR[] NOT NULL,
    where_zh VARCHAR NOT NULL,
    where_en VARCHAR NOT NULL,
    left_zh VARCHAR NOT NULL,
    left_en VARCHAR NOT NULL,
    right_zh VARCHAR,
    right_en VARCHAR,
    mendable_side VARCHAR,
    mendable_zh VARCHAR,
    mendable_en VARCHAR
);

INSERT INTO dim_check BY NAME
SELECT * FROM input_check;

COMMENT ON TABLE dim_check IS 'Checks: a rule applied to one row, column or cell of one form / 核对项：规则用于某一格式的某行、某列或某格';
COMMENT ON COLUMN dim_check.check_key IS 'Key of the check / 核对项的键';
COMMENT ON COLUMN dim_check.rule_id IS 'The rule, see dim_rule / 规则，见 dim_rule';
COMMENT ON COLUMN dim_check.form IS 'The form that the table is printed on / 该表所用格式';
COMMENT ON COLUMN dim_check.form_table IS 'Table: disclosure (section two), requests (three), disputes (four) or stat (the list of 2014 to 2018) / 表：disclosure（第二部分）、requests（第三部分）、disputes（第四部分）、stat（2014至2018年统计表）';
COMMENT ON COLUMN dim_check.line IS 'The row, column or cell that is checked / 所核对的行、列或单元格';
COMMENT ON COLUMN dim_check.n_operands IS 'Number of cells that take part / 参与核对的单元格数';
COMMENT ON COLUMN dim_check.cells IS 'Addresses of the cells that take part, left side first / 参与核对的单元格地址，先左端后右端';
COMMENT ON COLUMN dim_check.where_zh IS 'Where it stands, and the rule, as a failure is told / 所在之处及规则，用于说明不符';
COMMENT ON COLUMN dim_check.where_en IS 'The same in English / 同上（英文）';
COMMENT ON COLUMN dim_check.left_zh IS 'What the left side is, by the labels of the form / 左端为何，按表上所印名称';
COMMENT ON COLUMN dim_check.left_en IS 'The same in English / 同上（英文）';
COMMENT ON COLUMN dim_check.right_zh IS 'What the right side is; null if there is none / 右端为何；无则为空';
COMMENT ON COLUMN dim_check.right_en IS 'The same in English / 同上（英文）';
COMMENT ON COLUMN dim_check.mendable_side IS 'The side that is a single figure of this year, so that another value of it would do; null if neither is / 仅含本年一数的一端，改此数即可相符；均非则为空';
COMMENT ON COLUMN dim_check.mendable_zh IS 'That figure / 该数名称';
COMMENT ON COLUMN dim_check.mendable_en IS 'The same in English / 同上（英文）';
