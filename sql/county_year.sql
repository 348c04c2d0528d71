-- The usual figures of a county and year, from the one report chosen for it; a table that this lacks, from another.
--
-- A row of a table is worth its printed total, else the sum of its stated cells, else nothing (null).
-- A group of rows is worth the sum of its stated rows, else nothing. An empty cell is never a zero, so every
-- rate stands beside the number of stated cells it was made from.
CREATE VIEW county_year AS
WITH line AS (
    SELECT
        county_year_part.report_key,
        form_row,
        any_value(form_group) AS form_group,
        any_value(is_group_total) AS is_group_total,
        coalesce(max(value) FILTER (WHERE is_row_total), sum(value) FILTER (WHERE NOT is_row_total)) AS value,
        CASE
            WHEN count(value) FILTER (WHERE is_row_total) > 0 THEN 1
            ELSE count(value)
        END AS cells
    FROM fact_observation
    JOIN dim_measure USING (measure_key)
    JOIN county_year_part
        ON county_year_part.part_report_key = fact_observation.report_key
        AND county_year_part.form_table = dim_measure.form_table
    WHERE dim_measure.form_table IN ('requests', 'disputes')
    GROUP BY county_year_part.report_key, dim_measure.form_table, form_row
),
outcome AS (
    SELECT
        report_key,
        coalesce(
            max(value) FILTER (WHERE is_group_total),
            sum(value) FILTER (WHERE NOT is_group_total)
        ) AS concluded,
        CASE
            WHEN count(value) FILTER (WHERE is_group_total) > 0 THEN sum(cells) FILTER (WHERE is_group_total)
            ELSE sum(cells)
        END AS concluded_cells
    FROM line
    WHERE starts_with(form_row, 'outcome.')
    GROUP BY report_key
),
figure AS (
    SELECT
        report_key,
        max(value) FILTER (WHERE form_row = 'received.new') AS received,
        max(value) FILTER (WHERE form_row = 'received.carried_in') AS carried_in,
        max(value) FILTER (WHERE form_row = 'outcome.granted') AS granted,
        sum(cells) FILTER (WHERE form_row = 'outcome.granted') AS granted_cells,
        max(value) FILTER (WHERE form_row = 'outcome.partial') AS partial,
        sum(cells) FILTER (WHERE form_row = 'outcome.partial') AS partial_cells,
        sum(value) FILTER (WHERE form_group = 'outcome.refused') AS refused,
        sum(cells) FILTER (WHERE form_group = 'outcome.refused') AS refused_cells,
        sum(value) FILTER (WHERE form_group = 'outcome.unavailable') AS unavailable,
        sum(cells) FILTER (WHERE form_group = 'outcome.unavailable') AS unavailable_cells,
        sum(value) FILTER (WHERE form_group = 'outcome.not_processed') AS not_processed,
        sum(cells) FILTER (WHERE form_group = 'outcome.not_processed') AS not_processed_cells,
        sum(value) FILTER (WHERE form_row = 'outcome.other' OR form_group = 'outcome.other') AS other,
        sum(cells) FILTER (WHERE form_row = 'outcome.other' OR form_group = 'outcome.other') AS other_cells,
        max(value) FILTER (WHERE form_row = 'carried_out') AS carried_out,
        max(value) FILTER (WHERE form_row = 'review') AS reviews,
        sum(cells) FILTER (WHERE form_row = 'review') AS reviews_cells,
        sum(value) FILTER (WHERE form_row IN ('litigation_direct', 'litigation_after_review')) AS lawsuits
    FROM line
    GROUP BY report_key
),
corrected_review AS (
    SELECT county_year_part.report_key, max(value) AS corrected_reviews
    FROM fact_observation
    JOIN dim_measure USING (measure_key)
    JOIN county_year_part
        ON county_year_part.part_report_key = fact_observation.report_key
        AND county_year_part.form_table = dim_measure.form_table
    WHERE form_row = 'review' AND form_column = 'corrected'
    GROUP BY county_year_part.report_key
),
judged AS (
    -- A table that no report has is judged by the chosen report: its checks cannot be assessed.
    SELECT
        dim_report.report_key,
        tables.form_table,
        coalesce(part_report_key, dim_report.report_key) AS part_report_key
    FROM dim_report
    CROSS JOIN (SELECT DISTINCT form_table FROM dim_check) AS tables
    LEFT JOIN county_year_part
        ON county_year_part.report_key = dim_report.report_key
        AND county_year_part.form_table = tables.form_table
    WHERE dim_report.is_county_year
),
balance AS (
    SELECT
        judged.report_key,
        CASE
            WHEN bool_or(status = 'fail') THEN 'unbalanced'
            WHEN bool_or(status = 'not_assessable') THEN 'not_assessable'
            WHEN bool_or(status = 'pass_blank_as_zero') THEN 'balanced_blank_as_zero'
            WHEN bool_or(status = 'pass') THEN 'balanced'
            ELSE 'vacuous'
        END AS balance_status
    FROM fact_finding
    JOIN dim_check USING (check_key)
    JOIN dim_rule USING (rule_id)
    JOIN judged
        ON judged.part_report_key = fact_finding.report_key AND judged.form_table = dim_check.form_table
    WHERE dim_rule.severity = 'hard'
    GROUP BY judged.report_key
)
SELECT
    dim_report.county_code,
    dim_county.name AS county_name,
    dim_report.year,
    CAST(received AS DECIMAL(18, 6)) AS received,
    CAST(carried_in AS DECIMAL(18, 6)) AS carried_in,
    CAST(concluded AS DECIMAL(18, 6)) AS concluded,
    CAST(granted AS DECIMAL(18, 6)) AS granted,
    CAST(partial AS DECIMAL(18, 6)) AS partial,
    CAST(refused AS DECIMAL(18, 6)) AS refused,
    CAST(unavailable AS DECIMAL(18, 6)) AS unavailable,
    CAST(not_processed AS DECIMAL(18, 6)) AS not_processed,
    CAST(other AS DECIMAL(18, 6)) AS other,
    CAST(carried_out AS DECIMAL(18, 6)) AS carried_out,
    CAST(reviews AS DECIMAL(18, 6)) AS reviews,
    corrected_reviews,
    CAST(lawsuits AS DECIMAL(18, 6)) AS lawsuits,
    CAST(granted / nullif(concluded, 0) AS DOUBLE) AS granted_rate,
    CAST(granted_cells + concluded_cells AS INTEGER) AS granted_rate_cells,
    CAST(partial / nullif(concluded, 0) AS DOUBLE) AS partial_rate,
    CAST(partial_cells + concluded_cells AS INTEGER) AS partial_rate_cells,
    CAST(refused / nullif(concluded, 0) AS DOUBLE) AS refused_rate,
    CAST(refused_cells + concluded_cells AS INTEGER) AS refused_rate_cells,
    CAST(unavailable / nullif(concluded, 0) AS DOUBLE) AS unavailable_rate,
    CAST(unavailable_cells + concluded_cells AS INTEGER) AS unavailable_rate_cells,
    CAST(not_processed / nullif(concluded, 0) AS DOUBLE) AS not_processed_rate,
    CAST(not_processed_cells + concluded_cells AS INTEGER) AS not_processed_rate_cells,
    CAST(other / nullif(concluded, 0) AS DOUBLE) AS other_rate,
    CAST(other_cells + concluded_cells AS INTEGER) AS other_rate_cells,
    CAST(corrected_reviews / nullif(reviews, 0) AS DOUBLE) AS corrected_review_rate,
    CAST(reviews_cells + (corrected_reviews IS NOT NULL)::INTEGER AS INTEGER) AS corrected_review_rate_cells,
    coalesce(balance_status, 'not_assessable') AS balance_status
