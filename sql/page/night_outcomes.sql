-- How the visits of one night ended.
SELECT outcome, count(*) AS portals
FROM crawl_visit
WHERE run_id = $run
GROUP BY outcome
ORDER BY portals DESC, outcome;
