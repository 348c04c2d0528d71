CREATE TABLE dim_document (
    document_key INTEGER PRIMARY KEY,
    document_sha256 VARCHAR NOT NULL,
    file_name VARCHAR,
    url VARCHAR,
    format VARCHAR,
    fetched_at TIMESTAMP,
    report_url VARCHAR,
    is_latest BOOLEAN NOT NULL,
    withdrawn_at TIMESTAMP
);

INSERT INTO dim_document
SELECT document_key, document_sha256, file_name, url, format, fetched_at, report_url, is_latest, withdrawn_at
FROM keyed_report
ORDER BY document_key;

COMMENT ON TABLE dim_document IS 'The files that figures were read from / 数据来源文件';
COMMENT ON COLUMN dim_document.document_key IS 'Key of the document, in order of its hash / 文件的键，按哈希排序';
COMMENT ON COLUMN dim_document.document_sha256 IS 'SHA-256 of the bytes of the file; names it in the archive / 文件字节的 SHA-256，即其在存档中的名字';
COMMENT ON COLUMN dim_document.file_name IS 'Name of the file when it was fetched or ingested / 获取或入库时的文件名';
COMMENT ON COLUMN dim_document.url IS 'Where it was fetched from; a file address for a local file / 获取地址；本地文件为文件地址';
COMMENT ON COLUMN dim_document.format IS 'What the file is: html, pdf, text and so on; null where it could not be told / 文件类型：html、pdf、text 等；无法判断则为空';
COMMENT ON COLUMN dim_document.fetched_at IS 'When it was fetched, UTC / 获取时间（协调世界时）';
COMMENT ON COLUMN dim_document.report_url IS 'Address of the report that the file belongs to, on the portal; null for a local file / 文件所属报告在网站上的地址；本地文件为空';
COMMENT ON COLUMN dim_document.is_latest IS 'True for what is published now: not replaced by later content at its address, not withdrawn; true for a local file / 为真即现行：其地址上未被后来内容替换，亦未撤下；本地文件为真';
COMMENT ON COLUMN dim_document.withdrawn_at IS 'When the report was found to be gone from the portal, UTC; null unless it is / 发现报告已从网站撤下的时间（协调世界时）；未撤下则为空';
