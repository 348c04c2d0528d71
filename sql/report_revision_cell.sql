-- Where two publications of a report differ, cell by cell, in the tables that both have.
CREATE TABLE report_revision_cell AS
WITH printed AS (
    SELECT DISTINCT
        county_code,
        county_key,
        year,
        earlier_sha256,
        later_sha256,
        unnest([earlier_report_key, later_report_key]) AS report_key,
        unnest([true, false]) AS is_earlier,
        shared_tables
    FROM report_pair
    WHERE earlier_sha256 <> later_sha256 AND len(shared_tables) > 0
),
cell AS (
    SELECT
        county_code,
        county_key,
        year,
        earlier_sha256,
        later_sha256,
        measure_key,
        form_table,
        form_row,
        form_column,
        any_value(printed_value) FILTER (WHERE is_earlier) AS earlier_value,
        any_value(printed_value) FILTER (WHERE NOT is_earlier) AS later_value,
        any_value(status) FILTER (WHERE is_earlier) AS earlier_status,
        any_value(status) FILTER (WHERE NOT is_earlier) AS later_status,
        any_value(raw) FILTER (WHERE is_earlier) AS earlier_raw,
        any_value(raw) FILTER (WHERE NOT is_earlier) AS later_raw
    FROM printed
    JOIN fact_observation USING (report_key)
    JOIN dim_measure USING (measure_key)
    WHERE list_contains(shared_tables, form_table)
    GROUP BY county_code, county_key, year, earlier_sha256, later_sha256, measure_key, form_table, form_row, form_column
)
SELECT
    county_code,
    dim_county.name AS county_name,
    cell.year,
    cell.* EXCLUDE (county_code, county_key, year, measure_key)
FROM cell
JOIN dim_county USING (county_key)
WHERE earlier_value IS DISTINCT FROM later_value
ORDER BY county_code, cell.year, earlier_sha256, later_sha256, measure_key;

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
