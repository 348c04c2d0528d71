-- All reports of a county and year, the chosen one first, with the reasons.
CREATE VIEW candidate AS
SELECT
    dim_report.county_code,
    dim_county.name AS county_name,
    dim_report.year,
    dim_report.choice_rank,
    dim_report.is_county_year AS is_chosen,
    dim_report.choice_reason,
    dim_report.scope,
    dim_report.scope_evidence,
    dim_report.magnitude,
    dim_report.publisher,
    dim_report.title,
    dim_report.published_on,
    dim_report.cell_count,
    dim_report.printed_count,
    dim_document.is_latest,
    dim_document.withdrawn_at,
    dim_document.format,
    dim_document.fetched_at,
    dim_document.url,
    dim_document.document_sha256
FROM dim_report
JOIN dim_document USING (document_key)
JOIN dim_county USING (county_key)
WHERE dim_report.choice_rank IS NOT NULL;

COMMENT ON VIEW candidate IS 'All reports of each county and year, ranked, with what speaks for and against each; county_year takes the first if it is of the whole county / 每县每年的全部报告及其排名与理由；首位若为全县数据则为 county_year 所采';
COMMENT ON COLUMN candidate.county_code IS 'Division code of the report year (GB/T 2260) / 报告年度的行政区划代码';
COMMENT ON COLUMN candidate.county_name IS 'Name of the county in the report year / 报告年度的县名';
COMMENT ON COLUMN candidate.year IS 'The year reported on / 报告所述年度';
COMMENT ON COLUMN candidate.choice_rank IS 'Place among the reports of the county and year, 1 is the best / 排名，1为最优';
COMMENT ON COLUMN candidate.is_chosen IS 'True for the report that county_year takes / county_year 所采报告为真';
COMMENT ON COLUMN candidate.choice_reason IS 'Why it is first or was passed over, see dim_report / 居首或落选的理由，见 dim_report';
COMMENT ON COLUMN candidate.scope IS 'Whose figures: county, office, department or township; null while undecided / 数据范围：county 全县、office 办公室、department 部门、township 乡镇；未定则为空';
COMMENT ON COLUMN candidate.scope_evidence IS 'What the scope was told by, see dim_report / 判定范围的依据，见 dim_report';
COMMENT ON COLUMN candidate.magnitude IS 'Size of the figures beside those of the county''s other reports, see dim_report / 与该县其他报告相比的数量级，见 dim_report';
COMMENT ON COLUMN candidate.publisher IS 'The body that published it, as named in the document / 文件所载发布机关';
COMMENT ON COLUMN candidate.title IS 'Title as printed / 所印标题';
COMMENT ON COLUMN candidate.published_on IS 'Date that the list gives it / 列表所示发布日期';
COMMENT ON COLUMN candidate.cell_count IS 'Cells found, whatever they say / 找到的单元格数，不论内容';
COMMENT ON COLUMN candidate.printed_count IS 'Cells that print a number / 印有数字的单元格数';
COMMENT ON COLUMN candidate.is_latest IS 'False where it was replaced or withdrawn / 已被替换或撤下为假';
COMMENT ON COLUMN candidate.withdrawn_at IS 'When it was found withdrawn (UTC) / 发现撤下的时间（UTC）';
COMMENT ON COLUMN candidate.format IS 'Format of the file / 文件格式';
COMMENT ON COLUMN candidate.fetched_at IS 'When it was fetched (UTC) / 获取时间（UTC）';
COMMENT ON COLUMN candidate.url IS 'Where it was fetched from / 获取地址';
COMMENT ON COLUMN candidate.document_sha256 IS 'SHA-256 of the file; names it in the archive / 文件的 SHA-256，即其在存档中的名字';
