-- Today's counties with the figures of what they were: the sum over all predecessors of a year. A sum is given only
-- where every predecessor stated the figure and together they cover the same area; include_partial := true gives
-- what there is, and the columns status, members and reported say what it is worth. Rates do not add up.
CREATE MACRO comparable(include_partial := false) AS TABLE
SELECT
    county_code,
    county_name,
    province,
    year,
    CASE WHEN broken IS NOT NULL THEN broken WHEN reported < members THEN 'incomplete' ELSE 'comparable' END AS status,
    broken_in,
    members,
    reported,
    member_codes,
    CASE WHEN include_partial OR (broken IS NULL AND received_stated = members) THEN received END AS received,
    CASE WHEN include_partial OR (broken IS NULL AND carried_in_stated = members) THEN carried_in END AS carried_in,
    CASE WHEN include_partial OR (broken IS NULL AND concluded_stated = members) THEN concluded END AS concluded,
    CASE WHEN include_partial OR (broken IS NULL AND granted_stated = members) THEN granted END AS granted,
    CASE WHEN include_partial OR (broken IS NULL AND partial_stated = members) THEN partial END AS partial,
    CASE WHEN include_partial OR (broken IS NULL AND refused_stated = members) THEN refused END AS refused,
    CASE WHEN include_partial OR (broken IS NULL AND unavailable_stated = members) THEN unavailable END AS unavailable,
    CASE WHEN include_partial OR (broken IS NULL AND not_processed_stated = members) THEN not_processed END AS not_processed,
    CASE WHEN include_partial OR (broken IS NULL AND other_stated = members) THEN other END AS other,
    CASE WHEN include_partial OR (broken IS NULL AND carried_out_stated = members) THEN carried_out END AS carried_out,
    CASE WHEN include_partial OR (broken IS NULL AND reviews_stated = members) THEN reviews END AS reviews,
    CASE WHEN include_partial OR (broken IS NULL AND corrected_reviews_stated = members) THEN corrected_reviews END AS corrected_reviews,
    CASE WHEN include_partial OR (broken IS NULL AND lawsuits_stated = members) THEN lawsuits END AS lawsuits
FROM comparable_sum;

COMMENT ON MACRO TABLE comparable IS 'comparable(include_partial := false): the view comparable_series, on request with partial sums and across breaks / 可比序列；include_partial := true 时亦给出不完整之和';

CREATE VIEW comparable_series AS
FROM comparable(include_partial := false);

COMMENT ON VIEW comparable_series IS 'Counties of today followed back through renames, recodes and mergers: figures are sums over all predecessors. Null where one did not state the figure, or where the area was another: status says why. FROM comparable(include_partial := true) gives partial sums too / 现今各县经更名、换码、合并上溯的可比序列：数值为各前身之和。任一前身未载、或辖区范围不同则为空，原因见 status。FROM comparable(include_partial := true) 亦给出不完整之和';
COMMENT ON COLUMN comparable_series.county_code IS 'Code of the county of today / 现今的行政区划代码';
COMMENT ON COLUMN comparable_series.county_name IS 'Name of the county of today / 现今的县名';
COMMENT ON COLUMN comparable_series.province IS 'Province-level parent of today / 现今所属省级行政区';
COMMENT ON COLUMN comparable_series.year IS 'The year reported on / 报告所述年度';
COMMENT ON COLUMN comparable_series.status IS 'comparable, incomplete (a predecessor has no report), split (it comes of a division), part (a part of the area came or went) or unknown (no predecessor is on record) / comparable 可比、incomplete 有前身无报告、split 析置、part 部分划转、unknown 前身不详';
COMMENT ON COLUMN comparable_series.broken_in IS 'The year of the change that earlier years cannot be followed through / 中断可比的变更年份';
COMMENT ON COLUMN comparable_series.members IS 'Predecessors in the year; above 1 the figures are sums / 当年前身数；大于1时数值为合计';
COMMENT ON COLUMN comparable_series.reported IS 'How many of them have a report / 其中有报告者';
COMMENT ON COLUMN comparable_series.member_codes IS 'Codes of the predecessors in the year / 当年各前身的代码';
COMMENT ON COLUMN comparable_series.received IS 'Requests newly received, summed over all predecessors / 本年新收申请，各前身之和';
COMMENT ON COLUMN comparable_series.carried_in IS 'Requests carried over from last year, summed over all predecessors / 上年结转，各前身之和';
COMMENT ON COLUMN comparable_series.concluded IS 'Requests concluded, summed over all predecessors / 本年办结，各前身之和';
COMMENT ON COLUMN comparable_series.granted IS 'Requests granted, summed over all predecessors / 予以公开，各前身之和';
COMMENT ON COLUMN comparable_series.partial IS 'Requests granted in part, summed over all predecessors / 部分公开，各前身之和';
COMMENT ON COLUMN comparable_series.refused IS 'Requests refused, summed over all predecessors / 不予公开，各前身之和';
COMMENT ON COLUMN comparable_series.unavailable IS 'Requests that could not be met, summed over all predecessors / 无法提供，各前身之和';
COMMENT ON COLUMN comparable_series.not_processed IS 'Requests not processed, summed over all predecessors / 不予处理，各前身之和';
COMMENT ON COLUMN comparable_series.other IS 'Requests handled otherwise, summed over all predecessors / 其他处理，各前身之和';
COMMENT ON COLUMN comparable_series.carried_out IS 'Requests carried over to next year, summed over all predecessors / 结转下年度继续办理，各前身之和';
COMMENT ON COLUMN comparable_series.reviews IS 'Administrative reconsiderations, summed over all predecessors / 行政复议，各前身之和';
COMMENT ON COLUMN comparable_series.corrected_reviews IS 'Administrative reconsiderations that corrected the decision, summed over all predecessors / 行政复议结果纠正，各前身之和';
COMMENT ON COLUMN comparable_series.lawsuits IS 'Lawsuits, summed over all predecessors / 行政诉讼，各前身之和';
