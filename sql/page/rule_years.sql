-- One rule through the years: verdicts by status and blame.
SELECT
    year,
    coalesce(sum(verdicts) FILTER (WHERE status = 'pass'), 0)::INTEGER AS passed,
    coalesce(sum(verdicts) FILTER (WHERE status = 'pass_blank_as_zero'), 0)::INTEGER AS passed_blank_as_zero,
    coalesce(sum(verdicts) FILTER (WHERE status = 'fail'), 0)::INTEGER AS failed,
    coalesce(sum(verdicts) FILTER (WHERE status = 'vacuous'), 0)::INTEGER AS vacuous,
    coalesce(sum(verdicts) FILTER (WHERE status IN ('not_assessable', 'suspended')), 0)::INTEGER AS not_assessable,
    failed / nullif(passed + passed_blank_as_zero + failed, 0) AS share,
    coalesce(sum(verdicts) FILTER (WHERE status = 'fail' AND blame = 'source'), 0)::INTEGER AS of_source,
    coalesce(sum(verdicts) FILTER (WHERE status = 'fail' AND blame = 'extraction'), 0)::INTEGER AS of_extraction,
    coalesce(sum(verdicts) FILTER (WHERE status = 'fail' AND blame = 'undecided'), 0)::INTEGER AS undecided
FROM rule_year
WHERE rule_id = $rule
GROUP BY year
ORDER BY year;
