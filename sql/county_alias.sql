CREATE TABLE county_alias (
    county_key INTEGER NOT NULL,
    alias VARCHAR NOT NULL,
    kind VARCHAR NOT NULL
);

INSERT INTO county_alias
FROM input_alias
ORDER BY county_key, kind, alias;

COMMENT ON TABLE county_alias IS 'Names that a county goes by beside its own; several may share one / 县级行政区本名以外的名称；可有重名';
COMMENT ON COLUMN county_alias.county_key IS 'The county, see dim_county / 县级行政区，见 dim_county';
COMMENT ON COLUMN county_alias.alias IS 'The other name / 别称';
COMMENT ON COLUMN county_alias.kind IS 'short (绥中), padded (沁　县), former or later: what the same county was or will be called / short 简称、padded 加空格写法、former 曾用名、later 后用名';
