-- A metric of chosen counties by year.
WITH long AS (
    UNPIVOT (
        SELECT county_code, county_name, year, received, carried_in, concluded, granted, partial, refused, unavailable,
            not_processed, other, carried_out, reviews, corrected_reviews, lawsuits
        FROM county_year
        WHERE list_contains($codes, county_code)
    )
    ON COLUMNS(* EXCLUDE (county_code, county_name, year))
    INTO NAME figure VALUE amount
)
SELECT
    county_code,
    county_name,
    year,
    sum(amount) FILTER (WHERE list_contains($above, figure)) AS numerator,
    CASE
        WHEN len($below) > 0
            THEN sum(amount) FILTER (WHERE list_contains($below, figure))
                - coalesce(sum(amount) FILTER (WHERE list_contains($less, figure)), 0)
    END AS denominator,
    CASE WHEN len($below) = 0 THEN numerator ELSE numerator / nullif(denominator, 0) END::DOUBLE AS value
FROM long
WHERE list_contains(list_distinct(list_concat($above, $below, $less)), figure)
GROUP BY county_code, county_name, year
HAVING count(*) = len(list_distinct(list_concat($above, $below, $less)))
ORDER BY county_code, year;
