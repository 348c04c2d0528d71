-- The ledger reads no clock: today is the day of the last crawl or ingest, by China time.
CREATE TABLE coverage_date (
    as_of DATE,
    last_year SMALLINT NOT NULL
);

INSERT INTO coverage_date
WITH moments AS (
    SELECT max(finished_at) AS moment FROM crawl_visit
    UNION ALL
    SELECT max(fetched_at) FROM known_document
),
today AS (
    SELECT CAST(max(moment) + INTERVAL 8 HOURS AS DATE) AS as_of
    FROM moments
)
SELECT
    as_of,
    greatest(
        (SELECT max(greatest(valid_from, valid_to)) FROM dim_county),
        (SELECT max(year) FROM dim_report WHERE county_key IS NOT NULL),
        year(as_of) - 1
    )
FROM today;

COMMENT ON TABLE coverage_date IS 'When the coverage ledger was drawn up: one row / 报告台账的截止日期，一行';
COMMENT ON COLUMN coverage_date.as_of IS 'Day of the last crawl or ingest, China time; null before the first / 最近一次采集或入库之日（北京时间）；尚无则为空';
COMMENT ON COLUMN coverage_date.last_year IS 'Last year of the ledger / 台账的最后年度';
