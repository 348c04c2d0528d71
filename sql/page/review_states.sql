-- What became of the verdicts that the last build read.
SELECT review.county_code, review.year, rule_id, line, verdict, status, document_sha256
FROM review
LEFT JOIN dim_report USING (report_key)
LEFT JOIN dim_document USING (document_key)
ORDER BY ordinal;
