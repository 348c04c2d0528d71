CREATE TABLE county_year_part (
    report_key INTEGER NOT NULL,
    form_table VARCHAR NOT NULL,
    part_report_key INTEGER NOT NULL,
    PRIMARY KEY (report_key, form_table)
);

-- A report may be published as a file for each table. A table that the chosen report lacks is taken from another
-- of the county and year: one of the whole county, or a file of the chosen report's own page that names nobody.
-- What was replaced or withdrawn stands in for nothing that is published now.
-- Of several the one published now, with the most printed cells of the table, then with the lowest hash.
INSERT INTO county_year_part
WITH held AS (
    SELECT report_key, form_table, count(value) AS printed_count
    FROM fact_observation
    JOIN dim_measure USING (measure_key)
    GROUP BY report_key, form_table
),
chosen AS (
    SELECT report_key, county_key, year, report_url, is_latest
    FROM dim_report
    JOIN keyed_report USING (report_key, county_key, year)
    WHERE dim_report.is_county_year
),
candidate AS (
    SELECT
        chosen.report_key,
        held.form_table,
        held.report_key AS part_report_key,
        held.report_key = chosen.report_key AS is_own,
        keyed_report.is_latest,
        held.printed_count,
        keyed_report.document_sha256
    FROM chosen
    JOIN keyed_report USING (county_key, year)
    JOIN held ON held.report_key = keyed_report.report_key
    WHERE (keyed_report.is_latest OR NOT chosen.is_latest)
        AND (
            keyed_report.scope = 'county'
            OR (keyed_report.scope IS NULL AND keyed_report.report_url = chosen.report_url)
        )
)
SELECT report_key, form_table, part_report_key
FROM candidate
QUALIFY row_number() OVER (
    PARTITION BY report_key, form_table
    ORDER BY is_own DESC, is_latest DESC, printed_count DESC, document_sha256
) = 1
ORDER BY report_key, form_table;

COMMENT ON TABLE county_year_part IS 'From which report county_year and leaf take each table of a county and year: the chosen one, or another where that lacks the table / county_year 与 leaf 每县每年各表所取的报告：所选报告，缺该表时取自另一份';
COMMENT ON COLUMN county_year_part.report_key IS 'The report chosen for the county and year, see dim_report.is_county_year / 该县该年所选报告，见 dim_report.is_county_year';
COMMENT ON COLUMN county_year_part.form_table IS 'Table: disclosure, requests or disputes / 表：disclosure、requests、disputes';
COMMENT ON COLUMN county_year_part.part_report_key IS 'The report whose cells are taken for this table / 该表所取的报告';
