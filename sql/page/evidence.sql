-- One cell of one document, as analysts see it.
SELECT *
FROM observation
WHERE document_sha256 = $sha256
    AND form_table || '.' || form_row || '.' || form_column = $cell;
