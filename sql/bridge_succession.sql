CREATE TABLE bridge_succession (
    predecessor_key INTEGER NOT NULL,
    successor_key INTEGER NOT NULL,
    year SMALLINT NOT NULL,
    relation VARCHAR NOT NULL
);

INSERT INTO bridge_succession
FROM input_succession
ORDER BY year, predecessor_key, successor_key;

COMMENT ON TABLE bridge_succession IS 'What became of counties since 2008, from predecessor to successor / 2008年以来县级行政区的前后承继关系';
COMMENT ON COLUMN bridge_succession.predecessor_key IS 'The county before, see dim_county / 变更前的县，见 dim_county';
COMMENT ON COLUMN bridge_succession.successor_key IS 'The county after, see dim_county / 变更后的县，见 dim_county';
COMMENT ON COLUMN bridge_succession.year IS 'First year (31 December) after the change / 变更后的首年（以12月31日为准）';
COMMENT ON COLUMN bridge_succession.relation IS 'rename, recode (new code, same kind), upgrade (new kind), merge (several into one), split (one into several), part (a part passed to one that was there) or parent (the prefecture was renamed) / rename 更名、recode 换码、upgrade 改设（类别变化）、merge 合并、split 析置、part 部分划出、parent 上级更名';
