-- How every rule fares in the reports that stand for a county and year: counted once a publication, as two million
-- verdicts are too many to count at every look.
CREATE TABLE rule_year AS
WITH verdict AS (
    SELECT report_key, rule_id, status, blame
    FROM fact_finding
    JOIN dim_check USING (check_key)
    UNION ALL
    SELECT report_key, rule_id, status, blame
    FROM fact_claim_finding
)
SELECT
    verdict.rule_id,
    dim_report.year,
    verdict.status,
    verdict.blame,
    CAST(count(*) AS INTEGER) AS verdicts,
    CAST(count(DISTINCT verdict.report_key) AS INTEGER) AS reports
FROM verdict
JOIN dim_report USING (report_key)
WHERE dim_report.is_county_year
GROUP BY ALL
ORDER BY ALL;

COMMENT ON TABLE rule_year IS 'Verdicts of every rule by year and result, in the reports that stand for a county and year / 代表各县各年的报告中，每条规则按年度与结果的核对次数';
COMMENT ON COLUMN rule_year.rule_id IS 'The rule, see dim_rule / 规则，见 dim_rule';
COMMENT ON COLUMN rule_year.year IS 'The year reported on / 报告所述年度';
COMMENT ON COLUMN rule_year.status IS 'The verdict, see fact_finding / 结果，见 fact_finding';
COMMENT ON COLUMN rule_year.blame IS 'Whose fault a failure is, see fact_finding; null where nothing failed / 不符系何方之误，见 fact_finding；未不符则为空';
COMMENT ON COLUMN rule_year.verdicts IS 'Number of verdicts / 核对次数';
COMMENT ON COLUMN rule_year.reports IS 'Number of reports that have such a verdict / 有此结果的报告数';
