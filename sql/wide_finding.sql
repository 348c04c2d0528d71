-- What wide rules need, and the verdicts of the signed sums among them (etl/check/wide.py; query rules follow there).
CREATE TEMP TABLE wide_term AS
SELECT input_wide_term.*, measure_key
FROM input_wide_term
JOIN dim_measure USING (form_table, form_row, form_column);

-- The stated figures that wide rules speak of. A blank states nothing.
CREATE TEMP TABLE figure AS
SELECT
    report_key,
    measure_key,
    form_table,
    form_row,
    form_column,
    coalesce(
        CASE form_table
            WHEN 'disclosure' THEN disclosure_form
            WHEN 'requests' THEN requests_form
            WHEN 'disputes' THEN disputes_form
        END,
        form
    ) AS form,
    value
FROM fact_observation
SEMI JOIN wide_term USING (measure_key)
JOIN dim_measure USING (measure_key)
JOIN dim_report USING (report_key)
WHERE value IS NOT NULL;

-- A county's report and that of the year before, through changes of name, code and kind. Where it merged or split
-- in between, or took or gave a part, comparing them means nothing.
CREATE TABLE bridge_prior_report AS
WITH step AS (
    SELECT predecessor_key, successor_key, year, relation IN (SELECT relation FROM input_suspending) AS suspends
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
GROUP BY report_key, followed.year
HAVING count(DISTINCT prior_key) >= 1;

CREATE OR REPLACE TEMP VIEW year_pair AS
SELECT report_key, prior_key
FROM bridge_prior_report
WHERE NOT suspended;

COMMENT ON TABLE bridge_prior_report IS 'The report of the year before, of the same county through changes of name, code and kind / 同一县（含更名、改码、改制）上一年度的报告';
COMMENT ON COLUMN bridge_prior_report.report_key IS 'The report, see dim_report / 报告，见 dim_report';
COMMENT ON COLUMN bridge_prior_report.prior_key IS 'That of the year before / 上一年度的报告';
COMMENT ON COLUMN bridge_prior_report.suspended IS 'True where the county merged, split, took or gave a part in between: rules across years are not asked / 其间合并、拆分或划转则为真，不作跨年核对';

INSERT INTO fact_finding
WITH operand AS (
    SELECT figure.report_key, check_key, side, sign, value, figure.form = wide_term.form AS is_of_form
    FROM figure
    JOIN wide_term USING (measure_key)
    WHERE kind = 'sum' AND year_offset = 0
    UNION ALL
    SELECT bridge_prior_report.report_key, check_key, side, sign, value, NULL
    FROM figure
    JOIN bridge_prior_report ON prior_key = figure.report_key
    JOIN wide_term USING (measure_key)
    WHERE kind = 'sum' AND year_offset = -1
),
summed AS (
    SELECT
        report_key,
        check_key,
        count(*) AS n_stated,
        count(*) FILTER (WHERE value <> 0) AS n_nonzero,
        coalesce(sum(sign * value) FILTER (WHERE side = 'left'), 0) AS left_value,
        coalesce(sum(sign * value) FILTER (WHERE side = 'right'), 0) AS right_value
    FROM operand
    GROUP BY report_key, check_key
    HAVING bool_and(is_of_form)
),
judged AS (
    SELECT
        report_key,
        check_key,
        left_value,
        right_value,
        CASE
            WHEN scope = 'cross_year' AND suspended THEN 'suspended'
            WHEN n_stated < n_operands THEN 'not_assessable'
            WHEN n_nonzero = 0 THEN 'vacuous'
            WHEN CASE op
                WHEN 'ge' THEN left_value >= right_value
                WHEN 'le' THEN left_value <= right_value
                ELSE left_value = right_value
            END THEN 'pass'
            ELSE 'fail'
        END AS status
    FROM summed
    JOIN (SELECT DISTINCT check_key, scope, op, n_operands FROM wide_term) AS asked USING (check_key)
    LEFT JOIN bridge_prior_report USING (report_key)
    WHERE scope <> 'cross_year' OR prior_key IS NOT NULL
)
SELECT report_key, check_key, status, left_value, right_value, left_value - right_value, NULL, status, left_value, right_value, NULL, NULL
FROM judged
ORDER BY report_key, check_key;
