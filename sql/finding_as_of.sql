-- The sums of a report are the same at all times; rules across reports are asked of those known at the moment.
CREATE MACRO fact_finding_as_of(at_moment, scopes := ['county']) AS TABLE
SELECT fact_finding.*
FROM fact_finding
ANTI JOIN bridge_wide_term USING (check_key)
UNION ALL
FROM wide_finding_as_of(at_moment, scopes := scopes);
