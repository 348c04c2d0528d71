-- A rule and what it rests on.
FROM dim_rule
WHERE rule_id = $rule;
