-- The last night that portals were visited in.
SELECT
    run_id,
    min(started_at) AS started_at,
    max(finished_at) AS finished_at,
    count(*) AS portals,
    count(*) FILTER (WHERE outcome = 'ok') AS ok,
    count(*) FILTER (WHERE outcome <> 'ok') AS failed,
    sum(found)::INTEGER AS listed
FROM crawl_visit
WHERE run_id = (SELECT max(run_id) FROM crawl_visit)
GROUP BY run_id;