FROM dim_report
JOIN dim_county USING (county_key)
LEFT JOIN figure USING (report_key)
LEFT JOIN outcome USING (report_key)
LEFT JOIN corrected_review USING (report_key)
LEFT JOIN balance USING (report_key)
WHERE dim_report.is_county_year;

COMMENT ON VIEW county_year IS 'The usual figures of a county and year, from one report of the whole county, tables that it lacks from another. Null is not zero: nothing was stated / 每县每年的常用数，取自一份全县报告，所缺之表取自另一份。空值不是零：报告未载';
COMMENT ON COLUMN county_year.county_code IS 'Division code of the report year (GB/T 2260) / 报告年度的行政区划代码';
COMMENT ON COLUMN county_year.county_name IS 'Name of the county in the report year / 报告年度的县名';
COMMENT ON COLUMN county_year.year IS 'The year reported on / 报告所述年度';
COMMENT ON COLUMN county_year.received IS 'Requests newly received / 本年新收申请';
COMMENT ON COLUMN county_year.carried_in IS 'Requests carried over from last year / 上年结转';
COMMENT ON COLUMN county_year.concluded IS 'Requests concluded: the printed total, else the sum of the stated outcomes / 本年办结：取所印总计，未印则取所载结果之和';
COMMENT ON COLUMN county_year.granted IS 'Requests granted / 予以公开';
COMMENT ON COLUMN county_year.partial IS 'Requests granted in part / 部分公开';
COMMENT ON COLUMN county_year.refused IS 'Requests refused, sum of the stated grounds / 不予公开，所载各项之和';
COMMENT ON COLUMN county_year.unavailable IS 'Requests that could not be met, sum of the stated grounds / 无法提供，所载各项之和';
COMMENT ON COLUMN county_year.not_processed IS 'Requests not processed, sum of the stated grounds / 不予处理，所载各项之和';
COMMENT ON COLUMN county_year.other IS 'Requests handled otherwise: one row in form 2019, the sum of three in form 2021 / 其他处理：2019年格式为一行，2021年格式为三行之和';
COMMENT ON COLUMN county_year.carried_out IS 'Requests carried over to next year / 结转下年度继续办理';
COMMENT ON COLUMN county_year.reviews IS 'Administrative reconsiderations / 行政复议';
COMMENT ON COLUMN county_year.corrected_reviews IS 'Administrative reconsiderations that corrected the decision / 行政复议结果纠正';
COMMENT ON COLUMN county_year.lawsuits IS 'Lawsuits, brought directly or after reconsideration / 行政诉讼，含未经复议直接起诉与复议后起诉';
COMMENT ON COLUMN county_year.granted_rate IS 'granted / concluded; null where either is not stated or none was concluded / 予以公开占办结之比；任一未载或无办结则为空';
COMMENT ON COLUMN county_year.granted_rate_cells IS 'Stated cells behind granted_rate / 该比率所依据的有值格数';
COMMENT ON COLUMN county_year.partial_rate IS 'partial / concluded / 部分公开占办结之比';
COMMENT ON COLUMN county_year.partial_rate_cells IS 'Stated cells behind partial_rate / 该比率所依据的有值格数';
COMMENT ON COLUMN county_year.refused_rate IS 'refused / concluded / 不予公开占办结之比';
COMMENT ON COLUMN county_year.refused_rate_cells IS 'Stated cells behind refused_rate / 该比率所依据的有值格数';
COMMENT ON COLUMN county_year.unavailable_rate IS 'unavailable / concluded / 无法提供占办结之比';
COMMENT ON COLUMN county_year.unavailable_rate_cells IS 'Stated cells behind unavailable_rate / 该比率所依据的有值格数';
COMMENT ON COLUMN county_year.not_processed_rate IS 'not_processed / concluded / 不予处理占办结之比';
COMMENT ON COLUMN county_year.not_processed_rate_cells IS 'Stated cells behind not_processed_rate / 该比率所依据的有值格数';
COMMENT ON COLUMN county_year.other_rate IS 'other / concluded / 其他处理占办结之比';
COMMENT ON COLUMN county_year.other_rate_cells IS 'Stated cells behind other_rate / 该比率所依据的有值格数';
COMMENT ON COLUMN county_year.corrected_review_rate IS 'corrected_reviews / reviews, pending ones included / 行政复议纠正数占行政复议总数（含未审结）之比';
COMMENT ON COLUMN county_year.corrected_review_rate_cells IS 'Stated cells behind corrected_review_rate / 该比率所依据的有值格数';
COMMENT ON COLUMN county_year.balance_status IS 'By the hard rules of the form: balanced, balanced_blank_as_zero, unbalanced, vacuous (all zero or empty) or not_assessable / 按表内勾稽：balanced 相符、balanced_blank_as_zero 空白按零计相符、unbalanced 不符、vacuous 全零或全空、not_assessable 不能核对';
