-- Cells that another report of the county and year prints otherwise. The county's figures stay those of the report
-- that was chosen: which of the two is right, nobody but the publisher knows.
CREATE VIEW contradiction AS
SELECT
    taken_report.county_code,
    dim_county.name AS county_name,
    taken_report.year,
    dim_measure.form_table,
    dim_measure.form_row,
    dim_measure.form_column,
    taken.value,
    other.value AS other_value,
    taken_document.document_sha256,
    other_document.document_sha256 AS other_document_sha256
FROM county_year_part
JOIN dim_report AS taken_report ON taken_report.report_key = county_year_part.part_report_key
JOIN dim_report AS other_report
    ON other_report.county_key = taken_report.county_key
    AND other_report.year = taken_report.year
    AND other_report.scope = 'county'
    AND other_report.report_key <> taken_report.report_key
JOIN fact_observation AS taken ON taken.report_key = taken_report.report_key
JOIN fact_observation AS other
    ON other.report_key = other_report.report_key AND other.measure_key = taken.measure_key
JOIN dim_measure
    ON dim_measure.measure_key = taken.measure_key AND dim_measure.form_table = county_year_part.form_table
JOIN dim_county ON dim_county.county_key = taken_report.county_key
JOIN dim_document AS taken_document ON taken_document.document_key = taken_report.document_key
JOIN dim_document AS other_document ON other_document.document_key = other_report.document_key
WHERE taken.value <> other.value;

COMMENT ON VIEW contradiction IS 'Cells of county_year for which another report of the same county and year prints another number / 同县同年另一份报告所印数字不同的单元格';
COMMENT ON COLUMN contradiction.county_code IS 'Division code of the report year (GB/T 2260) / 报告年度的行政区划代码';
COMMENT ON COLUMN contradiction.county_name IS 'Name of the county in the report year / 报告年度的县名';
COMMENT ON COLUMN contradiction.year IS 'The year reported on / 报告所述年度';
COMMENT ON COLUMN contradiction.form_table IS 'Table: disclosure, requests or disputes / 表：disclosure、requests、disputes';
COMMENT ON COLUMN contradiction.form_row IS 'Row of the table, see dim_measure / 行，见 dim_measure';
COMMENT ON COLUMN contradiction.form_column IS 'Column of the table, see dim_measure / 列，见 dim_measure';
COMMENT ON COLUMN contradiction.value IS 'The number that is taken / 所取数值';
COMMENT ON COLUMN contradiction.other_value IS 'The number that the other report prints / 另一份报告所印数值';
COMMENT ON COLUMN contradiction.document_sha256 IS 'SHA-256 of the file that the number is taken from / 所取文件的 SHA-256';
COMMENT ON COLUMN contradiction.other_document_sha256 IS 'SHA-256 of the other file / 另一文件的 SHA-256';
