-- What was known of a document from one moment to the next, and the night that fetched it.
WITH night AS (
    SELECT max(crawl_visit.run_id) AS run_id, any_value(crawl_visit.portal_key) AS portal_key
    FROM listed_file
    JOIN listing_version USING (report_id)
    JOIN crawl_visit USING (portal_key)
    JOIN dim_document USING (document_sha256)
    WHERE document_sha256 = $document
        AND dim_document.fetched_at BETWEEN crawl_visit.started_at AND crawl_visit.finished_at
)
SELECT
    known_from,
    known_to,
    url,
    report_url,
    role,
    fetched_at,
    is_latest,
    withdrawn_at,
    (SELECT run_id FROM night) AS run_id,
    (SELECT portal_key FROM night) AS portal_key
FROM document_version
WHERE document_sha256 = $document
ORDER BY known_from;
