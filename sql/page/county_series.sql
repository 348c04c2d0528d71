-- Today's county with the figures of all that it was: sums over its predecessors of each year.
SELECT county_code, year, status, broken_in, members, reported, member_codes, received, concluded, granted, reviews, lawsuits
FROM comparable_series
WHERE list_contains($codes, county_code) AND (reported > 0 OR status <> 'incomplete')
ORDER BY year DESC;
