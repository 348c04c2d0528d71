-- Every check of every report in words: what analysts rely on. report_finding has the keys besides.
CREATE VIEW finding AS
SELECT county_code, county_name, year, rule_id, severity, status, left_value, right_value, delta,
    cells, blame, explanation_en, explanation_zh
FROM report_finding;

COMMENT ON VIEW finding IS 'Every check of every report with its verdict; failing ones have status fail / 每份报告的每项勾稽核对及结论；不符者 status 为 fail';
COMMENT ON COLUMN finding.county_code IS 'Division code of the report year (GB/T 2260); null while undecided / 报告年度的行政区划代码；未定则为空';
COMMENT ON COLUMN finding.county_name IS 'Name of the county in the report year; null while undecided / 报告年度的县名；未定则为空';
COMMENT ON COLUMN finding.year IS 'The year reported on / 报告所述年度';
COMMENT ON COLUMN finding.rule_id IS 'The balance rule, see dim_rule / 勾稽规则，见 dim_rule';
COMMENT ON COLUMN finding.severity IS 'hard: an identity of the form; others are plausibility / hard 为表内恒等关系，其余为合理性';
COMMENT ON COLUMN finding.status IS 'By value, reviewed corrections applied: pass, pass_blank_as_zero, vacuous (all zero or empty), fail, not_assessable (a cell is missing or unreadable, or a total is not stated) or suspended (across years, where the county changed) / pass 相符、pass_blank_as_zero 空白按零计相符、vacuous 全零或全空、fail 不符、not_assessable 缺格、无法识读或未填合计，不能核对、suspended 区划变更，跨年不核对';
COMMENT ON COLUMN finding.left_value IS 'What the left side of the rule comes to / 规则左边的值';
COMMENT ON COLUMN finding.right_value IS 'What the right side of the rule comes to / 规则右边的值';
COMMENT ON COLUMN finding.delta IS 'Left less right / 左边减右边';
COMMENT ON COLUMN finding.cells IS 'Addresses (table.row.column) of the cells the check reads; those of the report of the year before end in @-1 / 所涉单元格地址（表.行.列）；上年报告的以 @-1 结尾';
COMMENT ON COLUMN finding.blame IS 'Whose fault a failed check is: source, extraction or undecided; null if it did not fail / 不符系何方之误：source 原件、extraction 识读、undecided 未定；未不符则为空';
COMMENT ON COLUMN finding.explanation_en IS 'The verdict in English; of a failed one what is printed where, what would balance, and how sure that is / 结论（英文）；不符者说明何处所印何数、改何数可平、把握如何';
COMMENT ON COLUMN finding.explanation_zh IS 'The verdict in Chinese, likewise / 结论（中文），同上';
