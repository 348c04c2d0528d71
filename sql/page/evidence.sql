-- One cell of one document, as analysts see it.
SELECT *
FROM observation
WHERE document_sha256 = $document
    AND form_table || '.' || form_row || '.' || form_column = $cell;
