-- All that a county has been, oldest first, with its short and former names.
WITH called AS (
    SELECT county_key, list(alias ORDER BY alias) AS aliases
    FROM county_alias
    WHERE list_contains($keys, county_key) AND kind IN ('short', 'former')
    GROUP BY county_key
),
coded AS (
    SELECT province, min(left(code, 2)) AS province_code
    FROM dim_county
    GROUP BY province
)
SELECT
    county_key,
    code,
    name,
    kind,
    prefecture,
    province,
    province_code,
    valid_from,
    valid_to - 1 AS valid_until,
    is_county,
    is_invented,
    aliases
FROM dim_county
JOIN coded USING (province)
LEFT JOIN called USING (county_key)
WHERE list_contains($keys, county_key)
ORDER BY valid_from, county_key;
