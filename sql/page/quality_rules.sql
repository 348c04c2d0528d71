-- How every rule fares: verdicts that could be given, failures, and whose fault these are.
SELECT
    rule_id,
    severity,
    scope,
    zh,
    en,
    coalesce(sum(verdicts) FILTER (WHERE status IN ('pass', 'pass_blank_as_zero', 'fail')), 0)::INTEGER AS judged,
    coalesce(sum(verdicts) FILTER (WHERE status = 'fail'), 0)::INTEGER AS failed,
    failed / nullif(judged, 0) AS share,
    coalesce(sum(verdicts) FILTER (WHERE status = 'fail' AND blame = 'source'), 0)::INTEGER AS of_source,
    coalesce(sum(verdicts) FILTER (WHERE status = 'fail' AND blame = 'extraction'), 0)::INTEGER AS of_extraction,
    coalesce(sum(verdicts) FILTER (WHERE status = 'fail' AND blame = 'undecided'), 0)::INTEGER AS undecided
FROM dim_rule
LEFT JOIN rule_year USING (rule_id)
WHERE severity <> 'meta'
GROUP BY rule_id, severity, scope, zh, en
ORDER BY CASE severity WHEN 'hard' THEN 1 WHEN 'near_hard' THEN 2 ELSE 3 END, failed DESC, rule_id;
