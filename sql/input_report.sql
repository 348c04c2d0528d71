-- The documents this build is about: every document of the catalogue that has been read, once.
-- Reads: segment_report (all report rows of all segments, with the segment each stands in), segment_observation,
-- segment_indicator, segment_problem, known_document (the catalogue), input_county. A county or year that was stated by hand
-- overrides what was read, and what was read overrides what the list of reports led to expect; only a year that
-- was guessed from the text gives way to that. A document may stand in several segments; the first by name is
-- taken, they are equal.
CREATE TEMP TABLE input_report AS
WITH guessed AS (
    SELECT DISTINCT document_sha256, true AS is_guessed
    FROM segment_problem
    WHERE code = 'year_inferred'
),
filled AS (
    SELECT document_sha256, true AS has_cells
    FROM (
        SELECT document_sha256 FROM segment_observation UNION SELECT document_sha256 FROM segment_indicator
    )
),
known AS (
    SELECT
        document_sha256,
        segment,
        file_name,
        url,
        format,
        fetched_at,
        report_url,
        role,
        is_latest,
        withdrawn_at,
        coalesce(
            stated_county,
            county_code,
            -- The portal of a prefecture carries many counties, and its own code stands for none of them.
            CASE WHEN expected_county IN (SELECT code FROM input_county) THEN expected_county END
        ) AS county_code,
        coalesce(stated_year, expected_year) AS given_year,
        coalesce(stated_year, CASE WHEN is_guessed THEN expected_year END, year, expected_year) AS year,
        publisher,
        scope,
        title,
        form,
        disclosure_form,
        requests_form,
        disputes_form,
        stat_form,
        coalesce(has_cells, false) AS has_cells
    FROM segment_report
    JOIN known_document USING (document_sha256)
    LEFT JOIN guessed USING (document_sha256)
    LEFT JOIN filled USING (document_sha256)
    QUALIFY row_number() OVER (PARTITION BY document_sha256 ORDER BY segment) = 1
)
-- A page without a cell, beside another file of the same report that has some, is a mere wrapper of its
-- attachment: it is no report of its own, and what could not be read of it is no problem.
SELECT * EXCLUDE (role, has_cells)
FROM known
WHERE has_cells OR role IS DISTINCT FROM 'page'
    OR report_url NOT IN (SELECT report_url FROM known WHERE has_cells AND report_url IS NOT NULL);
