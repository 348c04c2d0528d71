-- One row for every county in force and every year since 2008, in one state. What was found comes first, then what
-- a list named; where there is neither, a year that is not due yet says nothing, and silence is only believed of a
-- portal whose list was read whole after the day it was due.
CREATE TABLE fact_coverage (
    county_key INTEGER NOT NULL,
    year SMALLINT NOT NULL,
    state VARCHAR NOT NULL,
    due_on DATE NOT NULL,
    published_on DATE,
    days_late INTEGER,
    first_seen_at TIMESTAMP,
    withdrawn_at TIMESTAMP,
    document_key INTEGER,
    document_sha256 VARCHAR,
    fetched_at TIMESTAMP,
    url VARCHAR,
    evidence VARCHAR NOT NULL,
    portal_key VARCHAR,
    run_id INTEGER,
    looked_at TIMESTAMP,
    outcome VARCHAR
);

INSERT INTO fact_coverage
WITH due AS (
    SELECT
        county_key,
        CAST(unnest(range(greatest(valid_from, 2008), coalesce(valid_to, last_year + 1))) AS SMALLINT) AS year
    FROM dim_county, coverage_date
    WHERE is_county
),
known AS (
    SELECT
        due.county_key,
        due.year,
        deadline('county', due.year) AS due_on,
        found.state AS found_state,
        found.published_on,
        found.missed_at,
        found.first_seen_at,
        found.withdrawn_at,
        found.document_key,
        found.document_sha256,
        found.fetched_at,
        found.url AS found_url,
        found.portal_key AS found_portal,
        listed.url AS listed_url,
        listed.class AS listed_class,
        listed.outcome AS listed_outcome,
        listed.portal_key AS listed_portal,
        listed.first_seen_at AS listed_at,
        portal_look.* EXCLUDE (county_key),
        portal_look.county_key IS NOT NULL AS has_portal,
        as_of
    FROM due
    CROSS JOIN coverage_date
    LEFT JOIN report_found AS found ON found.county_key = due.county_key AND found.year = due.year
    LEFT JOIN report_listed AS listed ON listed.county_key = due.county_key AND listed.year = due.year
    LEFT JOIN portal_look ON portal_look.county_key = due.county_key
),
judged AS (
    SELECT
        *,
        CASE
            WHEN published_on IS NOT NULL THEN datediff('day', due_on, published_on)
            WHEN CAST(missed_at + INTERVAL 8 HOURS AS DATE) > due_on
                THEN datediff('day', due_on, CAST(missed_at + INTERVAL 8 HOURS AS DATE))
            WHEN CAST(first_seen_at + INTERVAL 8 HOURS AS DATE) <= due_on THEN 0
        END AS days,
        CASE
            WHEN found_state IS NOT NULL THEN 'document'
            WHEN listed_class IN ('missing', 'blocked') THEN 'listing'
            WHEN as_of <= due_on THEN 'calendar'
            WHEN listed_class IS NOT NULL THEN 'listing'
            WHEN NOT has_portal THEN 'registry'
            WHEN CAST(whole_at + INTERVAL 8 HOURS AS DATE) > due_on THEN 'whole_list'
            WHEN visited_at IS NOT NULL THEN 'visit'
            ELSE 'no_visit'
        END AS evidence
    FROM known
)
SELECT
    county_key,
    judged.year,
    CASE evidence
        WHEN 'document'
            THEN CASE WHEN found_state = 'published' AND days > 0 THEN 'published_late' ELSE found_state END
        WHEN 'listing' THEN CASE listed_class
            WHEN 'missing' THEN 'listed_without_file'
            WHEN 'blocked' THEN 'blocked'
            ELSE 'not_looked'
        END
        WHEN 'calendar' THEN 'not_yet_due'
        WHEN 'registry' THEN 'no_portal_known'
        WHEN 'whole_list' THEN 'not_found'
        WHEN 'visit' THEN CASE WHEN tells AND visit_outcome = 'blocked' THEN 'blocked' ELSE 'not_looked' END
        ELSE 'not_looked'
    END,
    due_on,
    published_on,
    CASE WHEN evidence = 'document' AND days IS NOT NULL THEN greatest(days, 0) END,
    coalesce(first_seen_at, CASE WHEN evidence = 'listing' THEN listed_at END),
    withdrawn_at,
    document_key,
    document_sha256,
    fetched_at,
    coalesce(found_url, CASE WHEN evidence = 'listing' THEN listed_url END),
    evidence,
    CASE evidence
        WHEN 'document' THEN found_portal
        WHEN 'listing' THEN listed_portal
        WHEN 'whole_list' THEN whole_portal
        WHEN 'visit' THEN visit_portal
        WHEN 'no_visit' THEN first_portal
    END AS portal,
    CASE evidence
        WHEN 'document' THEN seen.run_id
        WHEN 'listing' THEN seen.run_id
        WHEN 'whole_list' THEN whole_run
        WHEN 'visit' THEN visit_run
    END,
    CASE evidence WHEN 'whole_list' THEN whole_at WHEN 'visit' THEN visited_at END,
    CASE evidence WHEN 'listing' THEN listed_outcome WHEN 'visit' THEN visit_outcome END
