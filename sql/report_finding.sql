-- Every check of every report in words. Numbers are printed by %.15g: exact for what fits the forms, no
-- trailing zeros. A rule on a single value has no right side.
CREATE VIEW report_finding AS
SELECT
    fact_finding.report_key,
    fact_finding.check_key,
    fact_finding.reason,
    dim_check.line,
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
    CASE fact_finding.status
        WHEN 'fail' THEN coalesce(
            explanation_en,
            where_en || coalesce(printf(' (page %d)', fact_finding.page), '') || '. Printed: '
                || left_en || printf(' = %.15g', fact_finding.left_value)
                || coalesce('; ' || right_en || printf(' = %.15g', fact_finding.right_value), '')
                || CASE dim_rule.kind WHEN 'sum' THEN printf('; a difference of %.15g', abs(fact_finding.delta)) ELSE '' END
                || '. '
                || coalesce(printf('It would hold if ''%s'' were %.15g. ', mendable_en,
                    CASE
                        WHEN mendable_side = 'right' AND fact_finding.left_value >= 0 THEN fact_finding.left_value
                        WHEN mendable_side = 'left' AND fact_finding.right_value >= 0 THEN fact_finding.right_value
                    END), '')
                || dim_reason.en || '.'
        )
        ELSE dim_rule.en || ' [' || dim_check.form_table || ': ' || dim_check.line || ']: '
            || CASE fact_finding.status
                WHEN 'pass'
                    THEN CASE dim_rule.op
                        WHEN 'eq' THEN printf('both sides are %.15g', fact_finding.left_value)
                        ELSE printf('%.15g on the left, %.15g on the right', fact_finding.left_value, fact_finding.right_value)
                    END
                WHEN 'pass_blank_as_zero' THEN 'it holds if empty cells are taken as zero'
                WHEN 'suspended' THEN 'not asked, the county merged, split, or gave or took a part since last year'
                WHEN 'vacuous' THEN 'nothing to check, every cell is zero or empty'
                ELSE 'cannot be checked, a cell it needs is missing or unreadable, or a total is not stated'
            END
            || CASE WHEN printed_status = 'fail' THEN '; a reviewed correction makes it so, as printed it fails' ELSE '' END
    END AS explanation_en,
    CASE fact_finding.status
        WHEN 'fail' THEN coalesce(
            explanation_zh,
            where_zh || coalesce(printf('（第%d页）', fact_finding.page), '') || '。所印：'
                || left_zh || printf('＝%.15g', fact_finding.left_value)
                || coalesce('；' || right_zh || printf('＝%.15g', fact_finding.right_value), '')
                || CASE dim_rule.kind WHEN 'sum' THEN printf('；相差%.15g', abs(fact_finding.delta)) ELSE '' END
                || '。'
                || coalesce(printf('若“%s”为%.15g，则相符。', mendable_zh,
                    CASE
                        WHEN mendable_side = 'right' AND fact_finding.left_value >= 0 THEN fact_finding.left_value
                        WHEN mendable_side = 'left' AND fact_finding.right_value >= 0 THEN fact_finding.right_value
                    END), '')
                || dim_reason.zh || '。'
        )
        ELSE dim_rule.zh || '【' || dim_check.form_table || '：' || dim_check.line || '】：'
            || CASE fact_finding.status
                WHEN 'pass'
                    THEN CASE dim_rule.op
                        WHEN 'eq' THEN printf('两边均为%.15g', fact_finding.left_value)
                        ELSE printf('左边为%.15g，右边为%.15g', fact_finding.left_value, fact_finding.right_value)
                    END
                WHEN 'pass_blank_as_zero' THEN '空白按零计时相符'
                WHEN 'suspended' THEN '该县自上年以来合并、拆分或部分划转，不作核对'
                WHEN 'vacuous' THEN '各格均为零或空白，无可核对'
                ELSE '所需单元格缺失、无法识读或合计未填，不能核对'
            END
            || CASE WHEN printed_status = 'fail' THEN '；系经审核更正后的结论，按原印不符' ELSE '' END
    END AS explanation_zh
