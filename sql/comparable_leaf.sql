-- Every figure that may be added up, fees included, as today's counties have it.
CREATE VIEW comparable_leaf AS
SELECT
    today.code AS county_code,
    today.name AS county_name,
    county_line.year,
    form_table,
    form_row,
    form_column,
    unit,
    broken AS status,
    members,
    CAST(count(value) AS SMALLINT) AS stated,
    CASE WHEN broken IS NULL AND count(value) = members THEN CAST(sum(value) AS DECIMAL(18, 6)) END AS value
FROM county_line
JOIN bridge_line USING (county_key, year)
JOIN dim_county AS today ON today.county_key = county_line.county_key
JOIN dim_county AS member ON member.county_key = bridge_line.member_key
JOIN leaf ON leaf.county_code = member.code AND leaf.year = county_line.year
GROUP BY today.code, today.name, county_line.year, form_table, form_row, form_column, unit, broken, members;

COMMENT ON VIEW comparable_leaf IS 'Counties of today followed back, cell by cell: sums of leaf over all predecessors, null unless all of them state the figure and cover the same area. Ask for one county or one row at a time / 现今各县逐格的可比序列：leaf 在各前身上之和，除非各前身均有值且范围相同，否则为空。请按县或按行查询';
COMMENT ON COLUMN comparable_leaf.county_code IS 'Code of the county of today / 现今的行政区划代码';
COMMENT ON COLUMN comparable_leaf.county_name IS 'Name of the county of today / 现今的县名';
COMMENT ON COLUMN comparable_leaf.year IS 'The year reported on / 报告所述年度';
COMMENT ON COLUMN comparable_leaf.form_table IS 'Table: disclosure (section two), requests (three) or disputes (four) / 表：disclosure（第二部分）、requests（第三部分）、disputes（第四部分）';
COMMENT ON COLUMN comparable_leaf.form_row IS 'Row of the table, see dim_measure / 行，见 dim_measure';
COMMENT ON COLUMN comparable_leaf.form_column IS 'Column of the table, see dim_measure / 列，见 dim_measure';
COMMENT ON COLUMN comparable_leaf.unit IS 'Unit of the value; money is in 10,000 yuan / 数值单位；金额以万元计';
COMMENT ON COLUMN comparable_leaf.status IS 'Why the year is not comparable: split, part or unknown; null where it is / 不可比的原因：split 析置、part 部分划转、unknown 不详；可比则为空';
COMMENT ON COLUMN comparable_leaf.members IS 'Predecessors in the year / 当年前身数';
COMMENT ON COLUMN comparable_leaf.stated IS 'How many of them state the figure / 其中载有该数者';
COMMENT ON COLUMN comparable_leaf.value IS 'Sum over all predecessors; null unless all of them state it / 各前身之和；有一未载则为空';
