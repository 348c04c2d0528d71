-- The documents this build is about: every ingested document that has been read, once.
-- Reads: segment_report (all report rows of all segments, with the segment each stands in), known_document
-- (the catalogue). A county or year that was stated when the document was ingested overrides what was read.
-- A document may stand in several segments; the first by name is taken, they are equal.
CREATE TEMP TABLE input_report AS
SELECT
    document_sha256,
    segment,
    file_name,
    url,
    format,
    fetched_at,
    coalesce(stated_county, county_code) AS county_code,
    coalesce(stated_year, year) AS year,
    publisher,
    scope,
    title,
    form,
    disclosure_form,
    requests_form,
    disputes_form
FROM segment_report
JOIN known_document USING (document_sha256)
QUALIFY row_number() OVER (PARTITION BY document_sha256 ORDER BY segment) = 1;
