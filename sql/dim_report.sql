CREATE TABLE dim_report (
    report_key INTEGER PRIMARY KEY,
    document_key INTEGER NOT NULL,
    county_key INTEGER,
    county_code VARCHAR,
    year SMALLINT,
    publisher VARCHAR,
    scope VARCHAR,
    title VARCHAR,
    form VARCHAR,
    disclosure_form VARCHAR,
    requests_form VARCHAR,
    disputes_form VARCHAR,
    stat_form VARCHAR,
    cell_count INTEGER NOT NULL,
    printed_count INTEGER NOT NULL,
    problem_count INTEGER NOT NULL,
    is_county_year BOOLEAN NOT NULL
);

-- Of several reports of one county and year county_year takes one that is published now before one that was
-- replaced or withdrawn, then the one with the most printed cells, then the one with the lowest hash: a choice
-- that does not depend on the order of ingests.
INSERT INTO dim_report
WITH cells AS (
    SELECT report_key, count(*) AS cell_count, count(value) AS printed_count
    FROM fact_observation
    GROUP BY report_key
),
problems AS (
    SELECT report_key, count(*) AS problem_count
    FROM fact_problem
    GROUP BY report_key
),
chosen AS (
    SELECT report_key
    FROM keyed_report
    JOIN cells USING (report_key)
    WHERE scope = 'county' AND county_key IS NOT NULL
    QUALIFY row_number() OVER (
        PARTITION BY county_key, year
        ORDER BY is_latest DESC, printed_count DESC, document_sha256
    ) = 1
)
SELECT
    report_key, document_key, county_key, county_code, year, publisher, scope, title,
    form, disclosure_form, requests_form, disputes_form, stat_form,
    coalesce(cell_count, 0),
    coalesce(printed_count, 0),
    coalesce(problem_count, 0),
    chosen.report_key IS NOT NULL
FROM keyed_report
LEFT JOIN cells USING (report_key)
LEFT JOIN problems USING (report_key)
LEFT JOIN chosen USING (report_key)
ORDER BY report_key;

COMMENT ON TABLE dim_report IS 'Reports: one row a document, whose it is and on which forms it was printed / 报告：每份文件一行，说明属于谁、用何格式';
COMMENT ON COLUMN dim_report.report_key IS 'Key of the report, in order of county, year and hash / 报告的键，按县、年度、哈希排序';
COMMENT ON COLUMN dim_report.document_key IS 'The file, see dim_document / 文件，见 dim_document';
COMMENT ON COLUMN dim_report.county_key IS 'The county in force in the report year, see dim_county; null while undecided / 报告年度有效的县，见 dim_county；未定则为空';
COMMENT ON COLUMN dim_report.county_code IS 'Division code of the report year (GB/T 2260) / 报告年度的行政区划代码（GB/T 2260）';
COMMENT ON COLUMN dim_report.year IS 'The year reported on, not the year of publication / 报告所述年度，非发布年度';
COMMENT ON COLUMN dim_report.publisher IS 'The body that published it, as named in the document / 文件所载发布机关';
COMMENT ON COLUMN dim_report.scope IS 'Whose figures: county, office, department or township; null while undecided / 数据范围：county 全县、office 办公室、department 部门、township 乡镇；未定则为空';
COMMENT ON COLUMN dim_report.title IS 'Title as printed / 所印标题';
COMMENT ON COLUMN dim_report.form IS 'The form of the report: that of section two where it has one / 报告格式：有第二部分表者以其为准';
COMMENT ON COLUMN dim_report.disclosure_form IS 'Form that the table of section two is printed on / 第二部分表所用格式';
COMMENT ON COLUMN dim_report.requests_form IS 'Form that the table of section three is printed on / 第三部分表所用格式';
COMMENT ON COLUMN dim_report.disputes_form IS 'Form that the table of section four is printed on / 第四部分表所用格式';
COMMENT ON COLUMN dim_report.stat_form IS 'Form of the list of figures (2014 to 2018) / 统计表（2014至2018年）所用格式';
COMMENT ON COLUMN dim_report.cell_count IS 'Cells found, whatever they say / 找到的单元格数，不论内容';
COMMENT ON COLUMN dim_report.printed_count IS 'Cells that print a number, zero included / 印有数字（含零）的单元格数';
COMMENT ON COLUMN dim_report.problem_count IS 'Problems met when reading the file / 读取文件时遇到的问题数';
COMMENT ON COLUMN dim_report.is_county_year IS 'True for the one report that county_year takes for its county and year / county_year 采用的该县该年度报告为真';
