-- Every check of every report by the figures as printed, beside what it says once corrections are applied.
CREATE VIEW printed_finding AS
SELECT
    dim_report.county_code,
    dim_county.name AS county_name,
    dim_report.year,
    dim_check.rule_id,
    dim_rule.severity,
    fact_finding.printed_status AS status,
    fact_finding.printed_left_value AS left_value,
    fact_finding.printed_right_value AS right_value,
    fact_finding.printed_left_value - fact_finding.printed_right_value AS delta,
    dim_check.cells,
    fact_finding.status AS corrected_status
FROM fact_finding
JOIN dim_report USING (report_key)
JOIN dim_check USING (check_key)
JOIN dim_rule USING (rule_id)
LEFT JOIN dim_county USING (county_key);

COMMENT ON VIEW printed_finding IS 'Every check by the figures as printed, before any correction; it differs from finding only where a cell was corrected / 按原印数字（未经更正）的各项核对；仅在有更正时与 finding 不同';
COMMENT ON COLUMN printed_finding.county_code IS 'Division code of the report year (GB/T 2260); null while undecided / 报告年度的行政区划代码；未定则为空';
COMMENT ON COLUMN printed_finding.county_name IS 'Name of the county in the report year; null while undecided / 报告年度的县名；未定则为空';
COMMENT ON COLUMN printed_finding.year IS 'The year reported on / 报告所述年度';
COMMENT ON COLUMN printed_finding.rule_id IS 'The balance rule, see dim_rule / 勾稽规则，见 dim_rule';
COMMENT ON COLUMN printed_finding.severity IS 'hard: an identity of the form; others are plausibility / hard 为表内恒等关系，其余为合理性';
COMMENT ON COLUMN printed_finding.status IS 'The verdict on the figures as printed, in the words of finding.status / 按原印数字的结论，用语同 finding.status';
COMMENT ON COLUMN printed_finding.left_value IS 'Left side by the figures as printed / 按原印数字的左边';
COMMENT ON COLUMN printed_finding.right_value IS 'Right side by the figures as printed / 按原印数字的右边';
COMMENT ON COLUMN printed_finding.delta IS 'Left less right / 左边减右边';
COMMENT ON COLUMN printed_finding.cells IS 'Addresses (table.row.column) of the cells the check reads / 所涉单元格地址（表.行.列）';
COMMENT ON COLUMN printed_finding.corrected_status IS 'The verdict once corrections are applied: that of finding / 应用更正后的结论，即 finding 的结论';
