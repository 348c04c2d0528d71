-- A county's report and that of the year before, through changes of name, code and kind. Where it merged or split
-- in between, or took or gave a part, comparing them means nothing.
CREATE TABLE bridge_prior_report AS
WITH step AS (
    SELECT predecessor_key, successor_key, year, relation IN (SELECT relation FROM suspending_relation) AS suspends
    FROM bridge_succession
),
succeeded AS (
    SELECT county_key, year, county_key AS prior_county
    FROM dim_report
    WHERE is_county_year
    UNION
    SELECT successor_key, year, predecessor_key
    FROM step
),
followed AS (
    SELECT now.report_key, prior.report_key AS prior_key, now.year, now.county_key, prior.county_key AS prior_county
    FROM dim_report AS now
    JOIN succeeded ON succeeded.county_key = now.county_key AND succeeded.year = now.year
    JOIN dim_report AS prior ON prior.year = now.year - 1 AND prior.county_key = prior_county
    WHERE now.is_county_year AND prior.is_county_year
)
SELECT
    report_key,
    max(prior_key) AS prior_key,
    count(*) > 1 OR bool_or(coalesce(suspends, false)) AS suspended
FROM followed
LEFT JOIN step
    ON step.year = followed.year AND (predecessor_key = prior_county OR successor_key = followed.county_key)
GROUP BY report_key, followed.year;

CREATE TEMP VIEW year_pair AS
SELECT report_key, prior_key
FROM bridge_prior_report
WHERE NOT suspended;

COMMENT ON TABLE bridge_prior_report IS 'The report of the year before, of the same county through changes of name, code and kind / 同一县（含更名、改码、改制）上一年度的报告';
COMMENT ON COLUMN bridge_prior_report.report_key IS 'The report, see dim_report / 报告，见 dim_report';
COMMENT ON COLUMN bridge_prior_report.prior_key IS 'That of the year before / 上一年度的报告';
COMMENT ON COLUMN bridge_prior_report.suspended IS 'True where the county merged, split, took or gave a part in between: rules across years are not asked / 其间合并、拆分或划转则为真，不作跨年核对';
