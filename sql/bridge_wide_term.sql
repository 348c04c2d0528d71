CREATE TABLE bridge_wide_term AS
SELECT
    check_key, rule_id, input_wide_term.kind, scope, op, form, n_operands, side, sign, year_offset, measure_key
FROM input_wide_term
JOIN dim_measure USING (form_table, form_row, form_column);

CREATE TABLE suspending_relation AS
FROM input_suspending;

COMMENT ON TABLE bridge_wide_term IS 'Which measures take part in which check across reports or across years, and how / 跨报告、跨年的各核对项含有哪些指标及其位置';
COMMENT ON COLUMN bridge_wide_term.check_key IS 'The check, see dim_check / 核对项，见 dim_check';
COMMENT ON COLUMN bridge_wide_term.rule_id IS 'The rule, see dim_rule / 规则，见 dim_rule';
COMMENT ON COLUMN bridge_wide_term.kind IS 'sum or query, see dim_rule / sum 和式或 query 查询，见 dim_rule';
COMMENT ON COLUMN bridge_wide_term.scope IS 'What the rule compares, see dim_rule / 规则的范围，见 dim_rule';
COMMENT ON COLUMN bridge_wide_term.op IS 'eq, ge or le; null of a query / eq、ge 或 le；查询则为空';
COMMENT ON COLUMN bridge_wide_term.form IS 'The form of this year''s table / 本年表式';
COMMENT ON COLUMN bridge_wide_term.n_operands IS 'Number of cells that take part / 参与核对的单元格数';
COMMENT ON COLUMN bridge_wide_term.side IS 'left or right / left 左端或 right 右端';
COMMENT ON COLUMN bridge_wide_term.sign IS '1 or -1: how the measure counts on its side / 1 或 -1：在所在一端中的符号';
COMMENT ON COLUMN bridge_wide_term.year_offset IS '0 for the report itself, -1 for that of the year before / 0 为本报告，-1 为上年报告';
COMMENT ON COLUMN bridge_wide_term.measure_key IS 'The measure, see dim_measure / 指标，见 dim_measure';

COMMENT ON TABLE suspending_relation IS 'Changes of a county that suspend the rules across years, see bridge_succession / 使跨年规则暂不适用的区划变更，见 bridge_succession';
COMMENT ON COLUMN suspending_relation.relation IS 'merge, split or part / merge 合并、split 析置或 part 部分划出';
