-- Where the mistakes of a report may be, cell by cell: analysts and the letter to the publisher read this.
CREATE VIEW finding_cell AS
SELECT
    dim_report.county_code,
    dim_county.name AS county_name,
    dim_report.year,
    fact_suspicion.part,
    fact_suspicion.rank,
    fact_suspicion.is_best,
    fact_suspicion.sets,
    fact_suspicion.is_complete,
    dim_measure.form_table,
    dim_measure.form_row,
    dim_measure.form_column,
    fact_observation.printed_value,
    fact_observation.status AS printed_status,
    fact_suspect.needed,
    fact_suspect.needed_to,
    fact_suspect.slip,
    fact_observation.page,
    fact_observation.reader,
    fact_observation.confidence,
    dim_report.report_key
FROM fact_suspicion
JOIN fact_suspect USING (report_key, part, rank)
JOIN dim_report USING (report_key)
JOIN dim_measure USING (measure_key)
LEFT JOIN fact_observation USING (report_key, measure_key)
LEFT JOIN dim_county USING (county_key);

COMMENT ON VIEW finding_cell IS 'Cells suspected where a report breaks hard rules: each set of cells (part, rank) would, changed to the needed values, make all of them hold; nothing is changed by it / 报告违反硬性规则时的可疑单元格：每组（part、rank）改为应有之数即可使规则全部成立；此处不作任何修改';
COMMENT ON COLUMN finding_cell.county_code IS 'Division code of the report year (GB/T 2260); null while undecided / 报告年度的行政区划代码；未定则为空';
COMMENT ON COLUMN finding_cell.county_name IS 'Name of the county in the report year / 报告年度的县名';
COMMENT ON COLUMN finding_cell.year IS 'The year reported on / 报告所述年度';
COMMENT ON COLUMN finding_cell.part IS 'Part of the report, see fact_suspicion / 报告的一部分，见 fact_suspicion';
COMMENT ON COLUMN finding_cell.rank IS 'Place of the set among those of the part, 1 the likeliest / 组在该部分中的次序，1为最可能';
COMMENT ON COLUMN finding_cell.is_best IS 'True if no set of the part takes fewer mistakes; where several do, the cell is not certain / 差错数最少者为真；多组并列则不能确定';
COMMENT ON COLUMN finding_cell.sets IS 'Number of sets of least weight in the part / 该部分最小权重组数';
COMMENT ON COLUMN finding_cell.is_complete IS 'False if there may be more sets / 若可能尚有其他组则为假';
COMMENT ON COLUMN finding_cell.form_table IS 'Table of the cell / 所在表';
COMMENT ON COLUMN finding_cell.form_row IS 'Row of the cell / 所在行';
COMMENT ON COLUMN finding_cell.form_column IS 'Column of the cell / 所在列';
COMMENT ON COLUMN finding_cell.printed_value IS 'The figure as printed; null if none is / 所印之数；未印则为空';
COMMENT ON COLUMN finding_cell.printed_status IS 'printed, blank, dash or unreadable / printed 有数、blank 空白、dash 横线、unreadable 无法识读';
COMMENT ON COLUMN finding_cell.needed IS 'The value with which the rules hold, the least if there are several; null if no equation says / 使规则成立之数，有多个时为最小者；无等式可定则为空';
COMMENT ON COLUMN finding_cell.needed_to IS 'The greatest such value / 此类数的最大者';
COMMENT ON COLUMN finding_cell.slip IS 'The slip that may lie between needed and printed, see fact_suspect; null if no single one / 应有之数与所印数之间可能的差错，见 fact_suspect；非单一差错则为空';
COMMENT ON COLUMN finding_cell.page IS 'Page of the document the cell is printed on / 所在页';
COMMENT ON COLUMN finding_cell.reader IS 'What read the cell / 识读器';
COMMENT ON COLUMN finding_cell.confidence IS 'How certain the reading is, 0 to 1 / 识读置信度，0至1';
COMMENT ON COLUMN finding_cell.report_key IS 'The report, see dim_report / 报告，见 dim_report';
