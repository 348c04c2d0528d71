-- Whose fault each failed check is. Equations and limits were judged one by one (fact_explanation); for signed sums
-- and queries the same question is put here: is each of their figures beyond doubt (etl/check/explain/blame.py)?
CREATE TEMP TABLE asked AS
SELECT report_key, check_key, report_key AS seen_in, measure_key, year_offset
FROM fact_finding
JOIN wide_term USING (check_key)
WHERE status = 'fail' AND year_offset = 0
UNION ALL
SELECT report_key, check_key, prior_key, measure_key, year_offset
FROM fact_finding
JOIN wide_term USING (check_key)
JOIN bridge_prior_report USING (report_key)
WHERE status = 'fail' AND year_offset = -1;

CREATE TEMP TABLE asked_cell AS
SELECT DISTINCT seen_in AS report_key, measure_key
FROM asked;

-- A figure that stands in a hard sum which holds, and is not 0, was read rightly.
CREATE TEMP TABLE confirmed AS
SELECT DISTINCT asked_cell.report_key, asked_cell.measure_key
FROM asked_cell
JOIN bridge_check_term USING (measure_key)
JOIN dim_check USING (check_key)
JOIN dim_rule ON dim_rule.rule_id = dim_check.rule_id AND dim_rule.severity = 'hard' AND dim_rule.kind = 'equation'
JOIN fact_finding
    ON fact_finding.report_key = asked_cell.report_key
    AND fact_finding.check_key = bridge_check_term.check_key
    AND fact_finding.status IN ('pass', 'pass_blank_as_zero');

CREATE TEMP TABLE wide_blame AS
WITH seen AS (
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
        round(confidence, 6) < getvariable('sure_from') AS is_doubtful,
        CASE
            WHEN corrected THEN 'corrected'
            WHEN round(confidence, 6) < getvariable('sure_from') THEN NULL
            WHEN reader IN (SELECT reader FROM input_exact_reader) THEN 'exact'
            WHEN readers > 1 AND values_seen = 1 THEN 'agree'
            WHEN confirmed.report_key IS NOT NULL AND value <> 0 AND coalesce(values_seen, 1) = 1 THEN 'confirmed'
        END AS established
    FROM asked_cell
    JOIN fact_observation USING (report_key, measure_key)
    LEFT JOIN seen USING (report_key, measure_key)
    LEFT JOIN confirmed USING (report_key, measure_key)
)
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
GROUP BY asked.report_key, asked.check_key;

UPDATE fact_finding
SET blame = judged.blame, reason = judged.reason, page = judged.page
FROM (
    SELECT report_key, check_key, blame, reason, NULL::SMALLINT AS page FROM fact_explanation
    UNION ALL
    SELECT report_key, check_key, blame, reason, page FROM wide_blame
) AS judged
WHERE fact_finding.report_key = judged.report_key AND fact_finding.check_key = judged.check_key
    AND fact_finding.status = 'fail';

DROP TABLE asked;
DROP TABLE asked_cell;
DROP TABLE confirmed;
DROP TABLE wide_blame;
