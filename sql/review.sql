-- Reviewers' verdicts on findings, and whether what they judged is still so. A verdict is about the report of the
-- county and year in which the check fails by the values judged, the one that county_year takes first.
CREATE TABLE review AS
WITH asked AS (
    SELECT
        input_review.ordinal,
        report_finding.report_key,
        report_finding.status = 'fail' AS fails,
        dim_report.is_county_year,
        dim_report.printed_count
    FROM input_review
    JOIN report_finding USING (county_code, year, rule_id, line)
    JOIN dim_report USING (report_key)
),
said AS (
    SELECT
        asked.ordinal,
        asked.report_key,
        list(finding_value.cell || '=' || finding_value.says
            ORDER BY finding_value.place, finding_value.cell, finding_value.says) AS says
    FROM asked
    JOIN input_review USING (ordinal)
    JOIN finding_value
        ON finding_value.report_key = asked.report_key
        AND finding_value.rule_id = input_review.rule_id
        AND finding_value.line = input_review.line
    WHERE asked.fails
    GROUP BY ALL
),
taken AS (
    SELECT asked.ordinal, asked.report_key, asked.fails, said.says
    FROM asked
    LEFT JOIN said USING (ordinal, report_key)
    JOIN input_review USING (ordinal)
    QUALIFY row_number() OVER (
        PARTITION BY asked.ordinal
        ORDER BY
            coalesce(said.says = input_review.judged, false) DESC,
            asked.is_county_year DESC,
            asked.fails DESC,
            asked.printed_count DESC,
            asked.report_key
    ) = 1
)
SELECT
    input_review.ordinal,
    input_review.county_code,
    input_review.year,
    input_review.rule_id,
    input_review.line,
    input_review.verdict,
    CASE
        WHEN taken.report_key IS NULL THEN 'no_finding'
        WHEN NOT taken.fails THEN 'settled'
        WHEN taken.says IS DISTINCT FROM input_review.judged THEN 'stale'
        ELSE 'holds'
    END AS status,
    input_review.judged,
    taken.says AS found,
    input_review.reason,
    input_review.reviewer,
    input_review.reviewed_on,
    taken.report_key
FROM input_review
LEFT JOIN taken USING (ordinal)
ORDER BY input_review.ordinal;

COMMENT ON TABLE review IS 'Reviewers'' verdicts on findings, and whether what they judged is still printed; join with report_finding by report_key, rule_id and line / 审核人对不符项的结论，及其所据数值是否仍然如此；与 report_finding 按 report_key、rule_id、line 连接';
COMMENT ON COLUMN review.ordinal IS 'Order in the file, from 0 / 文件中次序，从0起';
COMMENT ON COLUMN review.county_code IS 'Division code of the report year (GB/T 2260) / 报告年度的行政区划代码';
COMMENT ON COLUMN review.year IS 'The year reported on / 报告所述年度';
COMMENT ON COLUMN review.rule_id IS 'The balance rule, see dim_rule / 勾稽规则，见 dim_rule';
COMMENT ON COLUMN review.line IS 'The row, column or cell that is checked; of a statement of the running text its words / 所核对的行、列或单元格；正文陈述则为其文字';
COMMENT ON COLUMN review.verdict IS 'confirmed: the finding is right; dismissed: it is none / confirmed 确认不符、dismissed 认为并非不符';
COMMENT ON COLUMN review.status IS 'holds; stale: the cells say something else now, so judge again; settled: the check no longer fails; no_finding: there is no such check of a report now / holds 有效、stale 数值已变须重审、settled 已不再不符、no_finding 现无此核对项';
COMMENT ON COLUMN review.judged IS 'What the cells said when it was judged, as address=value / 审核时各格所载（地址=数值）';
COMMENT ON COLUMN review.found IS 'What they say now, likewise; null where the check does not fail / 现时所载，同上；未不符则为空';
COMMENT ON COLUMN review.reason IS 'Why / 理由';
COMMENT ON COLUMN review.reviewer IS 'Who reviewed it / 审核人';
COMMENT ON COLUMN review.reviewed_on IS 'When / 审核日期';
COMMENT ON COLUMN review.report_key IS 'The report it is about now, see dim_report; null where there is none / 现时所涉报告，见 dim_report；无则为空';
