-- Every failed check of a county's reports.
WITH report AS MATERIALIZED (
    SELECT report_key, document_sha256
    FROM dim_report
    JOIN dim_document USING (document_key)
    WHERE list_contains($codes, county_code)
)
SELECT
    county_code,
    year,
    rule_id,
    severity,
    blame,
    left_value,
    right_value,
    delta,
    cells,
    document_sha256,
    explanation_zh,
    explanation_en
FROM report_finding
JOIN report USING (report_key)
WHERE status = 'fail'
ORDER BY year DESC, CASE severity WHEN 'hard' THEN 1 WHEN 'near_hard' THEN 2 ELSE 3 END, rule_id, cells;
