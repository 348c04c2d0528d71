-- The verdicts of rules across years and across reports, and whose fault it is that one fails (etl/check/wide.py).

CREATE TEMP TABLE wide_finding AS
WITH operand AS (
    SELECT figure.report_key, check_key, side, sign, value, figure.form = bridge_wide_term.form AS is_of_form
    FROM figure
    JOIN bridge_wide_term USING (measure_key)
    WHERE kind = 'sum' AND year_offset = 0
    UNION ALL
    SELECT bridge_prior_report.report_key, check_key, side, sign, value, NULL
    FROM figure
    JOIN bridge_prior_report ON prior_key = figure.report_key
    JOIN bridge_wide_term USING (measure_key)
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
    JOIN (SELECT DISTINCT check_key, scope, op, n_operands FROM bridge_wide_term) AS asked USING (check_key)
    LEFT JOIN bridge_prior_report USING (report_key)
    WHERE scope <> 'cross_year' OR prior_key IS NOT NULL
),
-- A query rule names only what breaks it (broken_query, put together from the rules).
verdict AS (
    SELECT report_key, check_key, left_value, right_value, status
    FROM judged
    UNION ALL
    SELECT report_key, check_key, left_value, right_value, 'fail'
    FROM broken_query
    JOIN figure USING (report_key, measure_key)
    JOIN bridge_wide_term USING (rule_id, measure_key, form)
),
-- Whose fault each failed check is: is each of its figures beyond doubt (etl/check/explain/blame.py)?
asked AS (
    SELECT report_key, check_key, report_key AS seen_in, measure_key, year_offset
    FROM verdict
    JOIN bridge_wide_term USING (check_key)
    WHERE status = 'fail' AND year_offset = 0
    UNION ALL
    SELECT report_key, check_key, prior_key, measure_key, year_offset
    FROM verdict
    JOIN bridge_wide_term USING (check_key)
    JOIN bridge_prior_report USING (report_key)
    WHERE status = 'fail' AND year_offset = -1
),
asked_cell AS (
    SELECT DISTINCT seen_in AS report_key, measure_key
    FROM asked
),
-- A figure that stands in a hard sum which holds, and is not 0, was read rightly. The sums within a report are the
-- same at all times, so what fact_finding says of them holds of every moment.
confirmed AS (
    SELECT DISTINCT asked_cell.report_key, asked_cell.measure_key
    FROM asked_cell
    JOIN bridge_check_term USING (measure_key)
    JOIN dim_check USING (check_key)
    JOIN dim_rule ON dim_rule.rule_id = dim_check.rule_id AND dim_rule.severity = 'hard' AND dim_rule.kind = 'equation'
    JOIN fact_finding AS sum
        ON sum.report_key = asked_cell.report_key
        AND sum.check_key = bridge_check_term.check_key
        AND sum.status IN ('pass', 'pass_blank_as_zero')
),
seen AS (
    SELECT report_key, measure_key, count(*) AS readers, count(DISTINCT (value, status)) AS values_seen
    FROM fact_opinion
    SEMI JOIN asked_cell USING (report_key, measure_key)
    GROUP BY ALL
),
graded AS (
    SELECT
        report_key,
        measure_key,
        page,
        readers > 1 AND values_seen > 1 AS differ,
        is_doubtful(confidence) AS is_doubtful,
        CASE
            WHEN corrected THEN 'corrected'
            WHEN is_doubtful(confidence) THEN NULL
            WHEN is_exact_reader(reader) THEN 'exact'
            WHEN readers > 1 AND values_seen = 1 THEN 'agree'
            WHEN confirmed.report_key IS NOT NULL AND value <> 0 AND coalesce(values_seen, 1) = 1 THEN 'confirmed'
        END AS established
    FROM asked_cell
    JOIN fact_observation USING (report_key, measure_key)
    LEFT JOIN seen USING (report_key, measure_key)
    LEFT JOIN confirmed USING (report_key, measure_key)
),
blamed AS (
    SELECT
        asked.report_key,
        asked.check_key,
        min(page) FILTER (WHERE year_offset = 0) AS page,
        CASE WHEN bool_and(established IS NOT NULL) THEN 'source' ELSE 'undecided' END AS blame,
        CASE
            WHEN NOT bool_and(established IS NOT NULL)
                THEN CASE
                    WHEN bool_or(differ AND established IS NULL) THEN 'differ'
                    WHEN bool_or(is_doubtful AND established IS NULL) THEN 'doubtful'
                    ELSE 'alone'
                END
            WHEN bool_or(established = 'confirmed') THEN 'confirmed'
            WHEN bool_or(established = 'agree') THEN 'agree'
            WHEN bool_or(established = 'corrected') THEN 'corrected'
            ELSE 'exact'
        END AS reason
    FROM asked
    JOIN graded ON graded.report_key = asked.seen_in AND graded.measure_key = asked.measure_key
    GROUP BY asked.report_key, asked.check_key
)
SELECT
    report_key,
    check_key,
    status,
    CAST(left_value AS DECIMAL(20, 6)) AS left_value,
    CAST(right_value AS DECIMAL(20, 6)) AS right_value,
    CAST(left_value - right_value AS DECIMAL(20, 6)) AS delta,
    blame,
    status AS printed_status,
    CAST(left_value AS DECIMAL(20, 6)) AS printed_left_value,
    CAST(right_value AS DECIMAL(20, 6)) AS printed_right_value,
    reason,
    page
FROM verdict
LEFT JOIN blamed USING (report_key, check_key);
