-- Every document that was read, through time: what was known of it from one moment to the next. A row a document and
-- version; keyed_report is those that hold now.
CREATE TABLE document_version AS
SELECT
    document_sha256,
    input_version.known_from,
    input_version.known_to,
    -- What is no report now (a page whose attachment came later) has a key of its own, which no fact has.
    coalesce(
        keyed_report.report_key,
        CAST(-dense_rank() OVER (ORDER BY document_sha256) AS INTEGER)
    ) AS report_key,
    keyed_report.document_key,
    place_in_year.county_key,
    coalesce(place_in_year.county_code, input_version.county_code) AS county_code,
    input_version.* EXCLUDE (document_sha256, segment, known_from, known_to, county_code)
FROM input_version
LEFT JOIN keyed_report USING (document_sha256)
LEFT JOIN place_in_year
    ON place_in_year.read_code = input_version.county_code AND place_in_year.year = input_version.year
ORDER BY document_sha256, known_from;

-- The reports as they were known at a moment: what keyed_report would have been then.
CREATE MACRO keyed_report_as_of(at_moment, scopes := ['county']) AS TABLE
WITH known AS (
    SELECT *
    FROM document_version
    WHERE known_from <= at_moment AND (known_to IS NULL OR known_to > at_moment)
)
SELECT * EXCLUDE (known_from, known_to, role, has_cells)
FROM known
WHERE has_cells OR role IS DISTINCT FROM 'page'
    OR report_url NOT IN (SELECT report_url FROM known WHERE has_cells AND report_url IS NOT NULL);

CREATE MACRO known_document_as_of(at_moment, scopes := ['county']) AS TABLE
SELECT *
FROM document_version
WHERE known_from <= at_moment AND (known_to IS NULL OR known_to > at_moment);

-- Whose reports stand for a county: its own, unless others are asked for, the
-- first of them before the next.
CREATE MACRO county_scope_as_of(at_moment, scopes := ['county']) AS TABLE
SELECT unnest(scopes) AS scope, generate_subscripts(scopes, 1) AS place;

CREATE TEMP VIEW county_scope AS
FROM county_scope_as_of(NULL);

COMMENT ON TABLE document_version IS 'Every document that was read, through time: what was known of it from a moment until before another / 已识读文件的历次所知：自某时起至某时前';
COMMENT ON COLUMN document_version.document_sha256 IS 'SHA-256 of the file; names it in the archive / 文件的 SHA-256，即其在存档中的名字';
COMMENT ON COLUMN document_version.known_from IS 'Since when this was known (UTC) / 自何时起所知如此（UTC）';
COMMENT ON COLUMN document_version.known_to IS 'Until before when it was; null while it still is / 至何时之前；仍然如此则为空';
COMMENT ON COLUMN document_version.report_key IS 'Key of its report in this file; below zero where it is none now / 其报告在本库中的键；现不作为报告则小于零';
COMMENT ON COLUMN document_version.document_key IS 'Key of the document in this file; null where it is no report now / 文件在本库中的键；现不作为报告则为空';
COMMENT ON COLUMN document_version.county_key IS 'The county in the report year, see dim_county; null while undecided / 报告年度的县，见 dim_county；未定则为空';
COMMENT ON COLUMN document_version.county_code IS 'Division code of the report year / 报告年度的行政区划代码';
COMMENT ON COLUMN document_version.file_name IS 'Name of the file / 文件名';
COMMENT ON COLUMN document_version.url IS 'Where the file was fetched from / 文件获取地址';
COMMENT ON COLUMN document_version.format IS 'Format of the file / 文件格式';
COMMENT ON COLUMN document_version.fetched_at IS 'When it was fetched (UTC) / 获取时间（UTC）';
COMMENT ON COLUMN document_version.report_url IS 'Address of the report that a list named and the file belongs to; null where it was taken in by hand / 列表所载报告的地址；人工入库则为空';
COMMENT ON COLUMN document_version.role IS 'page, attachment or frame of that report / 在该报告中的作用：page 网页、attachment 附件、frame 内嵌页';
COMMENT ON COLUMN document_version.is_latest IS 'True where it was published then: neither replaced at its address nor withdrawn / 当时仍在发布（未被替换或撤下）为真';
COMMENT ON COLUMN document_version.withdrawn_at IS 'When its report was found withdrawn (UTC) / 发现撤下的时间（UTC）';
COMMENT ON COLUMN document_version.given_year IS 'Report year stated by hand or told by the list / 人工或列表所示年度';
COMMENT ON COLUMN document_version.year IS 'The year reported on / 报告所述年度';
COMMENT ON COLUMN document_version.publisher IS 'Publisher as read / 识读所得发布者';
COMMENT ON COLUMN document_version.scope IS 'county, office, department or township; null while undecided / county 全县、office 办公室、department 部门、township 乡镇；未定则为空';
COMMENT ON COLUMN document_version.scope_evidence IS 'What the scope was told by: source (title, text or figures), the scope it speaks for, and what stands there; the title first / 判定范围的依据：source 来源（title 标题、text 正文、figures 数值）、scope 所指范围、text 原文；标题在先';
COMMENT ON COLUMN document_version.title IS 'Title as printed / 标题';
COMMENT ON COLUMN document_version.form IS 'Form of the report / 报告格式';
COMMENT ON COLUMN document_version.disclosure_form IS 'Form of section two / 第二部分所用格式';
COMMENT ON COLUMN document_version.requests_form IS 'Form of section three / 第三部分所用格式';
COMMENT ON COLUMN document_version.disputes_form IS 'Form of section four / 第四部分所用格式';
COMMENT ON COLUMN document_version.stat_form IS 'Form of the list of figures (2014 to 2018) / 统计表（2014至2018年）所用格式';
COMMENT ON COLUMN document_version.has_cells IS 'Whether any cell was read in it / 是否识得任何单元格';
