-- Counties by province and state in one year.
SELECT
    min(min(left(county_code, 2))) OVER (PARTITION BY province) AS province,
    province AS province_name,
    state,
    count(*) AS counties
FROM coverage
WHERE year = $year
GROUP BY province, state
ORDER BY 1, 3;
