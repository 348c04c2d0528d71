-- What the foot of every page says of the warehouse.
SELECT
    as_of,
    last_year,
    (SELECT count(*) FROM dim_report) AS reports,
    (SELECT count(*) FROM county_year) AS county_years
FROM coverage_date;
