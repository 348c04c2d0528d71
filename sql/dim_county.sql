CREATE TABLE dim_county (
    county_key INTEGER PRIMARY KEY,
    code VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    prefecture VARCHAR NOT NULL,
    province VARCHAR NOT NULL,
    valid_from SMALLINT NOT NULL,
    valid_to SMALLINT,
    is_county BOOLEAN NOT NULL,
    area_changed_in SMALLINT[] NOT NULL,
    is_invented BOOLEAN NOT NULL
);

INSERT INTO dim_county
SELECT
    county_key, code, name, kind, prefecture, province, valid_from, valid_to, is_county, area_changed_in,
    starts_with(code, '99') AS is_invented
FROM input_county
ORDER BY county_key;

COMMENT ON TABLE dim_county IS 'Counties through time: one row for each period in which code, name and parent stayed the same; and the other bodies that publish such reports / 县级行政区沿革：代码、名称、隶属不变的每一时期一行；另含其他编制报告的单位';
COMMENT ON COLUMN dim_county.county_key IS 'Key of this row, in order of code and first year / 本行的键，按代码与起始年排序';
COMMENT ON COLUMN dim_county.code IS 'Six-digit division code (GB/T 2260); of a development zone its statistical code, of a 兵团 division (6601..) one of our own / 六位行政区划代码（GB/T 2260）；开发区为统计用代码，兵团师（6601开头）为自编代码';
COMMENT ON COLUMN dim_county.name IS 'Name of the county / 县级行政区名称';
COMMENT ON COLUMN dim_county.kind IS 'Kind of division, such as 县 or 市辖区 / 建制类别，如县、市辖区';
COMMENT ON COLUMN dim_county.prefecture IS 'Prefecture-level parent; 直辖 where there is none / 所属地级行政区；无则为“直辖”';
COMMENT ON COLUMN dim_county.province IS 'Province-level parent / 所属省级行政区';
COMMENT ON COLUMN dim_county.valid_from IS 'First year (31 December) this row is in force / 本行生效的首年（以12月31日为准）';
COMMENT ON COLUMN dim_county.valid_to IS 'First year it is no longer in force; null while it is / 不再有效的首年；仍有效则为空';
COMMENT ON COLUMN dim_county.is_county IS 'True for county-level divisions; false for cities without counties, outlying offices, development zones and 兵团 divisions, by kind / 县级行政区为真；不设县级政区的市、岛屿办事处、开发区、兵团师（见 kind）为假';
COMMENT ON COLUMN dim_county.area_changed_in IS 'Years since 2008 in which it gave or took area and kept code and name / 2008年以来代码名称不变而辖区范围有变的年份';
COMMENT ON COLUMN dim_county.is_invented IS 'True for places that do not exist (codes 99…), made for demonstration and tests / 虚构地区（代码99开头，供演示与测试）为真';
