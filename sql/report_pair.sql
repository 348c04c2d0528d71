-- One report published several times: each publication after the first, with the one it is to be held against. What
-- one body says of one year is one report: of a county that of its government, else that of the named publisher.
--
-- A publication is a document at an address that a list named, or one taken in by hand. It is held against what its
-- own address gave before, else against another file of its page, else of its portal, else against the last before it.
-- A table of its own: with its size known, the cells are found in no time.
CREATE TEMP TABLE report_pair AS
WITH publication AS (
    SELECT
        keyed_report.report_key,
        county_key,
        keyed_report.county_code,
        keyed_report.year,
        scope,
        CASE WHEN scope = 'county' THEN 'county' ELSE coalesce(publisher, keyed_report.report_url, keyed_report.url) END
            AS body,
        document_sha256,
        format,
        keyed_report.url AS file_url,
        is_latest,
        report_id,
        listed_report.portal_key,
        coalesce(listed_report.url, keyed_report.url) AS url,
        coalesce(had_from, fetched_at) AS published_at
    FROM keyed_report
    LEFT JOIN (listed_file JOIN listed_report USING (report_id)) USING (document_sha256)
    WHERE county_key IS NOT NULL AND keyed_report.year IS NOT NULL
),
numbered AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY county_key, year, scope, body
            ORDER BY published_at, url, document_sha256, report_id
        ) AS number
    FROM publication
    QUALIFY count(*) OVER (PARTITION BY county_key, year, scope, body) > 1
),
paired AS (
    SELECT
        later.county_key,
        later.county_code,
        later.year,
        later.scope,
        later.number,
        earlier.report_key AS earlier_report_key,
        later.report_key AS later_report_key,
        earlier.document_sha256 AS earlier_sha256,
        later.document_sha256 AS later_sha256,
        earlier.url AS earlier_url,
        later.url AS later_url,
        earlier.format AS earlier_format,
        later.format AS later_format,
        later.published_at,
        CASE
            WHEN earlier.report_id IS NULL OR later.report_id IS NULL THEN 'by_hand'
            WHEN earlier.report_id <> later.report_id AND earlier.portal_key <> later.portal_key THEN 'other_portal'
            WHEN earlier.report_id <> later.report_id THEN 'other_address'
            WHEN earlier.file_url = later.file_url THEN 'same_address'
            ELSE 'other_file'
        END AS place,
        NOT earlier.is_latest AND later.is_latest AS is_replaced
    FROM numbered AS later
    JOIN numbered AS earlier
        ON earlier.county_key = later.county_key
        AND earlier.year = later.year
        AND earlier.scope IS NOT DISTINCT FROM later.scope
        AND earlier.body = later.body
        AND earlier.number < later.number
    QUALIFY row_number() OVER (
        PARTITION BY later.county_key, later.year, later.scope, later.body, later.number
        ORDER BY
            list_position(['same_address', 'other_file', 'other_address', 'other_portal', 'by_hand'], place),
            earlier.number DESC
    ) = 1
),
-- Of two files with a table each neither says anything of the other.
held AS (
    SELECT report_key, list(form_table) AS tables
    FROM report_count
    GROUP BY report_key
)
SELECT
    paired.*,
    coalesce(list_intersect(before.tables, after.tables), []) AS shared_tables,
    before.tables IS NOT NULL AND after.tables IS NOT NULL AS have_cells
FROM paired
LEFT JOIN held AS before ON before.report_key = earlier_report_key
LEFT JOIN held AS after ON after.report_key = later_report_key;
