-- The reports on which a letter can be written: something in them is inconsistent by the source's own doing.
SELECT DISTINCT county_code, year
FROM report_finding
JOIN dim_rule USING (rule_id)
WHERE county_code IS NOT NULL AND status = 'fail' AND blame = 'source'
    AND (report_finding.severity IN ('hard', 'near_hard') OR scope = 'narrative')
ORDER BY county_code, year;