FROM fact_finding
JOIN dim_report USING (report_key)
JOIN dim_check USING (check_key)
JOIN dim_rule USING (rule_id)
LEFT JOIN fact_explanation USING (report_key, check_key)
LEFT JOIN dim_reason ON dim_reason.reason = fact_finding.reason
LEFT JOIN dim_county USING (county_key)
UNION ALL
-- What the running text says against the tables.
SELECT
    fact_claim_finding.report_key,
    NULL,
    fact_claim_finding.reason,
    fact_claim.words,
    dim_report.county_code,
    dim_county.name,
    dim_report.year,
    fact_claim_finding.rule_id,
    dim_rule.severity,
    fact_claim_finding.status,
    fact_claim_finding.stated,
    fact_claim_finding.found,
    fact_claim_finding.stated - fact_claim_finding.found,
    fact_claim_finding.cells,
    fact_claim_finding.blame,
    coalesce(
        fact_claim_finding.explanation_en,
        dim_rule.en || ': the text says “' || fact_claim.words || '”; '
        || CASE fact_claim_finding.status
            WHEN 'pass' THEN 'it agrees'
            ELSE 'cannot be checked, the tables do not state it, or it is about less than the tables are'
        END
    ),
    coalesce(
        fact_claim_finding.explanation_zh,
        dim_rule.zh || '：正文称“' || fact_claim.words || '”，'
        || CASE fact_claim_finding.status
            WHEN 'pass' THEN '相符'
            ELSE '表内未载，或所述小于表格范围，不能核对'
        END
    )
FROM fact_claim_finding
JOIN fact_claim USING (report_key, ordinal)
JOIN dim_report USING (report_key)
JOIN dim_rule USING (rule_id)
LEFT JOIN dim_county USING (county_key);


COMMENT ON COLUMN report_finding.report_key IS 'The report, see dim_report / 报告，见 dim_report';
COMMENT ON COLUMN report_finding.check_key IS 'The check, see dim_check / 核对项，见 dim_check';
COMMENT ON COLUMN report_finding.reason IS 'What the blame rests on, see dim_reason / 判定理由，见 dim_reason';
COMMENT ON COLUMN report_finding.line IS 'The row, column or cell that is checked; of a statement of the running text its words / 所核对的行、列或单元格；正文陈述则为其文字';
COMMENT ON VIEW report_finding IS 'The same as finding, with the keys of report and check / 同 finding，另有报告与核对项的键';
COMMENT ON COLUMN report_finding.county_code IS 'Division code of the report year (GB/T 2260); null while undecided / 报告年度的行政区划代码；未定则为空';
COMMENT ON COLUMN report_finding.county_name IS 'Name of the county in the report year; null while undecided / 报告年度的县名；未定则为空';
COMMENT ON COLUMN report_finding.year IS 'The year reported on / 报告所述年度';
COMMENT ON COLUMN report_finding.rule_id IS 'The balance rule, see dim_rule / 勾稽规则，见 dim_rule';
COMMENT ON COLUMN report_finding.severity IS 'hard: an identity of the form; others are plausibility / hard 为表内恒等关系，其余为合理性';
COMMENT ON COLUMN report_finding.status IS 'By value, reviewed corrections applied: pass, pass_blank_as_zero, vacuous (all zero or empty), fail, not_assessable (a cell is missing or unreadable, or a total is not stated) or suspended (across years, where the county changed) / pass 相符、pass_blank_as_zero 空白按零计相符、vacuous 全零或全空、fail 不符、not_assessable 缺格、无法识读或未填合计，不能核对、suspended 区划变更，跨年不核对';
COMMENT ON COLUMN report_finding.left_value IS 'What the left side of the rule comes to / 规则左边的值';
COMMENT ON COLUMN report_finding.right_value IS 'What the right side of the rule comes to / 规则右边的值';
COMMENT ON COLUMN report_finding.delta IS 'Left less right / 左边减右边';
COMMENT ON COLUMN report_finding.cells IS 'Addresses (table.row.column) of the cells the check reads; those of the report of the year before end in @-1 / 所涉单元格地址（表.行.列）；上年报告的以 @-1 结尾';
COMMENT ON COLUMN report_finding.blame IS 'Whose fault a failed check is: source, extraction or undecided; null if it did not fail / 不符系何方之误：source 原件、extraction 识读、undecided 未定；未不符则为空';
COMMENT ON COLUMN report_finding.explanation_en IS 'The verdict in English; of a failed one what is printed where, what would balance, and how sure that is / 结论（英文）；不符者说明何处所印何数、改何数可平、把握如何';
COMMENT ON COLUMN report_finding.explanation_zh IS 'The verdict in Chinese, likewise / 结论（中文），同上';