FROM judged
-- The night in which it was first seen.
ASOF LEFT JOIN (SELECT run_id, portal_key AS seen_portal, started_at FROM crawl_visit) AS seen
    ON seen.seen_portal = CASE evidence WHEN 'document' THEN found_portal WHEN 'listing' THEN listed_portal END
    AND seen.started_at <= CASE evidence WHEN 'document' THEN first_seen_at ELSE listed_at END
ORDER BY county_key, judged.year;

COMMENT ON TABLE fact_coverage IS 'The coverage ledger: one row for every county in force and every year since 2008, in exactly one state; read it through the view coverage / 报告台账：2008年以来每年每个有效县级行政区一行，且只有一种状态；请用视图 coverage';
COMMENT ON COLUMN fact_coverage.county_key IS 'The county in force in the year, see dim_county / 该年度有效的县，见 dim_county';
COMMENT ON COLUMN fact_coverage.year IS 'The year to be reported on / 应报告的年度';
COMMENT ON COLUMN fact_coverage.state IS 'What is known of the report, see coverage / 状态，见 coverage';
COMMENT ON COLUMN fact_coverage.due_on IS 'The legal day of publication / 法定公布期限';
COMMENT ON COLUMN fact_coverage.published_on IS 'Date of publication that the list of reports gives; null while unknown / 列表所载发布日期；未知则为空';
COMMENT ON COLUMN fact_coverage.days_late IS 'Days from due_on to publication, at least, 0 where it was in time; null while unknown / 逾期天数（至少），按期为0；未知则为空';
COMMENT ON COLUMN fact_coverage.first_seen_at IS 'When it was first seen, UTC / 首次见到的时间（协调世界时）';
COMMENT ON COLUMN fact_coverage.withdrawn_at IS 'When it was found to be gone, UTC / 发现撤下的时间（协调世界时）';
COMMENT ON COLUMN fact_coverage.document_key IS 'The document that the state rests on, see dim_document / 所依据的文件，见 dim_document';
COMMENT ON COLUMN fact_coverage.document_sha256 IS 'SHA-256 of that document / 该文件的 SHA-256';
COMMENT ON COLUMN fact_coverage.fetched_at IS 'When it was fetched, UTC / 其获取时间（协调世界时）';
COMMENT ON COLUMN fact_coverage.url IS 'Where the document was fetched from, or where the list says it is / 文件获取地址，或列表所指地址';
COMMENT ON COLUMN fact_coverage.evidence IS 'What the state rests on: document, listing (a list names it), calendar, registry, whole_list (a look at the whole list), visit, no_visit / 依据：document 文件、listing 列表所列、calendar 期限未到、registry 网站名录、whole_list 读完整列表、visit 访问、no_visit 未曾访问';
COMMENT ON COLUMN fact_coverage.portal_key IS 'The portal, by the code it is registered under / 网站，以登记代码表示';
COMMENT ON COLUMN fact_coverage.run_id IS 'The night of the crawl that saw it, or that looked / 见到报告或进行查找的采集批次';
COMMENT ON COLUMN fact_coverage.looked_at IS 'When the portal was last looked at, where nothing was found, UTC / 未见报告时最近一次查看的时间（协调世界时）';
COMMENT ON COLUMN fact_coverage.outcome IS 'How that request or visit ended / 该次请求或访问的结果';
