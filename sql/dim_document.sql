CREATE TABLE dim_document (
    document_key INTEGER PRIMARY KEY,
    document_sha256 VARCHAR NOT NULL,
    file_name VARCHAR,
    url VARCHAR,
    format VARCHAR,
    fetched_at TIMESTAMP
);

INSERT INTO dim_document
SELECT document_key, document_sha256, file_name, url, format, fetched_at
FROM keyed_report
ORDER BY document_key;

COMMENT ON TABLE dim_document IS 'The files that figures were read from / 数据来源文件';
COMMENT ON COLUMN dim_document.document_key IS 'Key of the document, in order of its hash / 文件的键，按哈希排序';
COMMENT ON COLUMN dim_document.document_sha256 IS 'SHA-256 of the bytes of the file; names it in the archive / 文件字节的 SHA-256，即其在存档中的名字';
COMMENT ON COLUMN dim_document.file_name IS 'Name of the file when it was ingested / 入库时的文件名';
COMMENT ON COLUMN dim_document.url IS 'Where it was fetched from; a file address for a local file / 获取地址；本地文件为文件地址';
COMMENT ON COLUMN dim_document.format IS 'What the file is: html, pdf, text and so on; null where it could not be told / 文件类型：html、pdf、text 等；无法判断则为空';
COMMENT ON COLUMN dim_document.fetched_at IS 'When it was fetched, UTC / 获取时间（协调世界时）';
