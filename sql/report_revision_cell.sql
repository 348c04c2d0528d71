-- Where two publications of a report differ, cell by cell, in the tables that both have.
CREATE TABLE report_revision_cell AS
WITH pair AS (
    SELECT DISTINCT
        report_revision.county_code,
        report_revision.county_name,
        report_revision.year,
        earlier_sha256,
        later_sha256,
        before.report_key AS earlier_report_key,
        after.report_key AS later_report_key
    FROM report_revision
    JOIN keyed_report AS before ON before.document_sha256 = earlier_sha256
    JOIN keyed_report AS after ON after.document_sha256 = later_sha256
    WHERE relation = 'changed'
),
shared AS (
    SELECT pair.*, before.form_table
    FROM pair
    JOIN report_count AS before ON before.report_key = earlier_report_key
    JOIN report_count AS after ON after.report_key = later_report_key AND after.form_table = before.form_table
),
side AS (
    SELECT *, unnest([earlier_report_key, later_report_key]) AS report_key
    FROM shared
),
printed AS (
    SELECT side.*, fact_observation.* EXCLUDE (report_key)
    FROM side
    JOIN fact_observation USING (report_key)
    JOIN dim_measure
        ON dim_measure.measure_key = fact_observation.measure_key AND dim_measure.form_table = side.form_table
)
SELECT
    county_code,
    county_name,
    year,
    earlier_sha256,
    later_sha256,
    dim_measure.form_table,
    dim_measure.form_row,
    dim_measure.form_column,
    any_value(printed_value) FILTER (WHERE report_key = earlier_report_key) AS earlier_value,
    any_value(printed_value) FILTER (WHERE report_key = later_report_key) AS later_value,
    any_value(status) FILTER (WHERE report_key = earlier_report_key) AS earlier_status,
    any_value(status) FILTER (WHERE report_key = later_report_key) AS later_status,
    any_value(raw) FILTER (WHERE report_key = earlier_report_key) AS earlier_raw,
    any_value(raw) FILTER (WHERE report_key = later_report_key) AS later_raw
FROM printed
JOIN dim_measure USING (measure_key)
GROUP BY county_code, county_name, year, earlier_sha256, later_sha256, measure_key, dim_measure.form_table,
    dim_measure.form_row, dim_measure.form_column
HAVING earlier_value IS DISTINCT FROM later_value
ORDER BY county_code, year, earlier_sha256, later_sha256, measure_key;

COMMENT ON TABLE report_revision_cell IS 'Cells in which two publications of a report print different numbers, see report_revision / 同一报告两次发布数值不同的单元格，见 report_revision';
COMMENT ON COLUMN report_revision_cell.county_code IS 'Division code of the report year (GB/T 2260) / 报告年度的行政区划代码';
COMMENT ON COLUMN report_revision_cell.county_name IS 'Name of the county in the report year / 报告年度的县名';
COMMENT ON COLUMN report_revision_cell.year IS 'The year reported on / 报告所述年度';
COMMENT ON COLUMN report_revision_cell.earlier_sha256 IS 'SHA-256 of the earlier file / 前者文件的 SHA-256';
COMMENT ON COLUMN report_revision_cell.later_sha256 IS 'SHA-256 of the later file / 后者文件的 SHA-256';
COMMENT ON COLUMN report_revision_cell.form_table IS 'Table, see dim_measure / 表，见 dim_measure';
COMMENT ON COLUMN report_revision_cell.form_row IS 'Row of the table, see dim_measure / 行，见 dim_measure';
COMMENT ON COLUMN report_revision_cell.form_column IS 'Column of the table, see dim_measure / 列，见 dim_measure';
COMMENT ON COLUMN report_revision_cell.earlier_value IS 'What the earlier prints; null unless a number / 前者所印数值；未印数字则为空';
COMMENT ON COLUMN report_revision_cell.later_value IS 'What the later prints; null unless a number / 后者所印数值；未印数字则为空';
COMMENT ON COLUMN report_revision_cell.earlier_status IS 'printed, blank, dash or unreadable; null where the earlier has no such cell / printed 印有数字、blank 空白、dash 横线、unreadable 无法识读；前者无此格则为空';
COMMENT ON COLUMN report_revision_cell.later_status IS 'printed, blank, dash or unreadable; null where the later has no such cell / printed 印有数字、blank 空白、dash 横线、unreadable 无法识读；后者无此格则为空';
COMMENT ON COLUMN report_revision_cell.earlier_raw IS 'Text of the earlier''s cell / 前者单元格原文';
COMMENT ON COLUMN report_revision_cell.later_raw IS 'Text of the later''s cell / 后者单元格原文';
