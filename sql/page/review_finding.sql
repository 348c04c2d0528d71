-- One failed check of one document, as a reviewer judges it.
SELECT
    report_finding.report_key,
    report_finding.county_code,
    report_finding.county_name,
    report_finding.year,
    rule_id,
    report_finding.line,
    report_finding.severity,
    dim_rule.zh AS rule_zh,
    dim_rule.en AS rule_en,
    left_value,
    right_value,
    blame,
    explanation_zh,
    explanation_en
FROM report_finding
JOIN dim_rule USING (rule_id)
WHERE status = 'fail'
    AND rule_id = $rule
    AND report_finding.line = $line
    AND report_finding.county_code IS NOT NULL
    AND report_key = (
        SELECT report_key
        FROM dim_report
        JOIN dim_document USING (document_key)
        WHERE document_sha256 = $document
    );
