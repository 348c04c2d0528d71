CREATE TABLE fact_problem (
    report_key INTEGER NOT NULL,
    ordinal SMALLINT NOT NULL,
    code VARCHAR NOT NULL,
    message VARCHAR NOT NULL
);

-- Left out is what was settled meanwhile: whose report it is, and of which year, may have been stated by hand or
-- told by the list that led to it.
INSERT INTO fact_problem
SELECT report_key, ordinal, code, message
FROM segment_problem
JOIN keyed_report USING (document_sha256, segment)
WHERE NOT (code = 'county_undecided' AND county_code IS NOT NULL)
    AND NOT (code IN ('year_undecided', 'year_inferred') AND given_year IS NOT NULL)
ORDER BY report_key, ordinal;

COMMENT ON TABLE fact_problem IS 'What kept a file, or a part of it, from being read; what was settled meanwhile is left out / 文件或其一部分未能读取的原因；已解决者不列';
COMMENT ON COLUMN fact_problem.report_key IS 'The report, see dim_report / 报告，见 dim_report';
COMMENT ON COLUMN fact_problem.ordinal IS 'Order within the report, from 0 / 报告内次序，从0起';
COMMENT ON COLUMN fact_problem.code IS 'Kind of problem; the codes are documented / 问题类别，代码见文档';
COMMENT ON COLUMN fact_problem.message IS 'What happened, for people / 说明';
