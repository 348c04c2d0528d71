CREATE TABLE dim_rule (
    rule_id VARCHAR PRIMARY KEY,
    severity VARCHAR NOT NULL,
    scope VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    forms VARCHAR[] NOT NULL,
    zh VARCHAR NOT NULL,
    en VARCHAR NOT NULL,
    source_zh VARCHAR NOT NULL,
    source_en VARCHAR NOT NULL,
    op VARCHAR,
    at_least DECIMAL(18, 6),
    whole BOOLEAN
);

INSERT INTO dim_rule BY NAME
SELECT * FROM input_rule;

COMMENT ON TABLE dim_rule IS 'Rules that figures are held against / 用以核对数据的勾稽规则';
COMMENT ON COLUMN dim_rule.rule_id IS 'Identifier of the rule, such as T3_BALANCE / 规则编号，如 T3_BALANCE';
COMMENT ON COLUMN dim_rule.severity IS 'hard (follows from the form), near_hard or soft (a hint) / hard 格式所定、near_hard 近乎必然、soft 仅供提示';
COMMENT ON COLUMN dim_rule.scope IS 'What is compared: intra (within one report), cross_year (with the year before), cross_entity (with other bodies) or narrative (text and tables) / 核对范围：intra 报告内、cross_year 跨年、cross_entity 跨主体、narrative 正文与表格';
COMMENT ON COLUMN dim_rule.kind IS 'equation (two sums are compared, see op) value (one figure by itself), sum (signed sums, perhaps of two years), query (said in SQL), suspension (when others do not apply) or claim (on the text) / equation 两端之和相比（见 op）、value 单个数值、sum 带符号之和、query SQL 查询、suspension 暂停适用、claim 正文陈述';
COMMENT ON COLUMN dim_rule.forms IS 'Forms it holds on / 适用格式';
COMMENT ON COLUMN dim_rule.zh IS 'The rule in Chinese / 规则（中文）';
COMMENT ON COLUMN dim_rule.en IS 'The rule in English / 规则（英文）';
COMMENT ON COLUMN dim_rule.source_zh IS 'Where the rule comes from, in Chinese / 规则出处（中文）';
COMMENT ON COLUMN dim_rule.source_en IS 'Where the rule comes from, in English / 规则出处（英文）';
COMMENT ON COLUMN dim_rule.op IS 'Of an equation: eq (equal), ge (left at least right) or le (left at most right); null of a value rule / 等式：eq 相等、ge 左不小于右、le 左不大于右；数值规则为空';
COMMENT ON COLUMN dim_rule.at_least IS 'Of a value rule: the least allowed value / 数值规则：最小允许值';
COMMENT ON COLUMN dim_rule.whole IS 'Of a value rule: whether it has to be a whole number / 数值规则：是否须为整数';
