-- Year against year: of the verdicts that could be given on a rule, how many are failures.
SELECT
    rule_id,
    year,
    coalesce(sum(verdicts) FILTER (WHERE status IN ('pass', 'pass_blank_as_zero', 'fail')), 0)::INTEGER AS judged,
    coalesce(sum(verdicts) FILTER (WHERE status = 'fail'), 0)::INTEGER AS failed,
    failed / nullif(judged, 0) AS share
FROM rule_year
GROUP BY rule_id, year
ORDER BY rule_id, year;
