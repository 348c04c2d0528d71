-- All reports of a county and year, ranked; county_year takes the first if it is of the whole county.
SELECT *
FROM candidate
WHERE county_code = $code AND year = $year
ORDER BY choice_rank;
