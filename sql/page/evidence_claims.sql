-- What the running text says of a cell, and whether it agrees.
SELECT
    fact_claim.kind,
    fact_claim.words,
    fact_claim.text,
    fact_claim.value,
    fact_claim.page,
    fact_claim.path,
    fact_claim_finding.rule_id,
    fact_claim_finding.status
FROM fact_claim_finding
JOIN fact_claim USING (report_key, ordinal)
JOIN dim_report USING (report_key)
JOIN dim_document USING (document_key)
WHERE document_sha256 = $document
    AND list_contains(fact_claim_finding.cells, $cell)
ORDER BY fact_claim."offset", fact_claim.ordinal;
