-- Reports with their keys. Reads: input_report, place_in_year (the county that a code stands for in a year).
-- Report keys follow county and year, so that facts sorted by them can be skipped by county and year.
CREATE TEMP TABLE keyed_report AS
SELECT
    CAST(row_number() OVER (ORDER BY county_code, year, document_sha256) AS INTEGER) AS report_key,
    CAST(row_number() OVER (ORDER BY document_sha256) AS INTEGER) AS document_key,
    *
FROM (
    SELECT
        input_report.* REPLACE (coalesce(place_in_year.county_code, input_report.county_code) AS county_code),
        place_in_year.county_key
    FROM input_report
    LEFT JOIN place_in_year
        ON place_in_year.read_code = input_report.county_code AND place_in_year.year = input_report.year
);
