-- Whose fault each failed equation and limit is: they were judged one by one. Those across reports bring it along
-- (sql/wide_finding.sql).
UPDATE fact_finding
SET blame = fact_explanation.blame, reason = fact_explanation.reason
FROM fact_explanation
WHERE fact_finding.report_key = fact_explanation.report_key AND fact_finding.check_key = fact_explanation.check_key
    AND fact_finding.status = 'fail';
