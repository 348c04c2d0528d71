-- Reports by year, how many break a hard rule, and failed checks by severity and blame.
WITH report AS (
    SELECT
        year,
        count(*) AS reports,
        count(*) FILTER (WHERE balance_status = 'unbalanced') AS unbalanced
    FROM county_year
    GROUP BY year
),
failed AS (
    SELECT
        year,
        sum(verdicts) FILTER (WHERE severity = 'hard')::INTEGER AS hard,
        sum(verdicts) FILTER (WHERE severity = 'near_hard')::INTEGER AS near_hard,
        sum(verdicts) FILTER (WHERE severity = 'soft')::INTEGER AS soft,
        sum(verdicts) FILTER (WHERE blame = 'source')::INTEGER AS of_source,
        sum(verdicts) FILTER (WHERE blame = 'extraction')::INTEGER AS of_extraction,
        sum(verdicts) FILTER (WHERE blame = 'undecided')::INTEGER AS undecided
    FROM rule_year
    JOIN dim_rule USING (rule_id)
    WHERE status = 'fail'
    GROUP BY year
)
SELECT
    year,
    reports,
    unbalanced,
    unbalanced / reports AS unbalanced_share,
    coalesce(hard, 0) AS hard,
    coalesce(near_hard, 0) AS near_hard,
    coalesce(soft, 0) AS soft,
    coalesce(of_source, 0) AS of_source,
    coalesce(of_extraction, 0) AS of_extraction,
    coalesce(undecided, 0) AS undecided
FROM report
LEFT JOIN failed USING (year)
ORDER BY year;
