CREATE TABLE dim_report (
    report_key INTEGER PRIMARY KEY,
    document_key INTEGER NOT NULL,
    county_key INTEGER,
    county_code VARCHAR,
    year SMALLINT,
    publisher VARCHAR,
    scope VARCHAR,
    scope_evidence STRUCT(source VARCHAR, scope VARCHAR, text VARCHAR)[],
    title VARCHAR,
    form VARCHAR,
    disclosure_form VARCHAR,
    requests_form VARCHAR,
    disputes_form VARCHAR,
    stat_form VARCHAR,
    cell_count INTEGER NOT NULL,
    printed_count INTEGER NOT NULL,
    problem_count INTEGER NOT NULL,
    magnitude VARCHAR,
    published_on DATE,
    candidates INTEGER,
    choice_rank INTEGER,
    choice_reason VARCHAR,
    is_county_year BOOLEAN NOT NULL
);

-- The reports of a county and year are ranked, and county_year takes the first if it is of the whole county and has
-- a cell. What speaks for a report, in this order: whose figures it has; that it is published now, neither replaced
-- nor withdrawn; that its figures are of the size to be expected; that more of its tables were read; that its list
-- gives it a later date; that more of its cells are printed; at last the lower hash, which says nothing but does not
-- depend on the order of ingests. The reason stored is the first of these in which the report differs from the one
-- chosen, of the first report that in which it differs from the second.
INSERT INTO dim_report
WITH cells AS (
    SELECT
        report_key,
        sum(cell_count) AS cell_count,
        sum(printed_count) AS printed_count,
        count(*) AS table_count,
        sum(volume) AS volume
    FROM report_count
    GROUP BY report_key
),
problems AS (
    SELECT report_key, count(*) AS problem_count
    FROM fact_problem
    GROUP BY report_key
),
dated AS (
    SELECT report_key, max(credible_date(listed_on, keyed_report.year, listed_report.first_seen_at)) AS published_on
    FROM keyed_report
    JOIN listed_file USING (document_sha256)
    JOIN listed_report USING (report_id)
    GROUP BY report_key
),
-- Reports of the whole county, in all years and in the same year, say what size of figures is to be expected.
usual AS (
    SELECT county_key, median(volume) AS usual_volume
    FROM keyed_report
    JOIN cells USING (report_key)
    WHERE scope = 'county' AND county_key IS NOT NULL
    GROUP BY county_key
    HAVING count(volume) >= 3
),
sibling AS (
    SELECT county_key, year, max(volume) AS most_volume
    FROM keyed_report
    JOIN cells USING (report_key)
    WHERE scope = 'county' AND county_key IS NOT NULL
    GROUP BY county_key, year
),
candidate AS (
    SELECT
        report_key,
        county_key,
        year,
        scope,
        is_latest,
        coalesce(cell_count, 0) AS cell_count,
        coalesce(printed_count, 0) AS printed_count,
        coalesce(table_count, 0) AS table_count,
        published_on,
        document_sha256,
        CASE
            WHEN volume IS NULL THEN NULL
            WHEN volume * 20 < usual_volume OR volume * 20 < most_volume THEN 'far_below'
            WHEN volume > usual_volume * 20 THEN 'far_above'
            WHEN usual_volume IS NOT NULL OR volume < most_volume THEN 'in_line'
        END AS magnitude,
        place AS scope_place,
        place IS NOT NULL AND coalesce(cell_count, 0) > 0 AS is_eligible
    FROM keyed_report
    LEFT JOIN cells USING (report_key)
    LEFT JOIN dated USING (report_key)
    LEFT JOIN usual USING (county_key)
    LEFT JOIN sibling USING (county_key, year)
    LEFT JOIN county_scope USING (scope)
    WHERE county_key IS NOT NULL
),
ranked AS (
    SELECT
        *,
        -- In the order of what speaks for a report; the lesser value is the better one.
        [
            coalesce(scope_place, 99),
            CAST(cell_count = 0 AS BIGINT),
            CAST(NOT is_latest AS BIGINT),
            CAST(magnitude IS NOT DISTINCT FROM 'far_below' AS BIGINT),
            -table_count,
            coalesce(-epoch(published_on), 0),
            -printed_count
        ] AS merits,
        row_number() OVER best AS choice_rank,
        count(*) OVER (PARTITION BY county_key, year) AS candidates
    FROM candidate
    WINDOW best AS (PARTITION BY county_key, year ORDER BY merits, document_sha256)
),
compared AS (
    SELECT
        *,
        CASE
            WHEN choice_rank = 1 THEN lead(merits) OVER ranks
            ELSE first_value(merits) OVER ranks
        END AS other_merits
    FROM ranked
    WINDOW ranks AS (PARTITION BY county_key, year ORDER BY choice_rank)
),
told AS (
    SELECT
        *,
        CASE
            WHEN choice_rank = 1 AND scope_place IS NULL THEN 'scope'
            WHEN choice_rank = 1 AND NOT is_eligible THEN 'no_cells'
            WHEN candidates = 1 THEN 'only_one'
            ELSE coalesce(
                ['scope', 'no_cells', 'published_now', 'magnitude', 'tables', 'date', 'printed'][
                    list_position(
                        list_transform(
                            list_zip(merits, other_merits), lambda pair: pair[1] <> pair[2]
                        ),
                        true
                    )
                ],
                'hash'
            )
        END AS choice_reason
    FROM compared
)
SELECT
    keyed_report.report_key, document_key, keyed_report.county_key, county_code, keyed_report.year, publisher,
    keyed_report.scope, scope_evidence, title, form, disclosure_form, requests_form, disputes_form, stat_form,
    coalesce(cells.cell_count, 0),
    coalesce(cells.printed_count, 0),
    coalesce(problem_count, 0),
    magnitude,
    dated.published_on,
    candidates,
    choice_rank,
    choice_reason,
    coalesce(choice_rank = 1 AND is_eligible, false)
