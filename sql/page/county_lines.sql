-- Every county with its code, and what it became by a rename, a recode or an upgrade.
SELECT county_key, code, successor_key
FROM dim_county
LEFT JOIN bridge_succession
    ON predecessor_key = county_key AND relation IN ('rename', 'recode', 'upgrade', 'parent')
ORDER BY county_key, successor_key;
