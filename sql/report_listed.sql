-- Reports that a list names and of which no file was ever had, by what the last request for them says: missing,
-- blocked, or open (not yet asked for, or the server failed). Reads: listed_report, listed_file, place_in_year,
-- outcome_class.
CREATE TEMP TABLE report_listed AS
SELECT
    place_in_year.county_key,
    listed_report.year,
    listed_report.url,
    listed_report.portal_key,
    listed_report.first_seen_at,
    listed_report.outcome,
    coalesce(class, 'open') AS class
FROM listed_report
JOIN place_in_year ON place_in_year.read_code = listed_report.county_code AND place_in_year.year = listed_report.year
LEFT JOIN outcome_class USING (outcome)
ANTI JOIN listed_file USING (report_id)
WHERE withdrawn_at IS NULL
QUALIFY row_number() OVER (
    PARTITION BY place_in_year.county_key, listed_report.year
    ORDER BY CASE class WHEN 'missing' THEN 1 WHEN 'blocked' THEN 2 ELSE 3 END, first_seen_at, url, portal_key
) = 1;
