-- The cells that a static site has pages of evidence for: those of failed checks, or all.
WITH report AS (
    SELECT report_key, document_sha256, format
    FROM dim_report
    JOIN dim_document USING (document_key)
        WHERE form IS NOT NULL AND year IS NOT NULL
),
failed AS (
    SELECT DISTINCT report_key, cell
    FROM finding_value
)
SELECT
    document_sha256 AS sha256,
    form_table || '.' || form_row || '.' || form_column AS cell,
    page IS NOT NULL OR x0 IS NOT NULL AS has_page,
    x0 IS NOT NULL AS has_box,
    format,
    path
FROM fact_observation
JOIN report USING (report_key)
JOIN dim_measure USING (measure_key)
WHERE $all OR (report_key, form_table || '.' || form_row || '.' || form_column) IN (SELECT (report_key, cell) FROM failed)
ORDER BY 1, 2;
