-- A county year by year: what is known of its report, whether it adds up, how many checks fail.
WITH report AS MATERIALIZED (
    SELECT report_key, county_code, year
    FROM dim_report
    WHERE list_contains($codes, county_code) AND is_county_year
),
failed AS (
    SELECT report_key, severity
    FROM fact_finding
    JOIN dim_check USING (check_key)
    JOIN dim_rule USING (rule_id)
    WHERE report_key IN (SELECT report_key FROM report) AND status = 'fail'
    UNION ALL
    SELECT report_key, severity
    FROM fact_claim_finding
    JOIN dim_rule USING (rule_id)
    WHERE report_key IN (SELECT report_key FROM report) AND status = 'fail'
),
counted AS (
    SELECT
        county_code,
        year,
        count(severity) FILTER (WHERE severity = 'hard') AS hard_failed,
        count(severity) FILTER (WHERE severity <> 'hard') AS other_failed
    FROM report
    LEFT JOIN failed USING (report_key)
    GROUP BY county_code, year
)
SELECT
    coverage.county_code,
    coverage.county_name,
    coverage.year,
    state,
    due_on,
    published_on,
    days_late,
    url,
    document_sha256,
    evidence_zh,
    evidence_en,
    balance_status,
    hard_failed,
    other_failed
FROM coverage
LEFT JOIN county_year USING (county_code, year)
LEFT JOIN counted USING (county_code, year)
WHERE list_contains($codes, coverage.county_code)
ORDER BY year DESC, coverage.county_code;
