-- The failures of a rule, the newest first, the largest differences of a year first.
SELECT
    report_finding.county_code,
    county_name,
    report_finding.year,
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
JOIN dim_report USING (report_key)
JOIN dim_document USING (document_key)
WHERE rule_id = $rule AND status = 'fail' AND is_county_year
ORDER BY report_finding.year DESC, abs(delta) DESC, report_finding.county_code, cells
LIMIT 200;
