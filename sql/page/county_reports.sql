-- Every document that was read of a county, and why one of them stands for the year.
SELECT
    county_code,
    year,
    document_sha256,
    scope,
    title,
    publisher,
    dim_document.format,
    form,
    cell_count,
    printed_count,
    problem_count,
    is_county_year,
    choice_rank,
    choice_reason,
    is_latest,
    url,
    file_name
FROM dim_report
JOIN dim_document USING (document_key)
WHERE list_contains($codes, county_code)
ORDER BY year DESC, choice_rank, document_sha256;
