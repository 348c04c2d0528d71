-- For each county the portals that tell of it, each with its last look at the whole list and its last visit of all.
-- A portal that is not the county's own tells of it if it has listed a report of it. Reads: county_portal,
-- listed_report, crawl_visit.
CREATE TEMP TABLE portal_look AS
WITH telling AS (
    SELECT
        county_key,
        portal_key,
        is_own OR EXISTS (
            FROM listed_report
            WHERE listed_report.portal_key = county_portal.portal_key
                AND list_contains(county_portal.codes, listed_report.county_code)
        ) AS tells
    FROM county_portal
),
whole AS (
    SELECT portal_key, max(finished_at) AS whole_at, max_by(run_id, finished_at) AS whole_run
    FROM crawl_visit
    WHERE is_whole_look(is_list_whole, found, outcome)
    GROUP BY portal_key
),
newest AS (
    SELECT
        portal_key,
        max(finished_at) AS visited_at,
        max_by(run_id, finished_at) AS visit_run,
        max_by(outcome, finished_at) AS outcome
    FROM crawl_visit
    GROUP BY portal_key
)
SELECT
    county_key,
    max_by(portal_key, (whole_at, portal_key)) FILTER (WHERE tells AND whole_at IS NOT NULL) AS whole_portal,
    max(whole_at) FILTER (WHERE tells) AS whole_at,
    max_by(whole_run, (whole_at, portal_key)) FILTER (WHERE tells AND whole_at IS NOT NULL) AS whole_run,
    max_by(portal_key, (tells, visited_at, portal_key)) FILTER (WHERE visited_at IS NOT NULL) AS visit_portal,
    max_by(visited_at, (tells, visited_at, portal_key)) FILTER (WHERE visited_at IS NOT NULL) AS visited_at,
    max_by(visit_run, (tells, visited_at, portal_key)) FILTER (WHERE visited_at IS NOT NULL) AS visit_run,
    max_by(outcome, (tells, visited_at, portal_key)) FILTER (WHERE visited_at IS NOT NULL) AS visit_outcome,
    bool_or(tells) AS tells,
    min(portal_key) AS first_portal
FROM telling
LEFT JOIN whole USING (portal_key)
LEFT JOIN newest USING (portal_key)
GROUP BY county_key;
