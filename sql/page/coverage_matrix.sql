-- What is known of every county of a province in every year. A province whose codes begin in two ways has the first.
WITH named AS (
    SELECT any_value(province ORDER BY code) AS name
    FROM dim_county
    WHERE starts_with(code, $province)
),
shown AS (
    SELECT DISTINCT code
    FROM dim_county
    WHERE province = (SELECT name FROM named) AND is_county
    ORDER BY code
    LIMIT $most OFFSET $skipped
)
SELECT
    county_code,
    county_name,
    prefecture,
    year,
    state,
    days_late,
    published_on,
    url,
    evidence_zh,
    evidence_en
FROM coverage
WHERE province = (SELECT name FROM named) AND county_code IN (SELECT code FROM shown)
ORDER BY county_code, year;
