-- The changes that a county took part in.
SELECT
    step.predecessor_key,
    step.successor_key,
    step.year,
    step.relation,
    before.code AS before_code,
    before.name AS before_name,
    after.code AS after_code,
    after.name AS after_name
FROM bridge_succession AS step
JOIN dim_county AS before ON before.county_key = step.predecessor_key
JOIN dim_county AS after ON after.county_key = step.successor_key
WHERE list_contains($keys, step.predecessor_key) OR list_contains($keys, step.successor_key)
ORDER BY step.year, before_code, after_code;
