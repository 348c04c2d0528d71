-- Reports of all counties by year: what is known of them, and how many of those read add up.
WITH known AS (
    SELECT
        year,
        count(*) FILTER (WHERE state <> 'not_yet_due') AS due,
        count(*) FILTER (WHERE state IN ('published', 'published_late')) AS published,
        count(*) FILTER (WHERE state = 'published_late') AS late,
        count(*) FILTER (WHERE state = 'not_found') AS silent,
        count(*) FILTER (WHERE state IN ('not_looked', 'no_portal_known')) AS unknown
    FROM coverage
    GROUP BY year
),
figures AS (
    SELECT
        year,
        count(*) AS reports,
        count(*) FILTER (WHERE balance_status IN ('balanced', 'balanced_blank_as_zero')) AS balanced,
        count(*) FILTER (WHERE balance_status = 'unbalanced') AS unbalanced,
        sum(received) AS received,
        median(granted_rate) AS granted_rate
    FROM county_year
    GROUP BY year
)
SELECT
    year,
    due,
    published,
    late,
    silent,
    unknown,
    due - published - silent - unknown AS other,
    coalesce(reports, 0) AS reports,
    coalesce(balanced, 0) AS balanced,
    coalesce(unbalanced, 0) AS unbalanced,
    balanced / nullif(balanced + unbalanced, 0) AS balanced_share,
    received,
    granted_rate
FROM known
LEFT JOIN figures USING (year)
ORDER BY year;
