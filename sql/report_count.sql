-- What each report holds of each table.
CREATE TABLE report_count (
    report_key INTEGER NOT NULL,
    form_table VARCHAR NOT NULL,
    cell_count INTEGER NOT NULL,
    printed_count INTEGER NOT NULL,
    volume DECIMAL(38, 6),
    PRIMARY KEY (report_key, form_table)
);

INSERT INTO report_count
SELECT
    report_key,
    form_table,
    count(*),
    count(value),
    -- Decisions on licences, penalties and coercion, and requests received: figures that all forms have and that
    -- are large for a whole county, small for an office.
    sum(value) FILTER (
        WHERE (form_row IN ('licensing', 'penalties', 'coercion') AND form_column = 'decisions')
            OR (form_row = 'received.new' AND form_column = 'total')
    )
FROM fact_observation
JOIN dim_measure USING (measure_key)
GROUP BY report_key, form_table
ORDER BY report_key, form_table;

COMMENT ON TABLE report_count IS 'What each report holds of each table / 每份报告各表的格数与数量级';
COMMENT ON COLUMN report_count.report_key IS 'Key of the report in this file / 报告在本库中的键';
COMMENT ON COLUMN report_count.form_table IS 'Table: disclosure (section two), requests (three) or disputes (four) / 表：disclosure（第二部分）、requests（第三部分）、disputes（第四部分）';
COMMENT ON COLUMN report_count.cell_count IS 'Cells found / 识得格数';
COMMENT ON COLUMN report_count.printed_count IS 'Cells with a number / 印有数字的格数';
COMMENT ON COLUMN report_count.volume IS 'Decisions on licences, penalties and coercion, and requests received: the size of what is reported on; null where none is printed / 许可、处罚、强制处理决定数与新收申请数之和，示所报范围之大小；均未印则为空';
