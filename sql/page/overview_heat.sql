-- Of the counties whose report was due, how many had it published, by province and year.
WITH counted AS (
    SELECT
        province,
        min(left(county_code, 2)) AS code,
        year,
        count(*) FILTER (WHERE state <> 'not_yet_due') AS due,
        count(*) FILTER (WHERE state IN ('published', 'published_late')) AS published,
        count(*) FILTER (WHERE state = 'published_late') AS late,
        count(*) FILTER (WHERE state = 'not_found') AS silent,
        count(*) FILTER (WHERE state IN ('not_looked', 'no_portal_known')) AS unknown
    FROM coverage
    GROUP BY province, year
)
SELECT
    min(code) OVER (PARTITION BY province) AS province,
    province AS province_name,
    year,
    due,
    published,
    late,
    silent,
    unknown,
    CASE WHEN unknown < due THEN published / due END AS share
FROM counted
ORDER BY 1, year;
