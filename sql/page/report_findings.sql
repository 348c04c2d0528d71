-- The checks of a report that failed, hard ones first.
SELECT rule_id, report_finding.severity, blame, left_value, right_value, delta, cells, explanation_zh, explanation_en,
    check_key
FROM report_finding
WHERE status = 'fail'
    AND report_key = (
        SELECT report_key
        FROM dim_report
        JOIN dim_document USING (document_key)
        WHERE document_sha256 = $document
    )
ORDER BY list_position(['hard', 'near_hard', 'soft'], report_finding.severity), check_key, rule_id;
