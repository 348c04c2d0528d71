-- Where a county published a report again, and what changed.
SELECT
    county_code,
    year,
    number,
    place,
    relation,
    is_replaced,
    published_at,
    changed_cells,
    added_cells,
    dropped_cells,
    earlier_sha256,
    later_sha256,
    earlier_url,
    later_url
FROM report_revision
WHERE list_contains($codes, county_code)
ORDER BY year DESC, number;
