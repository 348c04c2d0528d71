CREATE TABLE fact_suspicion (
    report_key INTEGER NOT NULL,
    part SMALLINT NOT NULL,
    rank SMALLINT NOT NULL,
    weight SMALLINT NOT NULL,
    mistakes SMALLINT NOT NULL,
    is_best BOOLEAN NOT NULL,
    sets INTEGER NOT NULL,
    is_complete BOOLEAN NOT NULL
);

INSERT INTO fact_suspicion BY NAME
SELECT * FROM input_suspicion
ORDER BY report_key, part, rank;

COMMENT ON TABLE fact_suspicion IS 'Where mistakes may be: the cheapest sets of cells whose change makes every hard rule hold, best first, at most twenty a part / 错误可能所在：改动后使全部硬性规则成立的最小权重单元格组，依可能性排列，每部分至多二十组';
COMMENT ON COLUMN fact_suspicion.report_key IS 'The report, see dim_report / 报告，见 dim_report';
COMMENT ON COLUMN fact_suspicion.part IS 'Part of the report, from 1: section three, or one of the three lines of section four, each mended alone / 报告的一部分，自1起：第三部分，或第四部分三类之一，各自独立';
COMMENT ON COLUMN fact_suspicion.rank IS 'Place among the sets of the part, from 1 / 该部分各组中的次序，自1起';
COMMENT ON COLUMN fact_suspicion.weight IS 'What the set costs: 100 a certain figure, less for doubtful readings and empty cells / 该组的权重：确定的数为100，存疑或空白者较低';
COMMENT ON COLUMN fact_suspicion.mistakes IS 'How many slips explain the set; a cell without a known slip counts as two / 解释该组所需的差错数；无已知差错类型的格计二';
COMMENT ON COLUMN fact_suspicion.is_best IS 'True if no set of the part takes fewer mistakes / 该部分中差错数最少者为真';
COMMENT ON COLUMN fact_suspicion.sets IS 'Number of sets of least weight in the part / 该部分最小权重组数';
COMMENT ON COLUMN fact_suspicion.is_complete IS 'False if there may be more sets than that / 若可能尚有其他组则为假';
