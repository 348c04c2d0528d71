-- Today's counties with the sums over what they were in each year, and how many of these stated each figure. What may
-- be made of them comparable_series says.
CREATE TABLE comparable_sum AS
SELECT
    today.code AS county_code,
    today.name AS county_name,
    today.province,
    county_line.year,
    broken,
    broken_in,
    members,
    CAST(count(county_year.year) AS SMALLINT) AS reported,
    coalesce(list(member.code ORDER BY member.code) FILTER (WHERE member.code IS NOT NULL), []) AS member_codes,
    CAST(sum(received) AS DECIMAL(18, 6)) AS received,
    count(received) AS received_stated,
    CAST(sum(carried_in) AS DECIMAL(18, 6)) AS carried_in,
    count(carried_in) AS carried_in_stated,
    CAST(sum(concluded) AS DECIMAL(18, 6)) AS concluded,
    count(concluded) AS concluded_stated,
    CAST(sum(granted) AS DECIMAL(18, 6)) AS granted,
    count(granted) AS granted_stated,
    CAST(sum(partial) AS DECIMAL(18, 6)) AS partial,
    count(partial) AS partial_stated,
    CAST(sum(refused) AS DECIMAL(18, 6)) AS refused,
    count(refused) AS refused_stated,
    CAST(sum(unavailable) AS DECIMAL(18, 6)) AS unavailable,
    count(unavailable) AS unavailable_stated,
    CAST(sum(not_processed) AS DECIMAL(18, 6)) AS not_processed,
    count(not_processed) AS not_processed_stated,
    CAST(sum(other) AS DECIMAL(18, 6)) AS other,
    count(other) AS other_stated,
    CAST(sum(carried_out) AS DECIMAL(18, 6)) AS carried_out,
    count(carried_out) AS carried_out_stated,
    CAST(sum(reviews) AS DECIMAL(18, 6)) AS reviews,
    count(reviews) AS reviews_stated,
    CAST(sum(corrected_reviews) AS DECIMAL(18, 6)) AS corrected_reviews,
    count(corrected_reviews) AS corrected_reviews_stated,
    CAST(sum(lawsuits) AS DECIMAL(18, 6)) AS lawsuits,
    count(lawsuits) AS lawsuits_stated
FROM county_line
JOIN dim_county AS today ON today.county_key = county_line.county_key
LEFT JOIN bridge_line ON bridge_line.county_key = county_line.county_key AND bridge_line.year = county_line.year
LEFT JOIN dim_county AS member ON member.county_key = bridge_line.member_key
LEFT JOIN county_year ON county_year.county_code = member.code AND county_year.year = county_line.year
GROUP BY today.code, today.name, today.province, county_line.year, broken, broken_in, members
ORDER BY county_code, county_line.year;

COMMENT ON TABLE comparable_sum IS 'Sums over all predecessors of a county of today, by year, whether whole or not; read them through comparable_series / 现今各县在各年度的前身合计，不论完整与否；请用 comparable_series';
COMMENT ON COLUMN comparable_sum.county_code IS 'Code of the county of today / 现今的行政区划代码';
COMMENT ON COLUMN comparable_sum.county_name IS 'Name of the county of today / 现今的县名';
COMMENT ON COLUMN comparable_sum.province IS 'Province-level parent of today / 现今所属省级行政区';
COMMENT ON COLUMN comparable_sum.year IS 'The year reported on / 报告所述年度';
COMMENT ON COLUMN comparable_sum.broken IS 'Why these do not cover the same area: split, part or unknown; null where they do / 两者范围不同的原因：split 析置、part 部分划转、unknown 不详；相同则为空';
COMMENT ON COLUMN comparable_sum.broken_in IS 'The year of the change that earlier years cannot be followed through / 中断可比的变更年份';
COMMENT ON COLUMN comparable_sum.members IS 'Predecessors in the year; above 1 the figures are sums / 当年前身数；大于1时数值为合计';
COMMENT ON COLUMN comparable_sum.reported IS 'How many of them have a report / 其中有报告者';
COMMENT ON COLUMN comparable_sum.member_codes IS 'Codes of the predecessors in the year / 当年各前身的代码';
COMMENT ON COLUMN comparable_sum.received IS 'Requests newly received, the sum of what is stated / 本年新收申请，已载者之和';
COMMENT ON COLUMN comparable_sum.received_stated IS 'Predecessors that state it / 载有该数的前身数';
COMMENT ON COLUMN comparable_sum.carried_in IS 'Requests carried over from last year, the sum of what is stated / 上年结转，已载者之和';
COMMENT ON COLUMN comparable_sum.carried_in_stated IS 'Predecessors that state it / 载有该数的前身数';
COMMENT ON COLUMN comparable_sum.concluded IS 'Requests concluded, the sum of what is stated / 本年办结，已载者之和';
COMMENT ON COLUMN comparable_sum.concluded_stated IS 'Predecessors that state it / 载有该数的前身数';
COMMENT ON COLUMN comparable_sum.granted IS 'Requests granted, the sum of what is stated / 予以公开，已载者之和';
COMMENT ON COLUMN comparable_sum.granted_stated IS 'Predecessors that state it / 载有该数的前身数';
COMMENT ON COLUMN comparable_sum.partial IS 'Requests granted in part, the sum of what is stated / 部分公开，已载者之和';
COMMENT ON COLUMN comparable_sum.partial_stated IS 'Predecessors that state it / 载有该数的前身数';
COMMENT ON COLUMN comparable_sum.refused IS 'Requests refused, the sum of what is stated / 不予公开，已载者之和';
COMMENT ON COLUMN comparable_sum.refused_stated IS 'Predecessors that state it / 载有该数的前身数';
COMMENT ON COLUMN comparable_sum.unavailable IS 'Requests that could not be met, the sum of what is stated / 无法提供，已载者之和';
COMMENT ON COLUMN comparable_sum.unavailable_stated IS 'Predecessors that state it / 载有该数的前身数';
COMMENT ON COLUMN comparable_sum.not_processed IS 'Requests not processed, the sum of what is stated / 不予处理，已载者之和';
COMMENT ON COLUMN comparable_sum.not_processed_stated IS 'Predecessors that state it / 载有该数的前身数';
COMMENT ON COLUMN comparable_sum.other IS 'Requests handled otherwise, the sum of what is stated / 其他处理，已载者之和';
COMMENT ON COLUMN comparable_sum.other_stated IS 'Predecessors that state it / 载有该数的前身数';
COMMENT ON COLUMN comparable_sum.carried_out IS 'Requests carried over to next year, the sum of what is stated / 结转下年度继续办理，已载者之和';
COMMENT ON COLUMN comparable_sum.carried_out_stated IS 'Predecessors that state it / 载有该数的前身数';
COMMENT ON COLUMN comparable_sum.reviews IS 'Administrative reconsiderations, the sum of what is stated / 行政复议，已载者之和';
COMMENT ON COLUMN comparable_sum.reviews_stated IS 'Predecessors that state it / 载有该数的前身数';
COMMENT ON COLUMN comparable_sum.corrected_reviews IS 'Administrative reconsiderations that corrected the decision, the sum of what is stated / 行政复议结果纠正，已载者之和';
COMMENT ON COLUMN comparable_sum.corrected_reviews_stated IS 'Predecessors that state it / 载有该数的前身数';
COMMENT ON COLUMN comparable_sum.lawsuits IS 'Lawsuits, the sum of what is stated / 行政诉讼，已载者之和';
COMMENT ON COLUMN comparable_sum.lawsuits_stated IS 'Predecessors that state it / 载有该数的前身数';
