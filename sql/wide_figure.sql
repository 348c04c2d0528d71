-- The stated figures that wide rules speak of. A blank states nothing.
CREATE TEMP TABLE figure AS
SELECT
    report_key,
    measure_key,
    form_table,
    form_row,
    form_column,
    coalesce(
        CASE form_table
            WHEN 'disclosure' THEN disclosure_form
            WHEN 'requests' THEN requests_form
            WHEN 'disputes' THEN disputes_form
        END,
        form
    ) AS form,
    value
FROM fact_observation
SEMI JOIN bridge_wide_term USING (measure_key)
JOIN dim_measure USING (measure_key)
JOIN dim_report USING (report_key)
WHERE value IS NOT NULL;
