-- Provinces with their first code, and how many counties each has today.
SELECT
    min(left(code, 2)) AS province,
    province AS name,
    count(*) FILTER (WHERE valid_to IS NULL AND is_county) AS counties,
    count(DISTINCT code) FILTER (WHERE is_county) AS codes
FROM dim_county
GROUP BY ALL
ORDER BY 1;
