CREATE TABLE bridge_line (
    county_key INTEGER NOT NULL,
    year SMALLINT NOT NULL,
    member_key INTEGER NOT NULL
);

INSERT INTO bridge_line
SELECT county_key, CAST(unnest(range(first, last + 1)) AS SMALLINT) AS year, member_key
FROM (SELECT county_key, first, last, unnest(members) AS member_key FROM input_line)
ORDER BY county_key, year, member_key;

COMMENT ON TABLE bridge_line IS 'Which counties of a year a county of today goes back to / 现今各县在各年度对应的县';
COMMENT ON COLUMN bridge_line.county_key IS 'The county of today, see dim_county / 现今的县，见 dim_county';
COMMENT ON COLUMN bridge_line.year IS 'The year / 年度';
COMMENT ON COLUMN bridge_line.member_key IS 'A county of the year, see dim_county / 当年的县，见 dim_county';
