-- Sums need two digits more than a figure: 25 figures of 12 digits each must not overflow.
CREATE TABLE fact_finding (
    report_key INTEGER NOT NULL,
    check_key SMALLINT NOT NULL,
    status VARCHAR NOT NULL,
    left_value DECIMAL(20, 6),
    right_value DECIMAL(20, 6),
    delta DECIMAL(20, 6),
    blame VARCHAR,
    printed_status VARCHAR NOT NULL,
    printed_left_value DECIMAL(20, 6),
    printed_right_value DECIMAL(20, 6),
    reason VARCHAR,
    page SMALLINT
);

-- Each table is judged by the form it is printed on; a table that was not found, by the form of the report.
-- Reports with corrected cells are judged twice: by the figures that hold, and by those printed.
-- etl/check/verdicts.py gives the same verdicts on one report in memory, and a test holds the two together.
INSERT INTO fact_finding
WITH printed_on AS (
    SELECT report_key, form_table, coalesce(table_form, form) AS form
    FROM dim_report
    SEMI JOIN fact_observation USING (report_key),
    LATERAL (
        VALUES ('disclosure', disclosure_form), ('requests', requests_form), ('disputes', disputes_form),
            ('stat', stat_form)
    ) AS printed (form_table, table_form)
),
touched AS (
    SELECT DISTINCT report_key
    FROM fact_observation
    WHERE corrected
),
cell AS (
    SELECT report_key, measure_key, value, status <> 'unreadable' OR corrected AS is_readable, false AS as_printed
    FROM fact_observation
    UNION ALL
    SELECT report_key, measure_key, printed_value, status <> 'unreadable', true
    FROM fact_observation
    SEMI JOIN touched USING (report_key)
),
judgement AS (
    SELECT report_key, form_table, form, false AS as_printed
    FROM printed_on
    UNION ALL
    SELECT report_key, form_table, form, true
    FROM printed_on
    SEMI JOIN touched USING (report_key)
),
equation AS (
    SELECT check_key, form, form_table, n_operands, op
    FROM dim_check
    JOIN dim_rule USING (rule_id)
    WHERE kind = 'equation'
),
term AS (
    SELECT check_key, form, form_table, measure_key, side = 'left' AS is_left, is_total
    FROM bridge_check_term
    JOIN equation USING (check_key)
),
counted AS (
    SELECT
        report_key,
        check_key,
        as_printed,
        count(*) FILTER (WHERE is_readable) AS n_readable,
        count(value) AS n_printed,
        count(*) FILTER (WHERE value <> 0) AS n_nonzero,
        bool_or(is_total AND value IS NULL) AS has_unstated_total,
        sum(value) FILTER (WHERE is_left) AS left_value,
        sum(value) FILTER (WHERE NOT is_left) AS right_value
    FROM cell
    JOIN printed_on USING (report_key)
    JOIN term USING (measure_key, form, form_table)
    GROUP BY report_key, check_key, as_printed
),
judged AS (
    SELECT
        report_key,
        check_key,
        as_printed,
        left_value,
        right_value,
        CASE op
            WHEN 'ge' THEN coalesce(left_value, 0) >= coalesce(right_value, 0)
            WHEN 'le' THEN coalesce(left_value, 0) <= coalesce(right_value, 0)
            ELSE coalesce(left_value, 0) = coalesce(right_value, 0)
        END AS holds,
        CASE
            WHEN n_readable IS DISTINCT FROM n_operands THEN 'not_assessable'
            WHEN n_nonzero = 0 THEN 'vacuous'
            WHEN holds AND n_printed = n_operands THEN 'pass'
            WHEN holds THEN 'pass_blank_as_zero'
            WHEN has_unstated_total OR left_value IS NULL OR right_value IS NULL THEN 'not_assessable'
            ELSE 'fail'
        END AS status
    FROM judgement
    JOIN equation USING (form, form_table)
    LEFT JOIN counted USING (report_key, check_key, as_printed)
),
-- A value rule makes a row only where a figure breaks it, the one that holds or the one printed.
limited AS (
    SELECT check_key, form, form_table, measure_key, at_least, whole
    FROM bridge_check_term
    JOIN dim_check USING (check_key)
    JOIN dim_rule USING (rule_id)
    WHERE kind = 'value'
),
broken AS (
    SELECT report_key, check_key, as_printed, value
    FROM cell
    JOIN limited USING (measure_key)
    JOIN printed_on USING (report_key, form_table, form)
    WHERE value < at_least OR (whole AND value <> trunc(value))
),
verdict AS (
    SELECT report_key, check_key, as_printed, status, left_value, right_value
    FROM judged
    UNION ALL
    SELECT report_key, check_key, as_printed, 'fail', value, NULL
    FROM broken
),
holding AS (
    SELECT * FROM verdict WHERE NOT as_printed
),
printed AS (
    SELECT * FROM verdict WHERE as_printed
)
SELECT
    report_key,
    check_key,
    coalesce(holding.status, 'pass') AS status,
    holding.left_value,
    holding.right_value,
    holding.left_value - holding.right_value AS delta,
    NULL AS blame,
    -- A report without corrections was judged once.
    CASE WHEN touched.report_key IS NULL THEN holding.status ELSE coalesce(printed.status, 'pass') END,
    CASE WHEN touched.report_key IS NULL THEN holding.left_value ELSE printed.left_value END,
    CASE WHEN touched.report_key IS NULL THEN holding.right_value ELSE printed.right_value END,
    NULL,
    NULL
