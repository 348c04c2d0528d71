-- Nights in which portals were visited: how many, how long, and how the visits ended.
SELECT
    run_id,
    min(started_at) AS started_at,
    max(finished_at) AS finished_at,
    datediff('second', min(started_at), max(finished_at)) AS seconds,
    count(*) AS portals,
    count(*) FILTER (WHERE outcome = 'ok') AS ok,
    count(*) FILTER (WHERE outcome = 'partial') AS partial,
    count(*) FILTER (WHERE outcome NOT IN ('ok', 'partial')) AS failed,
    count(*) FILTER (WHERE is_list_whole) AS whole,
    sum(found)::INTEGER AS listed
FROM crawl_visit
GROUP BY run_id
ORDER BY run_id DESC
LIMIT 60;
