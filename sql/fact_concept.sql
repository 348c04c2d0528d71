CREATE TABLE fact_concept (
    report_key INTEGER NOT NULL,
    concept VARCHAR NOT NULL,
    form VARCHAR NOT NULL,
    value DECIMAL(18, 6),
    stated_parts SMALLINT NOT NULL,
    parts SMALLINT NOT NULL
);

-- An item is worth its row's printed total, else the sum of its stated cells; an empty cell is never a zero.
-- The form is that of the table the concept stands in: a hybrid has one concept on one form, one on another.
INSERT INTO fact_concept
WITH table_form AS (
    SELECT report_key, form_table, coalesce(table_form, form) AS form
    FROM dim_report,
    LATERAL (
        VALUES ('disclosure', disclosure_form), ('requests', requests_form), ('disputes', disputes_form),
            ('stat', stat_form)
    ) AS printed (form_table, table_form)
),
printed_on AS (
    -- A table that no report of the county and year has is taken for one of the chosen report.
    SELECT chosen.report_key, coalesce(part_report_key, chosen.report_key) AS part_report_key, table_form.*
        EXCLUDE (report_key)
    FROM (SELECT report_key FROM dim_report WHERE is_county_year) AS chosen
    CROSS JOIN (SELECT DISTINCT form_table FROM dim_measure) AS tables
    LEFT JOIN county_year_part
        ON county_year_part.report_key = chosen.report_key AND county_year_part.form_table = tables.form_table
    JOIN table_form
        ON table_form.report_key = coalesce(part_report_key, chosen.report_key)
        AND table_form.form_table = tables.form_table
),
item AS (
    SELECT
        printed_on.report_key,
        concept,
        form,
        item,
        coalesce(max(value) FILTER (WHERE is_row_total), sum(value) FILTER (WHERE NOT is_row_total)) AS value
    FROM printed_on
    JOIN bridge_concept USING (form_table, form)
    JOIN fact_observation
        ON fact_observation.report_key = part_report_key
        AND fact_observation.measure_key = bridge_concept.measure_key
    JOIN dim_measure ON dim_measure.measure_key = bridge_concept.measure_key
    GROUP BY printed_on.report_key, concept, form, item
),
figure AS (
    SELECT report_key, concept, sum(value) AS value, count(value) AS stated_parts
    FROM item
    GROUP BY report_key, concept
),
asked AS (
    SELECT concept, form, form_table, count(DISTINCT item) AS parts
    FROM bridge_concept
    GROUP BY concept, form, form_table
),
of_report AS (
    SELECT report_key, concept, form, parts
    FROM printed_on
    JOIN asked USING (form_table, form)
)
SELECT report_key, concept, form, CAST(value AS DECIMAL(18, 6)), coalesce(stated_parts, 0), parts
FROM of_report
LEFT JOIN figure USING (report_key, concept)
ORDER BY report_key, concept;

COMMENT ON TABLE fact_concept IS 'Concepts of the crosswalk in the one report chosen for each county and year, by the report''s own form / 各县各年所采用报告中的各概念，按报告自身格式';
COMMENT ON COLUMN fact_concept.report_key IS 'The report, see dim_report / 报告，见 dim_report';
COMMENT ON COLUMN fact_concept.concept IS 'What is counted, see dim_concept / 统计概念，见 dim_concept';
COMMENT ON COLUMN fact_concept.form IS 'The form that the table in question is printed on / 相应表所用格式';
COMMENT ON COLUMN fact_concept.value IS 'The figure; null where no part is stated / 数值；各组成项均未载则为空';
COMMENT ON COLUMN fact_concept.stated_parts IS 'How many of the parts are stated / 有值的组成项数';
COMMENT ON COLUMN fact_concept.parts IS 'Rows or cells the figure is made of / 构成此数的行或格数';
