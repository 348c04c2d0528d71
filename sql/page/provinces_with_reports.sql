-- Provinces of which a report stands for any county and year.
SELECT DISTINCT min(left(code, 2)) OVER (PARTITION BY province) AS province
FROM dim_county
WHERE province IN (SELECT province FROM county_year JOIN dim_county ON dim_county.code = county_year.county_code)
ORDER BY province;
