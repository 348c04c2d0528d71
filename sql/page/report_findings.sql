-- The checks of a report that failed, hard ones first, with what reviewers said of them.
WITH report AS (
    SELECT report_key
    FROM dim_report
    JOIN dim_document USING (document_key)
    WHERE document_sha256 = $document
)
SELECT
    report_finding.rule_id,
    report_finding.severity,
    blame,
    left_value,
    right_value,
    delta,
    cells,
    explanation_zh,
    explanation_en,
    report_finding.line,
    check_key,
    review.verdict AS review_verdict,
    review.status AS review_status,
    review.reason AS review_reason,
    review.reviewer,
    review.reviewed_on
FROM report_finding
LEFT JOIN review
    ON review.report_key = report_finding.report_key
    AND review.rule_id = report_finding.rule_id
    AND review.line = report_finding.line
WHERE report_finding.status = 'fail' AND report_finding.report_key = (FROM report)
ORDER BY list_position(['hard', 'near_hard', 'soft'], report_finding.severity), check_key, rule_id;
