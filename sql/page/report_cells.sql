-- Every cell of a report as printed, corrected values beside.
SELECT form_table, form_row, form_column, raw, status, printed_value, value, corrected, unit, page, bbox, path,
    reader, confidence
FROM observation
WHERE document_sha256 = $document
ORDER BY form_table, form_row, form_column;
