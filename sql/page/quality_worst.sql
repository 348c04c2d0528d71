-- Counties whose own reports break hard rules in most years, and how many checks fail.
WITH failed AS (
    SELECT report_key, count(*) AS failed
    FROM fact_finding
    JOIN dim_check USING (check_key)
    JOIN dim_rule USING (rule_id)
    WHERE status = 'fail' AND severity = 'hard' AND blame = 'source'
    GROUP BY report_key
)
SELECT
    dim_county.code,
    dim_county.name,
    dim_county.prefecture,
    dim_county.province,
    count(*) AS reports,
    count(failed) AS reports_with,
    sum(failed)::INTEGER AS failed,
    list(dim_report.year ORDER BY dim_report.year) FILTER (WHERE failed IS NOT NULL) AS years
FROM dim_report
JOIN dim_county USING (county_key)
LEFT JOIN failed USING (report_key)
WHERE dim_report.is_county_year
GROUP BY ALL
HAVING count(failed) > 0
ORDER BY reports_with DESC, failed DESC, code
LIMIT 50;
