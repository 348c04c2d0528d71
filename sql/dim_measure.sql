CREATE TABLE dim_measure (
    measure_key SMALLINT PRIMARY KEY,
    form_table VARCHAR NOT NULL,
    form_row VARCHAR NOT NULL,
    form_column VARCHAR NOT NULL,
    form_group VARCHAR,
    unit VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    is_total BOOLEAN NOT NULL,
    is_row_total BOOLEAN NOT NULL,
    is_group_total BOOLEAN NOT NULL,
    ordinal SMALLINT NOT NULL,
    label_zh VARCHAR NOT NULL,
    label_en VARCHAR NOT NULL,
    row_label_zh VARCHAR NOT NULL,
    row_label_en VARCHAR NOT NULL,
    column_label_zh VARCHAR NOT NULL,
    column_label_en VARCHAR NOT NULL
);

INSERT INTO dim_measure BY NAME
SELECT * FROM input_measure
ORDER BY measure_key;

COMMENT ON TABLE dim_measure IS 'Every cell address of any form: what a figure is / 各格式全部单元格地址：一个数是什么';
COMMENT ON COLUMN dim_measure.measure_key IS 'Key of the cell address / 单元格地址的键';
COMMENT ON COLUMN dim_measure.form_table IS 'Table: disclosure (section two), requests (three), disputes (four) or stat (the list of 2014 to 2018) / 表：disclosure（第二部分）、requests（第三部分）、disputes（第四部分）、stat（2014至2018年统计表）';
COMMENT ON COLUMN dim_measure.form_row IS 'Row of the table / 行';
COMMENT ON COLUMN dim_measure.form_column IS 'Column of the table / 列';
COMMENT ON COLUMN dim_measure.form_group IS 'Innermost group of rows it stands under, such as outcome.refused; null where there is none / 所属最内层行组，如 outcome.refused；无则为空';
COMMENT ON COLUMN dim_measure.unit IS 'Unit of the value; money is in 10,000 yuan / 数值单位；金额以万元计';
COMMENT ON COLUMN dim_measure.kind IS 'count, signed (may be negative) or amount (money) / count 计数、signed 可为负、amount 金额';
COMMENT ON COLUMN dim_measure.is_total IS 'True where the form prints a sum: never add it to its parts / 表中印出的合计为真：不可与其组成部分相加';
COMMENT ON COLUMN dim_measure.is_row_total IS 'True for the total column: the sum of the other columns of its row / 总计列为真：为同行其他列之和';
COMMENT ON COLUMN dim_measure.is_group_total IS 'True in a total row: the sum of the rows of a group / 总计行为真：为一组行之和';
COMMENT ON COLUMN dim_measure.ordinal IS 'Place in the reading order of the newest form that has it, from 0 / 在含有该格的最新格式中的阅读顺序，从0起';
COMMENT ON COLUMN dim_measure.label_zh IS 'Row and column in Chinese, by the newest form that has it / 行列中文名，取最新格式';
COMMENT ON COLUMN dim_measure.label_en IS 'Row and column in English / 行列英文名';
COMMENT ON COLUMN dim_measure.row_label_zh IS 'Row as printed on the form / 表上印的行名';
COMMENT ON COLUMN dim_measure.row_label_en IS 'Row in English / 行的英文名';
COMMENT ON COLUMN dim_measure.column_label_zh IS 'Column as printed on the form / 表上印的列名';
COMMENT ON COLUMN dim_measure.column_label_en IS 'Column in English / 列的英文名';
