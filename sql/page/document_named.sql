-- The document of a SHA-256, if the warehouse names it.
SELECT document_sha256, file_name, url, format, fetched_at
FROM dim_document
WHERE document_sha256 = $document;
