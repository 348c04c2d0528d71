CREATE TABLE county_line (
    county_key INTEGER NOT NULL,
    year SMALLINT NOT NULL,
    members SMALLINT NOT NULL,
    broken VARCHAR,
    broken_in SMALLINT
);

INSERT INTO county_line
SELECT county_key, CAST(unnest(range(first, last + 1)) AS SMALLINT) AS year, len(members), broken, broken_in
FROM input_line
ORDER BY county_key, year;

COMMENT ON TABLE county_line IS 'Each county of today in each year since 2008: of how many it was made up, and from which year back that cannot be said / 现今各县2008年以来逐年对应当年几个县，以及自何年起不能上溯';
COMMENT ON COLUMN county_line.county_key IS 'The county of today, see dim_county / 现今的县，见 dim_county';
COMMENT ON COLUMN county_line.year IS 'The year / 年度';
COMMENT ON COLUMN county_line.members IS 'Counties of the year that it goes back to, see bridge_line / 当年所对应的县数，见 bridge_line';
COMMENT ON COLUMN county_line.broken IS 'Why these do not cover the same area: split, part or unknown; null where they do / 两者范围不同的原因：split 析置、part 部分划转、unknown 不详；相同则为空';
COMMENT ON COLUMN county_line.broken_in IS 'The year of the change that broke the line / 中断可比的变更年份';
