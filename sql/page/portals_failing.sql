-- Portals whose last visit did not end well: since when, how many nights in a row, and the last good one.
WITH numbered AS (
    SELECT
        *,
        row_number() OVER (PARTITION BY portal_key ORDER BY finished_at DESC) AS back,
        outcome = 'ok' AS is_good
    FROM crawl_visit
),
summed AS (
    SELECT
        portal_key,
        max_by(outcome, finished_at) AS outcome,
        max(finished_at) AS visited_at,
        max(finished_at) FILTER (WHERE is_good) AS last_good_at,
        coalesce(min(back) FILTER (WHERE is_good), max(back) + 1) - 1 AS nights,
        count(*) AS visits
    FROM numbered
    GROUP BY portal_key
)
SELECT portal_key, name, province, outcome, visited_at, last_good_at, nights, visits
FROM summed
LEFT JOIN (
    SELECT code AS portal_key, last(name ORDER BY valid_from) AS name, last(province ORDER BY valid_from) AS province
    FROM dim_county
    GROUP BY code
) USING (portal_key)
WHERE nights > 0
ORDER BY nights DESC, portal_key;
