-- What the crosswalk between the forms knows to compare.
FROM dim_concept
ORDER BY ordinal;
