-- A metric by province and year: of the sums over the counties that state it, and the middle of theirs.
WITH long AS (
    UNPIVOT (
        SELECT county_code, year, received, carried_in, concluded, granted, partial, refused, unavailable,
            not_processed, other, carried_out, reviews, corrected_reviews, lawsuits
        FROM county_year
    )
    ON COLUMNS(* EXCLUDE (county_code, year))
    INTO NAME figure VALUE amount
),
county AS (
    SELECT
        county_code,
        year,
        sum(amount) FILTER (WHERE list_contains($above, figure)) AS numerator,
        CASE
            WHEN len($below) > 0
                THEN sum(amount) FILTER (WHERE list_contains($below, figure))
                    - coalesce(sum(amount) FILTER (WHERE list_contains($less, figure)), 0)
        END AS denominator
    FROM long
    WHERE list_contains(list_distinct(list_concat($above, $below, $less)), figure)
    GROUP BY county_code, year
    HAVING count(*) = len(list_distinct(list_concat($above, $below, $less)))
),
valued AS (
    SELECT
        county.*,
        province,
        CASE WHEN len($below) = 0 THEN numerator ELSE numerator / nullif(denominator, 0) END AS value
    FROM county
    JOIN (SELECT code AS county_code, last(province ORDER BY valid_from) AS province FROM dim_county GROUP BY code)
        USING (county_code)
)
SELECT
    CASE WHEN grouping(province) = 0
        THEN (SELECT min(left(code, 2)) FROM dim_county WHERE dim_county.province = valued.province) END AS province,
    province AS province_name,
    year,
    count(*) AS counties,
    sum(numerator) AS numerator,
    sum(denominator) AS denominator,
    CASE WHEN len($below) = 0 THEN sum(numerator) ELSE sum(numerator) / nullif(sum(denominator), 0) END::DOUBLE AS pooled,
    quantile_cont(value, 0.25)::DOUBLE AS lower_quarter,
    median(value)::DOUBLE AS median,
    quantile_cont(value, 0.75)::DOUBLE AS upper_quarter
FROM valued
GROUP BY GROUPING SETS ((province, year), (year))
ORDER BY 1 NULLS FIRST, year;
