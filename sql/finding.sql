-- Every check of every report in words. Numbers are printed by %.15g: exact for what fits the forms, no
-- trailing zeros. A rule on a single value has no right side.
CREATE VIEW finding AS
SELECT
    dim_report.county_code,
    dim_county.name AS county_name,
    dim_report.year,
    dim_check.rule_id,
    dim_rule.severity,
    fact_finding.status,
    fact_finding.left_value,
    fact_finding.right_value,
    fact_finding.delta,
    dim_check.cells,
    fact_finding.blame,
    dim_rule.en || ' [' || dim_check.form_table || ': ' || dim_check.line || ']: '
    || CASE fact_finding.status
        WHEN 'pass'
            THEN CASE dim_rule.op
                WHEN 'eq' THEN printf('both sides are %.15g', fact_finding.left_value)
                ELSE printf('%.15g on the left, %.15g on the right', fact_finding.left_value, fact_finding.right_value)
            END
        WHEN 'pass_blank_as_zero'
            THEN 'it holds if empty cells are taken as zero'
        WHEN 'suspended' THEN 'not asked, the county merged, split, or gave or took a part since last year'
        WHEN 'vacuous' THEN 'nothing to check, every cell is zero or empty'
        WHEN 'fail'
            THEN printf('%.15g stands on the left', fact_finding.left_value)
                || coalesce(
                    printf(', %.15g on the right, a difference of %.15g',
                        fact_finding.right_value, fact_finding.delta),
                    ''
                )
        ELSE 'cannot be checked, a cell it needs is missing or unreadable, or a total is not stated'
    END AS explanation_en,
    dim_rule.zh || '【' || dim_check.form_table || '：' || dim_check.line || '】：'
    || CASE fact_finding.status
        WHEN 'pass'
            THEN CASE dim_rule.op
                WHEN 'eq' THEN printf('两边均为%.15g', fact_finding.left_value)
                ELSE printf('左边为%.15g，右边为%.15g', fact_finding.left_value, fact_finding.right_value)
            END
        WHEN 'pass_blank_as_zero' THEN '空白按零计时相符'
        WHEN 'suspended' THEN '该县自上年以来合并、拆分或部分划转，不作核对'
        WHEN 'vacuous' THEN '各格均为零或空白，无可核对'
        WHEN 'fail'
            THEN printf('左边为%.15g', fact_finding.left_value)
                || coalesce(printf('，右边为%.15g，相差%.15g', fact_finding.right_value, fact_finding.delta), '')
        ELSE '所需单元格缺失、无法识读或合计未填，不能核对'
    END AS explanation_zh
FROM fact_finding
JOIN dim_report USING (report_key)
JOIN dim_check USING (check_key)
JOIN dim_rule USING (rule_id)
LEFT JOIN dim_county USING (county_key);

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
COMMENT ON COLUMN finding.blame IS 'The cell most likely at fault; null while not located / 最可能出错的单元格；未定位则为空';
COMMENT ON COLUMN finding.explanation_en IS 'The verdict in English / 结论（英文）';
COMMENT ON COLUMN finding.explanation_zh IS 'The verdict in Chinese / 结论（中文）';
