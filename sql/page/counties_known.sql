-- Codes of which anything is known: a state that a look or a document gave, or a document.
SELECT dim_county.code
FROM fact_coverage
JOIN dim_county USING (county_key)
WHERE state NOT IN ('no_portal_known', 'not_looked', 'not_yet_due')
UNION
SELECT county_code
FROM dim_report
WHERE county_code IS NOT NULL
ORDER BY 1;
