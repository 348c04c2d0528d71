-- What each cell of a failed check says.
SELECT cell, says, label_zh, label_en
FROM finding_value
LEFT JOIN dim_measure ON form_table || '.' || form_row || '.' || form_column = replace(cell, '@-1', '')
WHERE rule_id = $rule
    AND line = $line
    AND report_key = (
        SELECT report_key
        FROM dim_report
        JOIN dim_document USING (document_key)
        WHERE document_sha256 = $document
    )
ORDER BY place, cell, says;
