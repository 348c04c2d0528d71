-- What may be added up: no printed totals, and each table of a county and year from one report.
CREATE VIEW leaf AS
SELECT
    dim_report.county_code,
    dim_county.name AS county_name,
    dim_report.year,
    dim_measure.form_table,
    dim_measure.form_row,
    dim_measure.form_column,
    dim_measure.form_group,
    fact_observation.value,
    fact_observation.status,
    dim_measure.unit,
    dim_measure.measure_key,
    dim_report.report_key
FROM fact_observation
JOIN dim_report USING (report_key)
JOIN dim_measure USING (measure_key)
JOIN dim_county USING (county_key)
JOIN county_year_part
    ON county_year_part.part_report_key = fact_observation.report_key
    AND county_year_part.form_table = dim_measure.form_table
WHERE NOT dim_measure.is_total;

COMMENT ON VIEW leaf IS 'Figures that may be added up within a row or group: no totals, and each table of a county and year from one report. Count the stated values beside every sum, blank is not zero / 可在行内或行组内相加的数：不含合计，每县每年每表取自一份报告。求和时请一并统计有值格数，空白不等于零';
COMMENT ON COLUMN leaf.county_code IS 'Division code of the report year (GB/T 2260) / 报告年度的行政区划代码';
COMMENT ON COLUMN leaf.county_name IS 'Name of the county in the report year / 报告年度的县名';
COMMENT ON COLUMN leaf.year IS 'The year reported on / 报告所述年度';
COMMENT ON COLUMN leaf.form_table IS 'Table: disclosure (section two), requests (three), disputes (four) or stat (the list of 2014 to 2018) / 表：disclosure（第二部分）、requests（第三部分）、disputes（第四部分）、stat（2014至2018年统计表）';
COMMENT ON COLUMN leaf.form_row IS 'Row of the table, see dim_measure / 行，见 dim_measure';
COMMENT ON COLUMN leaf.form_column IS 'Column of the table, see dim_measure / 列，见 dim_measure';
COMMENT ON COLUMN leaf.form_group IS 'Innermost group of rows it stands under; null where there is none / 所属最内层行组；无则为空';
COMMENT ON COLUMN leaf.value IS 'The number, money in 10,000 yuan; null unless a number is printed / 数值，金额以万元计；未印数字则为空';
COMMENT ON COLUMN leaf.status IS 'printed (a number, zero included), blank, dash or unreadable / printed 印有数字（含零）、blank 空白、dash 斜线或横线等、unreadable 无法识读';
COMMENT ON COLUMN leaf.unit IS 'Unit of the value / 数值单位';
COMMENT ON COLUMN leaf.measure_key IS 'What the figure is, see dim_measure / 指标，见 dim_measure';
COMMENT ON COLUMN leaf.report_key IS 'The report, see dim_report / 报告，见 dim_report';
