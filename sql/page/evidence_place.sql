-- Where a cell of a document is printed.
SELECT
    document_sha256,
    file_name,
    format,
    page,
    CASE WHEN x0 IS NOT NULL
        THEN list_transform([x0, y0, x1, y1], lambda edge: round(edge::DOUBLE, 2))
    END AS bbox,
    path
FROM fact_observation
JOIN dim_measure USING (measure_key)
JOIN dim_report USING (report_key)
JOIN dim_document USING (document_key)
WHERE report_key = (
        SELECT report_key
        FROM dim_report
        JOIN dim_document USING (document_key)
        WHERE document_sha256 = $document
    )
    AND form_table || '.' || form_row || '.' || form_column = $cell;
