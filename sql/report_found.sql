-- The documents that speak for a county and year, the best one first, with what the lists say of them. Before there
-- were forms, figures are indicators and in no cell.
-- Reads: dim_report, dim_document, fact_indicator, fact_problem, listed_report, listed_file, crawl_visit. Reports of
-- an office, department or township say nothing of their county's.
CREATE TEMP TABLE report_found AS
WITH candidate AS (
    SELECT county_key, year, report_key, document_key, document_sha256, cell_count, printed_count, is_county_year,
        cell_count > 0 OR report_key IN (SELECT report_key FROM fact_indicator) AS has_figures,
        format, url, fetched_at, is_latest, withdrawn_at
    FROM dim_report
    JOIN dim_document USING (document_key)
    WHERE county_key IS NOT NULL AND year IS NOT NULL AND (scope = 'county' OR scope IS NULL)
),
-- What portals say of it.
listed AS (
    SELECT
        candidate.county_key,
        candidate.year,
        listed_report.portal_key,
        first_seen_at,
        credible_date(listed_on, candidate.year, first_seen_at) AS listed_on
    FROM candidate
    JOIN listed_file USING (document_sha256)
    JOIN listed_report USING (report_id)
),
-- An earlier look at the whole list, after the day it was due, that did not find it.
missed AS (
    SELECT listed.county_key, listed.year, listed.portal_key, first_seen_at, max(finished_at) AS missed_at
    FROM listed
    JOIN crawl_visit
        ON crawl_visit.portal_key = listed.portal_key
        AND crawl_visit.finished_at < listed.first_seen_at
        AND is_whole_look(is_list_whole, found, outcome)
    GROUP BY ALL
),
dated AS (
    SELECT
        county_key,
        year,
        min(listed_on) AS published_on,
        min(first_seen_at) AS first_seen_at,
        arg_min(portal_key, (first_seen_at, portal_key)) AS portal_key,
        arg_min(missed_at, (first_seen_at, portal_key)) AS missed_at
    FROM listed
    LEFT JOIN missed USING (county_key, year, portal_key, first_seen_at)
    GROUP BY county_key, year
),
best AS (
    SELECT *
    FROM candidate
    QUALIFY row_number() OVER (
        PARTITION BY county_key, year
        ORDER BY withdrawn_at IS NULL DESC, is_county_year DESC, printed_count DESC, cell_count DESC,
            has_figures DESC, is_latest DESC, document_sha256
    ) = 1
)
SELECT
    best.county_key,
    best.year,
    best.document_key,
    best.document_sha256,
    best.fetched_at,
    best.url,
    CASE
        WHEN withdrawn_at IS NOT NULL THEN 'withdrawn'
        WHEN has_figures THEN 'published'
        WHEN format IN ('scan', 'image') OR pictures.report_key IS NOT NULL THEN 'image_only'
        ELSE 'found_unreadable'
    END AS state,
    withdrawn_at,
    published_on,
    coalesce(dated.first_seen_at, best.fetched_at) AS first_seen_at,
    missed_at,
    portal_key
FROM best
LEFT JOIN dated USING (county_key, year)
LEFT JOIN (
    SELECT DISTINCT report_key
    FROM fact_problem
    WHERE code IN ('no_text', 'page_without_text', 'picture_unread')
) AS pictures USING (report_key);
