CREATE TABLE fact_suspect (
    report_key INTEGER NOT NULL,
    part SMALLINT NOT NULL,
    rank SMALLINT NOT NULL,
    measure_key SMALLINT NOT NULL,
    needed DECIMAL(20, 6),
    needed_to DECIMAL(20, 6),
    slip VARCHAR
);

INSERT INTO fact_suspect
SELECT report_key, part, rank, measure_key, needed, needed_to, slip
FROM input_suspect
JOIN dim_measure USING (form_table, form_row, form_column)
ORDER BY report_key, part, rank, measure_key;

COMMENT ON TABLE fact_suspect IS 'The cells of each set of fact_suspicion, with the value each would need / fact_suspicion 各组所含单元格及其应有之数';
COMMENT ON COLUMN fact_suspect.report_key IS 'The report, see dim_report / 报告，见 dim_report';
COMMENT ON COLUMN fact_suspect.part IS 'The part, see fact_suspicion / 部分，见 fact_suspicion';
COMMENT ON COLUMN fact_suspect.rank IS 'The set, see fact_suspicion / 组，见 fact_suspicion';
COMMENT ON COLUMN fact_suspect.measure_key IS 'The cell, see dim_measure / 单元格，见 dim_measure';
COMMENT ON COLUMN fact_suspect.needed IS 'The value with which the rules hold, the least if there are several; null if no equation says / 使规则成立之数，有多个时为最小者；无等式可定则为空';
COMMENT ON COLUMN fact_suspect.needed_to IS 'The greatest such value, nearly always the same / 此类数的最大者，几乎总与前者相同';
COMMENT ON COLUMN fact_suspect.slip IS 'How the printed figure may come from the needed one: digit, transposed, dropped_zeros, added_zeros, dropped_digit, added_digit, left_empty, swapped (with a neighbour) or shifted (a row or column one cell off); null if no single slip explains it / 所印数与应有之数的差错类型：digit 一位有误、transposed 两位颠倒、dropped_zeros 漏零、added_zeros 多零、dropped_digit 漏位、added_digit 多位、left_empty 漏填、swapped 邻格互换、shifted 整行或整列错一格；非单一差错则为空';
