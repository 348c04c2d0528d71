-- Years of the ledger, and of how many counties anything is known in each.
SELECT
    year,
    count(*) FILTER (WHERE state NOT IN ('not_looked', 'no_portal_known', 'not_yet_due')) AS known
FROM fact_coverage
GROUP BY year
ORDER BY year;
