-- What is known of every county and year. Reads no clock: the last year is that of the county list or of the
-- newest report. Reports of an office, department or township say nothing of their county's.
CREATE VIEW coverage AS
WITH bounds AS (
    SELECT greatest(
        (SELECT max(greatest(valid_from, valid_to)) FROM dim_county),
        (SELECT max(year) FROM dim_report WHERE county_key IS NOT NULL)
    ) AS last_year
),
years AS (
    SELECT CAST(unnest(range(2008, last_year + 1)) AS SMALLINT) AS year
    FROM bounds
),
best AS (
    SELECT county_key, year, cell_count, url, fetched_at
    FROM dim_report
    JOIN dim_document USING (document_key)
    WHERE county_key IS NOT NULL AND (scope = 'county' OR scope IS NULL)
    QUALIFY row_number() OVER (
        PARTITION BY county_key, year
        ORDER BY is_county_year DESC, printed_count DESC, cell_count DESC, document_sha256
    ) = 1
)
SELECT
    dim_county.code AS county_code,
    dim_county.name AS county_name,
    dim_county.province,
    years.year,
    CASE
        WHEN best.county_key IS NULL THEN 'not_looked'
        WHEN best.cell_count = 0 THEN 'found_unreadable'
        ELSE 'published'
    END AS state,
    best.url,
    CAST(NULL AS DATE) AS published_on,
    best.fetched_at,
    CAST(NULL AS INTEGER) AS days_late
FROM dim_county
JOIN years
    ON years.year >= dim_county.valid_from AND (dim_county.valid_to IS NULL OR years.year < dim_county.valid_to)
LEFT JOIN best ON best.county_key = dim_county.county_key AND best.year = years.year;

COMMENT ON VIEW coverage IS 'What is known of the report of every county in force in every year since 2008: silence has a row too / 2008年以来每年每个有效县级行政区的报告情况：没有报告也有一行';
COMMENT ON COLUMN coverage.county_code IS 'Division code in force in the year (GB/T 2260) / 该年度有效的行政区划代码';
COMMENT ON COLUMN coverage.county_name IS 'Name of the county in the year / 该年度的县名';
COMMENT ON COLUMN coverage.province IS 'Province-level parent / 所属省级行政区';
COMMENT ON COLUMN coverage.year IS 'The year to be reported on / 应报告的年度';
COMMENT ON COLUMN coverage.state IS 'published (figures were read), found_unreadable (a document is there, no figure could be read) or not_looked / published 已读出数据、found_unreadable 有文件但未能读出、not_looked 尚未查找';
COMMENT ON COLUMN coverage.url IS 'Where the document was fetched from / 文件获取地址';
COMMENT ON COLUMN coverage.published_on IS 'Date of publication stated by the source; null while unknown / 来源所载发布日期；未知则为空';
COMMENT ON COLUMN coverage.fetched_at IS 'When the document was fetched, UTC / 获取时间（协调世界时）';
COMMENT ON COLUMN coverage.days_late IS 'Days from the legal deadline (31 March of the next year) to publication; null while unknown / 发布日距法定期限（次年3月31日）的天数；未知则为空';
