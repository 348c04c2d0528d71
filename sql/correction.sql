CREATE TABLE correction (
    ordinal INTEGER NOT NULL,
    county_code VARCHAR NOT NULL,
    year SMALLINT NOT NULL,
    form_table VARCHAR NOT NULL,
    form_row VARCHAR NOT NULL,
    form_column VARCHAR NOT NULL,
    cell VARCHAR NOT NULL,
    expected VARCHAR NOT NULL,
    found VARCHAR,
    corrected_value DECIMAL(18, 6),
    reason VARCHAR NOT NULL,
    evidence VARCHAR NOT NULL,
    reviewer VARCHAR NOT NULL,
    reviewed_on DATE NOT NULL,
    status VARCHAR NOT NULL,
    refusal VARCHAR,
    guard_holds BOOLEAN NOT NULL,
    document_sha256 VARCHAR,
    file VARCHAR NOT NULL,
    report_key INTEGER,
    measure_key SMALLINT
);

-- A correction is about the report that county_year takes the table from, or, where it takes none, about the fullest
-- one; about the one it names, if it names one. It is applied only where that report prints what its guard expects.
INSERT INTO correction
WITH target AS (
    SELECT
        input_correction.ordinal,
        coalesce(part_report_key, dim_report.report_key) AS report_key
    FROM input_correction
    JOIN dim_report USING (county_code, year)
    JOIN dim_document USING (document_key)
    LEFT JOIN county_year_part
        ON input_correction.document IS NULL
        AND county_year_part.report_key = dim_report.report_key
        AND county_year_part.form_table = input_correction.form_table
    WHERE cell_count > 0 AND (document IS NULL OR starts_with(document_sha256, document))
    QUALIFY row_number() OVER (
        PARTITION BY input_correction.ordinal ORDER BY is_county_year DESC, printed_count DESC, document_sha256
    ) = 1
),
compared AS (
    SELECT
        input_correction.*,
        target.report_key,
        dim_document.document_sha256,
        dim_measure.measure_key,
        fact_observation.status AS found_status,
        fact_observation.printed_value,
        CASE
            WHEN target.report_key IS NULL THEN 'no_report'
            WHEN fact_observation.report_key IS NULL THEN 'no_cell'
            WHEN fact_observation.status <> expected_status
                OR fact_observation.printed_value IS DISTINCT FROM expected_value THEN 'guard'
        END AS refusal
    FROM input_correction
    JOIN dim_measure USING (form_table, form_row, form_column)
    LEFT JOIN target ON target.ordinal = input_correction.ordinal
    LEFT JOIN dim_report ON dim_report.report_key = target.report_key
    LEFT JOIN dim_document ON dim_document.document_key = dim_report.document_key
    LEFT JOIN fact_observation
        ON fact_observation.report_key = target.report_key
        AND fact_observation.measure_key = dim_measure.measure_key
)
SELECT
    ordinal,
    county_code,
    year,
    form_table,
    form_row,
    form_column,
    form_table || '.' || form_row || '.' || form_column,
    coalesce(printf('%.15g', expected_value), expected_status),
    coalesce(printf('%.15g', printed_value), found_status),
    corrected_value,
    reason,
    evidence,
    reviewer,
    reviewed_on,
    CASE
        WHEN file_status <> 'accepted' THEN file_status
        WHEN refusal IS NULL THEN 'applied'
        ELSE 'refused'
    END,
    CASE WHEN file_status = 'accepted' THEN refusal END,
    refusal IS NULL,
    document_sha256,
    file,
    report_key,
    measure_key
FROM compared
ORDER BY ordinal;

-- The cells keep what they print: status, raw and printed_value stay.
UPDATE fact_observation
SET value = correction.corrected_value, corrected = true
FROM correction
WHERE correction.status = 'applied'
    AND fact_observation.report_key = correction.report_key
    AND fact_observation.measure_key = correction.measure_key;

COMMENT ON TABLE correction IS 'Reviewed corrections and what became of them in this build; the printed figures stay beside the corrected ones / 经审核的更正及其在本次构建中的结果；原印数字与更正数并存';
COMMENT ON COLUMN correction.ordinal IS 'Order of the files and entries, from 0 / 文件与条目次序，从0起';
COMMENT ON COLUMN correction.county_code IS 'Division code of the report year (GB/T 2260) / 报告年度的行政区划代码';
COMMENT ON COLUMN correction.year IS 'The year reported on / 报告所述年度';
COMMENT ON COLUMN correction.form_table IS 'Table of the cell / 单元格所在表';
COMMENT ON COLUMN correction.form_row IS 'Row of the cell / 单元格所在行';
COMMENT ON COLUMN correction.form_column IS 'Column of the cell / 单元格所在列';
COMMENT ON COLUMN correction.cell IS 'Address of the cell, table.row.column / 单元格地址（表.行.列）';
COMMENT ON COLUMN correction.expected IS 'The guard: the number the cell is expected to print, or blank, dash, unreadable / 保护值：该格应印的数，或 blank、dash、unreadable';
COMMENT ON COLUMN correction.found IS 'What the cell prints in this build, in the same words; null where there is no such cell / 本次构建中该格所印；无此格则为空';
COMMENT ON COLUMN correction.corrected_value IS 'The number that belongs there, money in 10,000 yuan; null for blank / 应有的数，金额以万元计；应为空白则为空';
COMMENT ON COLUMN correction.reason IS 'Why it is corrected / 更正理由';
COMMENT ON COLUMN correction.evidence IS 'What shows it / 依据';
COMMENT ON COLUMN correction.reviewer IS 'Who reviewed it / 审核人';
COMMENT ON COLUMN correction.reviewed_on IS 'When it was reviewed / 审核日期';
COMMENT ON COLUMN correction.status IS 'open (waits for review), applied, refused (accepted, but the guard does not hold) or withdrawn / open 待审、applied 已应用、refused 已批准而保护值不符、withdrawn 已撤回';
COMMENT ON COLUMN correction.refusal IS 'Of a refused one: no_report, no_cell or guard (the cell prints something else) / 被拒者：no_report 无此报告、no_cell 无此格、guard 所印已变';
COMMENT ON COLUMN correction.guard_holds IS 'Whether the cell prints what the guard expects, whatever the status / 不论状态，该格所印是否与保护值相符';
COMMENT ON COLUMN correction.document_sha256 IS 'SHA-256 of the report it is about; null where there is none / 所涉报告文件的 SHA-256；无则为空';
COMMENT ON COLUMN correction.file IS 'Name of the file it stands in / 所在文件名';
COMMENT ON COLUMN correction.report_key IS 'The report, see dim_report; null where there is none / 报告，见 dim_report；无则为空';
COMMENT ON COLUMN correction.measure_key IS 'What the figure is, see dim_measure / 指标，见 dim_measure';
