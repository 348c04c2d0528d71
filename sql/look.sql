-- Where crawls looked and what they saw, kept through time for the ledger of an earlier day.
CREATE TABLE crawl_visit AS
SELECT * REPLACE (started_at AT TIME ZONE 'UTC' AS started_at, finished_at AT TIME ZONE 'UTC' AS finished_at)
FROM input_visit
ORDER BY finished_at, run_id, portal_key;

CREATE TABLE listing_version AS
SELECT
    * REPLACE (
        first_seen_at AT TIME ZONE 'UTC' AS first_seen_at,
        withdrawn_at AT TIME ZONE 'UTC' AS withdrawn_at,
        coalesce(known_from, first_seen_at) AT TIME ZONE 'UTC' AS known_from,
        known_to AT TIME ZONE 'UTC' AS known_to
    )
FROM input_listing
ORDER BY report_id, known_from;

CREATE TABLE listed_file AS
SELECT * REPLACE (had_from AT TIME ZONE 'UTC' AS had_from)
FROM input_file
ORDER BY report_id, document_sha256;

CREATE TABLE county_portal AS
FROM input_portal
ORDER BY ALL;

CREATE TABLE outcome_class AS
FROM input_outcome
ORDER BY outcome;

CREATE TABLE place_in_year AS
FROM input_place
ORDER BY ALL;

-- A date beside the link counts unless it lies before the year's end or after the day on which the link was first
-- seen: such dates are of the page's folder, or of another page.
CREATE MACRO credible_date(listed_on, report_year, first_seen_at) AS
    CASE
        WHEN listed_on BETWEEN make_date(CAST(report_year AS INTEGER), 12, 1)
            AND CAST(first_seen_at + INTERVAL 32 HOURS AS DATE)
            THEN listed_on
    END;

-- Only a visit that read the lists to their end, and found any report at all, says that something is not there.
CREATE MACRO is_whole_look(is_list_whole, found, outcome) AS
    is_list_whole AND found > 0 AND outcome IN ('ok', 'partial');

COMMENT ON MACRO credible_date IS 'credible_date(listed_on, report_year, first_seen_at): the date beside a link, null where it cannot be that of the report / 列表所载日期；不可能是该报告日期时为空';
COMMENT ON MACRO is_whole_look IS 'is_whole_look(is_list_whole, found, outcome): the visit read the whole list, so what it did not find was not there / 该次访问读完整列表，未见者即不在其中';

CREATE MACRO crawl_visit_as_of(at_moment, scopes := ['county']) AS TABLE
SELECT *
FROM crawl_visit
WHERE finished_at <= at_moment;

CREATE MACRO listed_report_as_of(at_moment, scopes := ['county']) AS TABLE
SELECT * EXCLUDE (known_from, known_to)
FROM listing_version
WHERE known_from <= at_moment AND (known_to IS NULL OR known_to > at_moment);

CREATE MACRO listed_file_as_of(at_moment, scopes := ['county']) AS TABLE
SELECT *
FROM listed_file
WHERE had_from IS NULL OR had_from <= at_moment;

CREATE TEMP VIEW listed_report AS
FROM listed_report_as_of(TIMESTAMP 'infinity');

COMMENT ON TABLE crawl_visit IS 'Visits of portals that came to an end / 已结束的网站访问';
COMMENT ON COLUMN crawl_visit.run_id IS 'The night, see the catalogue / 采集批次，见目录库';
COMMENT ON COLUMN crawl_visit.portal_key IS 'The portal, see the registry / 网站，见名录';
COMMENT ON COLUMN crawl_visit.outcome IS 'How it ended / 结果';
COMMENT ON COLUMN crawl_visit.started_at IS 'When it began (UTC) / 开始时间（UTC）';
COMMENT ON COLUMN crawl_visit.finished_at IS 'When it ended (UTC) / 结束时间（UTC）';
COMMENT ON COLUMN crawl_visit.found IS 'Reports listed / 列出的报告数';
COMMENT ON COLUMN crawl_visit.is_list_whole IS 'True where every list of the portal was read to its end / 各列表均已读完为真';
COMMENT ON TABLE listing_version IS 'Reports that lists of portals name, through time / 网站列表所载报告的历次所知';
COMMENT ON COLUMN listing_version.report_id IS 'The report, see the catalogue / 报告，见目录库';
COMMENT ON COLUMN listing_version.portal_key IS 'The portal that lists it / 列出它的网站';
COMMENT ON COLUMN listing_version.url IS 'Its address / 地址';
COMMENT ON COLUMN listing_version.year IS 'Report year by its title / 标题所示年度';
COMMENT ON COLUMN listing_version.county_code IS 'County by its title or portal / 标题或网站所示的县';
COMMENT ON COLUMN listing_version.listed_on IS 'Date printed beside the link / 链接旁所印日期';
COMMENT ON COLUMN listing_version.first_seen_at IS 'When it was first seen (UTC) / 首次见到的时间（UTC）';
COMMENT ON COLUMN listing_version.withdrawn_at IS 'When it was found withdrawn (UTC) / 发现撤下的时间（UTC）';
COMMENT ON COLUMN listing_version.outcome IS 'How the last request for it ended / 最近一次请求的结果';
COMMENT ON COLUMN listing_version.known_from IS 'Since when this was known (UTC) / 自何时起所知如此（UTC）';
COMMENT ON COLUMN listing_version.known_to IS 'Until before when it was; null while it still is / 至何时之前；仍然如此则为空';
COMMENT ON TABLE listed_file IS 'Contents of the files of listed reports / 列表所载报告之文件的内容';
COMMENT ON COLUMN listed_file.report_id IS 'The report, see listing_version / 报告，见 listing_version';
COMMENT ON COLUMN listed_file.document_sha256 IS 'SHA-256 of the file / 文件的 SHA-256';
COMMENT ON COLUMN listed_file.had_from IS 'When the report first gave this content (UTC) / 首次取得该内容的时间（UTC）';
COMMENT ON TABLE county_portal IS 'Portals that may tell of each county / 可能载有各县报告的网站';
COMMENT ON TABLE outcome_class IS 'What the ending of a request says of what it asked for / 请求结果的含义';
COMMENT ON COLUMN outcome_class.outcome IS 'Ending of a request / 请求结果';
COMMENT ON COLUMN outcome_class.class IS 'good, missing, blocked or open (not known) / good 取得、missing 没有、blocked 被拒、open 不明';
COMMENT ON TABLE place_in_year IS 'Which county a code read or stated stands for in a report year / 所读代码在报告年度所指的县';
COMMENT ON COLUMN place_in_year.read_code IS 'The code read or stated / 所读或所填代码';
COMMENT ON COLUMN place_in_year.year IS 'The report year / 报告年度';
COMMENT ON COLUMN place_in_year.county_code IS 'Code in force in that year / 当年有效代码';
COMMENT ON COLUMN place_in_year.county_key IS 'The county, see dim_county / 县，见 dim_county';
COMMENT ON COLUMN county_portal.county_key IS 'The county, see dim_county / 县，见 dim_county';
COMMENT ON COLUMN county_portal.portal_key IS 'The portal / 网站';
COMMENT ON COLUMN county_portal.is_own IS 'True for a portal of the county itself / 县本级网站为真';
COMMENT ON COLUMN county_portal.codes IS 'Codes its reports may be listed under / 其报告可能所用代码';
