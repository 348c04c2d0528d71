-- The checks that a cell takes part in, failed ones first, with those of the next year's report that read it too, and
-- what reviewers said of them.
WITH report AS (
    SELECT report_key
    FROM dim_report
    JOIN dim_document USING (document_key)
    WHERE document_sha256 = $document
),
asked AS (
    SELECT *, true AS is_own
    FROM report_finding
    WHERE report_key = (FROM report) AND list_contains(cells, $cell)
    UNION ALL
    SELECT *, false AS is_own
    FROM report_finding
    WHERE report_key IN (SELECT report_key FROM bridge_prior_report WHERE prior_key = (FROM report))
        AND list_contains(cells, $cell || '@-1')
)
SELECT
    asked.year,
    asked.rule_id,
    asked.severity,
    dim_rule.zh AS rule_zh,
    dim_rule.en AS rule_en,
    asked.status,
    left_value,
    right_value,
    delta,
    blame,
    explanation_zh,
    explanation_en,
    asked.cells,
    asked.line,
    check_key,
    is_own,
    review.verdict AS review_verdict,
    review.status AS review_status,
    review.reason AS review_reason,
    review.reviewer,
    review.reviewed_on
FROM asked
JOIN dim_rule USING (rule_id)
LEFT JOIN review
    ON review.report_key = asked.report_key AND review.rule_id = asked.rule_id AND review.line = asked.line
ORDER BY asked.status <> 'fail', asked.year, check_key, asked.rule_id;
