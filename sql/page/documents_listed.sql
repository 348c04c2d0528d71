-- The documents that a report was read from, and whether it stands for its county and year.
SELECT document_sha256 AS sha256, county_code AS code, year, is_county_year
FROM dim_report
JOIN dim_document USING (document_key)
WHERE form IS NOT NULL AND year IS NOT NULL
ORDER BY 1;
