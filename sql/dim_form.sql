CREATE TABLE dim_form (
    form VARCHAR PRIMARY KEY,
    title_zh VARCHAR NOT NULL,
    title_en VARCHAR NOT NULL,
    notice VARCHAR NOT NULL,
    first_year SMALLINT NOT NULL,
    last_year SMALLINT
);

INSERT INTO dim_form
SELECT form, title_zh, title_en, notice, first_year, last_year
FROM input_form
ORDER BY form;

COMMENT ON TABLE dim_form IS 'The statutory forms of the annual report / 年度报告的法定格式';
COMMENT ON COLUMN dim_form.form IS 'Identifier of the form / 格式标识';
COMMENT ON COLUMN dim_form.title_zh IS 'Title in Chinese / 中文名称';
COMMENT ON COLUMN dim_form.title_en IS 'Title in English / 英文名称';
COMMENT ON COLUMN dim_form.notice IS 'The notice that prescribes it / 规定该格式的文件';
COMMENT ON COLUMN dim_form.first_year IS 'First report year it was prescribed for / 适用的首个报告年度';
COMMENT ON COLUMN dim_form.last_year IS 'Last report year it was prescribed for; null while it is in force / 适用的末个报告年度；仍适用则为空';