FROM holding
FULL JOIN printed USING (report_key, check_key)
LEFT JOIN touched USING (report_key)
ORDER BY report_key, check_key;

COMMENT ON TABLE fact_finding IS 'Verdicts: a row a report and equation, whatever its result, and a row a figure that breaks a value rule / 核对结果：每份报告每项等式一行（不论结果），每个违反数值规则的数一行';
COMMENT ON COLUMN fact_finding.report_key IS 'The report, see dim_report / 报告，见 dim_report';
COMMENT ON COLUMN fact_finding.check_key IS 'The check, see dim_check / 核对项，见 dim_check';
COMMENT ON COLUMN fact_finding.status IS 'By value, corrections applied: pass; pass_blank_as_zero (holds if blanks count as 0); vacuous (all 0 or blank); fail; not_assessable (a cell is missing or unreadable, or a total is not stated); suspended (a rule across years, where the county changed) / 按 value（含更正）：pass 相符、pass_blank_as_zero 空白计零则相符、vacuous 全为零或空白、fail 不符、not_assessable 无法核对（缺格、无法识读或未填合计）、suspended 区划变更，跨年不核对';
COMMENT ON COLUMN fact_finding.left_value IS 'Sum of the printed figures left of the equals sign, or the figure itself; null if none is printed / 等号左端印有数字之和，或该数本身；均未印则为空';
COMMENT ON COLUMN fact_finding.right_value IS 'Sum of the printed figures right of the equals sign; null if none is printed / 等号右端印有数字之和；均未印则为空';
COMMENT ON COLUMN fact_finding.delta IS 'left_value minus right_value / 左端减右端';
COMMENT ON COLUMN fact_finding.blame IS 'Whose fault a failed check is: source, extraction or undecided; null if it did not fail / 不符系何方之误：source 原件、extraction 识读、undecided 未定；未不符则为空';
COMMENT ON COLUMN fact_finding.printed_status IS 'The verdict on the figures as printed; it differs from status only where a cell was corrected / 按原印数字的结论；仅在有更正时与 status 不同';
COMMENT ON COLUMN fact_finding.printed_left_value IS 'Left side by the figures as printed / 按原印数字的左端';
COMMENT ON COLUMN fact_finding.printed_right_value IS 'Right side by the figures as printed / 按原印数字的右端';
COMMENT ON COLUMN fact_finding.reason IS 'What the blame rests on, see dim_reason / 判定理由，见 dim_reason';
COMMENT ON COLUMN fact_finding.page IS 'Page of the figures of a failed sum over years or query; other pages stand in the explanation / 跨年和式或查询不符时其数所在页；其余见说明';
