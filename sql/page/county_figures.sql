-- The usual figures and rates of a county, each rate beside the number of stated cells behind it.
FROM county_year
WHERE list_contains($codes, county_code)
ORDER BY year, county_code;
