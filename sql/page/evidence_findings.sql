-- The checks that a cell takes part in, failed ones first; those of the next year's report that read it too.
WITH report AS (
    SELECT report_key
    FROM dim_report
    JOIN dim_document USING (document_key)
    WHERE document_sha256 = $document
)
SELECT
    report_finding.year,
    report_finding.rule_id,
    report_finding.severity,
    dim_rule.zh AS rule_zh,
    dim_rule.en AS rule_en,
    report_finding.status,
    left_value,
    right_value,
    delta,
    blame,
    explanation_zh,
    explanation_en,
    report_finding.cells,
    report_finding.line,
    check_key,
    report_finding.report_key IN (FROM report) AS is_own,
    review.verdict AS review_verdict,
    review.status AS review_status,
    review.reason AS review_reason,
    review.reviewer,
    review.reviewed_on
FROM report_finding
JOIN dim_rule USING (rule_id)
LEFT JOIN review
    ON review.report_key = report_finding.report_key
    AND review.rule_id = report_finding.rule_id
    AND review.line = report_finding.line
WHERE (report_finding.report_key IN (FROM report) AND list_contains(report_finding.cells, $cell))
    OR (
        report_finding.report_key IN (
            SELECT bridge_prior_report.report_key FROM bridge_prior_report WHERE prior_key IN (FROM report)
        )
        AND list_contains(report_finding.cells, $cell || '@-1')
    )
ORDER BY report_finding.status <> 'fail', report_finding.year, check_key, report_finding.rule_id;
