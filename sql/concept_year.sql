-- Every concept of the crosswalk for every county and year, from the one report chosen for it.
--
-- value is there only where the report's form means by the concept the same as, or nearly what, the newest form does:
-- adding it up over years never mixes what is not comparable. What the report's own form prints is own_value.
CREATE VIEW concept_year AS
SELECT
    dim_report.county_code,
    dim_county.name AS county_name,
    dim_report.year,
    dim_concept.concept,
    dim_concept.label_zh,
    dim_concept.label_en,
    dim_concept.unit,
    coalesce(fact_concept.form, dim_report.form) AS form,
    CASE WHEN comparability.label IN ('exact', 'approximate') THEN fact_concept.value END AS value,
    comparability.label AS comparability,
    comparability.reason_zh,
    comparability.reason_en,
    dim_concept.reference_form,
    fact_concept.value AS own_value,
    coalesce(fact_concept.stated_parts, 0) AS stated_parts,
    coalesce(fact_concept.parts, 0) AS parts
FROM dim_report
JOIN dim_county USING (county_key)
CROSS JOIN dim_concept
LEFT JOIN fact_concept
    ON fact_concept.report_key = dim_report.report_key AND fact_concept.concept = dim_concept.concept
JOIN comparability
    ON comparability.concept = dim_concept.concept
    AND comparability.form = coalesce(fact_concept.form, dim_report.form)
    AND comparability.other_form = dim_concept.reference_form
WHERE dim_report.is_county_year;

COMMENT ON VIEW concept_year IS 'Figures across forms: a row for every county, year and concept of the crosswalk; value is null where the form of the report means something else by it / 跨格式可比数：每县每年每一概念一行；报告所用格式含义不同则 value 为空';
COMMENT ON COLUMN concept_year.county_code IS 'Division code of the report year (GB/T 2260) / 报告年度的行政区划代码';
COMMENT ON COLUMN concept_year.county_name IS 'Name of the county in the report year / 报告年度的县名';
COMMENT ON COLUMN concept_year.year IS 'The year reported on / 报告所述年度';
COMMENT ON COLUMN concept_year.concept IS 'What is counted, see dim_concept / 统计概念，见 dim_concept';
COMMENT ON COLUMN concept_year.label_zh IS 'The concept in Chinese / 概念中文名';
COMMENT ON COLUMN concept_year.label_en IS 'The concept in English / 概念英文名';
COMMENT ON COLUMN concept_year.unit IS 'Unit; money is in 10,000 yuan / 单位；金额以万元计';
COMMENT ON COLUMN concept_year.form IS 'The form that the table in question is printed on / 相应表所用格式';
COMMENT ON COLUMN concept_year.value IS 'The figure where it is comparable with the newest form (exact or approximate); null where it is not, or where nothing is stated / 与最新格式可比（exact、approximate）时的数；不可比或未载则为空';
COMMENT ON COLUMN concept_year.comparability IS 'exact, approximate, weak or none, against reference_form / 与 reference_form 相比：exact 相同、approximate 相近、weak 勉强、none 不可比';
COMMENT ON COLUMN concept_year.reason_zh IS 'Why, in Chinese / 理由（中文）';
COMMENT ON COLUMN concept_year.reason_en IS 'Why, in English / 理由（英文）';
COMMENT ON COLUMN concept_year.reference_form IS 'The newest form that has the concept / 含有该概念的最新格式';
COMMENT ON COLUMN concept_year.own_value IS 'The figure by the report''s own form, comparable or not: never add it up over forms / 按报告自身格式的数，不论可比与否：不可跨格式相加';
COMMENT ON COLUMN concept_year.stated_parts IS 'How many of the parts are stated / 有值的组成项数';
COMMENT ON COLUMN concept_year.parts IS 'Rows or cells of its form that the figure is made of; 0 where the form does not have it / 该格式中构成此数的行或格数；格式无此项则为0';