FROM keyed_report
LEFT JOIN cells USING (report_key)
LEFT JOIN problems USING (report_key)
LEFT JOIN dated USING (report_key)
LEFT JOIN told USING (report_key)
ORDER BY keyed_report.report_key;

COMMENT ON TABLE dim_report IS 'Reports: one row a document, whose it is and on which forms it was printed / 报告：每份文件一行，说明属于谁、用何格式';
COMMENT ON COLUMN dim_report.report_key IS 'Key of the report, in order of county, year and hash / 报告的键，按县、年度、哈希排序';
COMMENT ON COLUMN dim_report.document_key IS 'The file, see dim_document / 文件，见 dim_document';
COMMENT ON COLUMN dim_report.county_key IS 'The county in force in the report year, see dim_county; null while undecided / 报告年度有效的县，见 dim_county；未定则为空';
COMMENT ON COLUMN dim_report.county_code IS 'Division code of the report year (GB/T 2260) / 报告年度的行政区划代码（GB/T 2260）';
COMMENT ON COLUMN dim_report.year IS 'The year reported on, not the year of publication / 报告所述年度，非发布年度';
COMMENT ON COLUMN dim_report.publisher IS 'The body that published it, as named in the document / 文件所载发布机关';
COMMENT ON COLUMN dim_report.scope IS 'Whose figures: county, office, department or township; null while undecided / 数据范围：county 全县、office 办公室、department 部门、township 乡镇；未定则为空';
COMMENT ON COLUMN dim_report.scope_evidence IS 'What the scope was told by: source (title, text or figures), the scope it speaks for, and what stands there; the title first / 判定范围的依据：source 来源（title 标题、text 正文、figures 数值）、scope 所指范围、text 原文；标题在先';
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
COMMENT ON COLUMN dim_report.magnitude IS 'Size of the figures beside those of the county''s reports of other years and of the same year: in_line, far_below (less than a twentieth) or far_above; null where there is nothing to compare / 数量级与该县其他年度及同年其他报告相比：in_line 相当、far_below 不足二十分之一、far_above 超过二十倍；无可比则为空';
COMMENT ON COLUMN dim_report.published_on IS 'Date that the list gives the report, where it can be true / 列表所示且可信的发布日期';
COMMENT ON COLUMN dim_report.candidates IS 'How many reports there are of the county and year; null while county or year is undecided / 该县该年度的报告份数；县或年度未定则为空';
COMMENT ON COLUMN dim_report.choice_rank IS 'Place among them, 1 is the best / 其中排名，1为最优';
COMMENT ON COLUMN dim_report.choice_reason IS 'Why it is first or was passed over: the first point in which it differs from the one chosen (of rank 1: from the next): only_one, scope (not of the whole county), no_cells, published_now, magnitude, tables, date, printed, hash (equal in all) / 居首或落选的理由，即与所选报告（首位则与次位）首个相异之处：only_one 仅此一份、scope 非全县数据、no_cells 无单元格、published_now 现时在发布、magnitude 数量级、tables 表数、date 日期、printed 印有数字的格数、hash 各项相同';
