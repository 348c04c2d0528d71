-- The visits of one night, failed ones first, then the longest.
SELECT
    portal_key,
    name,
    outcome,
    started_at,
    finished_at,
    round(epoch(finished_at) - epoch(started_at), 1) AS seconds,
    found,
    is_list_whole
FROM crawl_visit
LEFT JOIN (
    SELECT code AS portal_key, last(name ORDER BY valid_from) AS name
    FROM dim_county
    GROUP BY code
) USING (portal_key)
WHERE run_id = $run
ORDER BY outcome = 'ok', seconds DESC, portal_key
LIMIT 1000;
