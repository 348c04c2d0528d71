-- What each cell of a failed check says, corrections applied: what a reviewer judged, and whether it is still so.
CREATE VIEW finding_value AS
WITH cell AS (
    SELECT
        report_key,
        rule_id,
        line,
        unnest(cells) AS cell,
        generate_subscripts(cells, 1) AS place
    FROM report_finding
    WHERE status = 'fail'
)
SELECT
    cell.report_key,
    cell.rule_id,
    cell.line,
    cell.cell,
    cell.place,
    CASE
        WHEN fact_observation.report_key IS NULL THEN 'missing'
        WHEN value IS NOT NULL THEN printf('%.15g', value)
        WHEN corrected THEN 'blank'
        ELSE fact_observation.status
    END AS says
FROM cell
LEFT JOIN bridge_prior_report
    ON bridge_prior_report.report_key = cell.report_key AND ends_with(cell.cell, '@-1')
LEFT JOIN dim_measure
    ON form_table || '.' || form_row || '.' || form_column = replace(cell.cell, '@-1', '')
LEFT JOIN fact_observation
    ON fact_observation.report_key
        = CASE WHEN ends_with(cell.cell, '@-1') THEN prior_key ELSE cell.report_key END
    AND fact_observation.measure_key = dim_measure.measure_key;

COMMENT ON VIEW finding_value IS 'Failed checks cell by cell: what each of their cells says, reviewed corrections applied / 不符核对项逐格所载（已含审核更正）';
COMMENT ON COLUMN finding_value.report_key IS 'The report, see dim_report / 报告，见 dim_report';
COMMENT ON COLUMN finding_value.rule_id IS 'The balance rule, see dim_rule / 勾稽规则，见 dim_rule';
COMMENT ON COLUMN finding_value.line IS 'The row, column or cell that is checked; of a statement of the running text its words / 所核对的行、列或单元格；正文陈述则为其文字';
COMMENT ON COLUMN finding_value.cell IS 'Address of the cell (table.row.column); those of the report of the year before end in @-1 / 单元格地址（表.行.列）；上年报告的以 @-1 结尾';
COMMENT ON COLUMN finding_value.place IS 'Its place among the cells of the check, from 1 / 在该核对项各格中的次序，从1起';
COMMENT ON COLUMN finding_value.says IS 'The number (money in 10,000 yuan), or blank, dash, unreadable, missing / 数值（金额以万元计），或 blank 空白、dash 横线、unreadable 无法识读、missing 缺格';
