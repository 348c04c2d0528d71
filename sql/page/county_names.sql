-- Every county that there has been, one row a code, with all names that it goes or went by.
WITH named AS (
    SELECT county_key, code, name, valid_from
    FROM dim_county
    UNION ALL
    SELECT county_key, code, alias, valid_from
    FROM county_alias
    JOIN dim_county USING (county_key)
    WHERE county_alias.kind <> 'padded'
),
called AS (
    SELECT code, list(DISTINCT name ORDER BY name) AS names
    FROM named
    GROUP BY code
),
placed AS (
    SELECT
        code,
        last(name ORDER BY valid_from) AS name,
        last(replace(province || prefecture, '直辖', '') ORDER BY valid_from) AS place,
        min(valid_from) AS valid_from,
        last(valid_to ORDER BY valid_from) AS valid_to
    FROM dim_county
    GROUP BY code
)
SELECT
    code,
    name,
    place,
    concat(
        CASE WHEN valid_from > 2008 THEN valid_from::VARCHAR END,
        CASE WHEN valid_from > 2008 OR valid_to IS NOT NULL THEN '–' END,
        (valid_to - 1)::VARCHAR
    ) AS years,
    list_filter(names, lambda one: one <> name) AS aliases
FROM placed
JOIN called USING (code)
ORDER BY code;
