-- Article 49 of the regulations of 2019: the government's report is due on 31 March, those of departments on
-- 31 January. Under the regulations of 2007 all were due on 31 March.
CREATE MACRO deadline(scope, report_year) AS
    CASE
        WHEN report_year >= 2019 AND scope IN ('office', 'department')
            THEN make_date(CAST(report_year AS INTEGER) + 1, 1, 31)
        ELSE make_date(CAST(report_year AS INTEGER) + 1, 3, 31)
    END;

COMMENT ON MACRO deadline IS 'deadline(scope, report_year): the legal day of publication, 31 March of the next year, of departments and offices 31 January since report year 2019 / 法定公布期限：次年3月31日；部门、办公室自2019年度起为次年1月31日';
