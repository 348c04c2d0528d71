-- A concept of the crosswalk by province and year: only figures that mean the same as, or nearly what, the newest
-- form means by it.
WITH valued AS (
    SELECT dim_county.province, dim_report.year, fact_concept.value
    FROM fact_concept
    JOIN dim_report USING (report_key)
    JOIN dim_county USING (county_key)
    JOIN dim_concept USING (concept)
    JOIN comparability
        ON comparability.concept = fact_concept.concept
        AND comparability.form = fact_concept.form
        AND comparability.other_form = dim_concept.reference_form
    WHERE fact_concept.concept = $concept
        AND is_county_year
        AND comparability.label IN ('exact', 'approximate')
        AND fact_concept.value IS NOT NULL
)
SELECT
    CASE WHEN grouping(province) = 0
        THEN (SELECT min(left(code, 2)) FROM dim_county WHERE dim_county.province = valued.province) END AS province,
    province AS province_name,
    year,
    count(*) AS counties,
    sum(value) AS numerator,
    NULL::DECIMAL(18, 6) AS denominator,
    sum(value)::DOUBLE AS pooled,
    quantile_cont(value, 0.25)::DOUBLE AS lower_quarter,
    median(value)::DOUBLE AS median,
    quantile_cont(value, 0.75)::DOUBLE AS upper_quarter
FROM valued
GROUP BY GROUPING SETS ((province, year), (year))
ORDER BY 1 NULLS FIRST, year;
