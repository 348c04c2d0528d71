-- Publications of a report with how far they differ, counted from report_revision_cell.
CREATE TABLE report_revision AS
WITH counted AS (
    SELECT
        earlier_sha256,
        later_sha256,
        count(*) FILTER (WHERE earlier_value IS NOT NULL AND later_value IS NOT NULL) AS changed_cells,
        count(*) FILTER (WHERE earlier_value IS NULL) AS added_cells,
        count(*) FILTER (WHERE later_value IS NULL) AS dropped_cells
    FROM report_revision_cell
    GROUP BY earlier_sha256, later_sha256
),
-- Where cells were compared and none differs, the counts are 0; where nothing was compared they are null.
compared AS (
    SELECT
        report_pair.*,
        earlier_sha256 <> later_sha256 AND len(shared_tables) > 0 AS is_compared,
        CASE WHEN is_compared THEN coalesce(counted.changed_cells, 0) END AS changed_cells,
        CASE WHEN is_compared THEN coalesce(counted.added_cells, 0) END AS added_cells,
        CASE WHEN is_compared THEN coalesce(counted.dropped_cells, 0) END AS dropped_cells
    FROM report_pair
    LEFT JOIN counted USING (earlier_sha256, later_sha256)
)
SELECT
    compared.county_code,
    dim_county.name AS county_name,
    compared.year,
    compared.scope,
    CAST(number AS SMALLINT) AS number,
    place,
    CASE
        WHEN earlier_sha256 = later_sha256 THEN 'byte_equal'
        WHEN NOT have_cells THEN 'unread'
        WHEN len(shared_tables) = 0 THEN 'other_tables'
        WHEN changed_cells + added_cells + dropped_cells > 0 THEN 'changed'
        ELSE 'figure_equal'
    END AS relation,
    is_replaced,
    published_at,
    earlier_sha256,
    later_sha256,
    earlier_url,
    later_url,
    earlier_format,
    later_format,
    CAST(changed_cells AS INTEGER) AS changed_cells,
    CAST(added_cells AS INTEGER) AS added_cells,
    CAST(dropped_cells AS INTEGER) AS dropped_cells
FROM compared
JOIN dim_county USING (county_key)
ORDER BY compared.county_code, compared.year, compared.scope, number, later_sha256, later_url;

COMMENT ON TABLE report_revision IS 'One report published several times: each publication after the first beside the one it is held against / 同一报告的多次发布：首次以后的每次发布与其对照的前一次发布';
COMMENT ON COLUMN report_revision.county_code IS 'Division code of the report year (GB/T 2260) / 报告年度的行政区划代码';
COMMENT ON COLUMN report_revision.county_name IS 'Name of the county in the report year / 报告年度的县名';
COMMENT ON COLUMN report_revision.year IS 'The year reported on / 报告所述年度';
COMMENT ON COLUMN report_revision.scope IS 'Whose figures, see dim_report / 数据范围，见 dim_report';
COMMENT ON COLUMN report_revision.number IS 'Number of the later publication, from 2 / 后一次发布的序号，从2起';
COMMENT ON COLUMN report_revision.place IS 'Where the later one stands: same_address (it replaced the earlier there), other_file of the same page, other_address of the same portal, other_portal, or by_hand (one of them was taken in by hand) / 后者所在：same_address 同一地址（替换前者）、other_file 同页另一文件、other_address 同站另一地址、other_portal 另一网站、by_hand 其一为人工入库';
COMMENT ON COLUMN report_revision.relation IS 'byte_equal (the same file), figure_equal (every number the same), changed, other_tables (they have no table in common) or unread (one has no cell) / byte_equal 文件相同、figure_equal 数值全同、changed 有改动、other_tables 无共同表、unread 其一无单元格';
COMMENT ON COLUMN report_revision.is_replaced IS 'True where the earlier is not published any more and the later is / 前者已不再发布而后者仍在发布为真';
COMMENT ON COLUMN report_revision.published_at IS 'When the later one was first had (UTC) / 首次取得后者的时间（UTC）';
COMMENT ON COLUMN report_revision.earlier_sha256 IS 'SHA-256 of the earlier file / 前者文件的 SHA-256';
COMMENT ON COLUMN report_revision.later_sha256 IS 'SHA-256 of the later file / 后者文件的 SHA-256';
COMMENT ON COLUMN report_revision.earlier_url IS 'Address of the earlier report / 前者地址';
COMMENT ON COLUMN report_revision.later_url IS 'Address of the later report / 后者地址';
COMMENT ON COLUMN report_revision.earlier_format IS 'Format of the earlier file / 前者格式';
COMMENT ON COLUMN report_revision.later_format IS 'Format of the later file / 后者格式';
COMMENT ON COLUMN report_revision.changed_cells IS 'Cells with another number, in the tables that both have; null where nothing was compared / 共同表中数值不同的格数；未比较则为空';
COMMENT ON COLUMN report_revision.added_cells IS 'Cells with a number in the later one alone / 仅后者有数值的格数';
COMMENT ON COLUMN report_revision.dropped_cells IS 'Cells with a number in the earlier one alone / 仅前者有数值的格数';
