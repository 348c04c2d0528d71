-- What is known of every county and year, in words.
CREATE VIEW coverage AS
SELECT
    dim_county.code AS county_code,
    dim_county.name AS county_name,
    dim_county.province,
    fact_coverage.year,
    fact_coverage.state,
    fact_coverage.url,
    fact_coverage.published_on,
    fact_coverage.fetched_at,
    fact_coverage.days_late,
    dim_county.prefecture,
    fact_coverage.due_on,
    fact_coverage.first_seen_at,
    fact_coverage.withdrawn_at,
    fact_coverage.document_sha256,
    fact_coverage.evidence,
    fact_coverage.portal_key,
    fact_coverage.run_id,
    fact_coverage.looked_at,
    CASE fact_coverage.evidence
        WHEN 'document' THEN concat(
            'a document that was ',
            CASE
                WHEN fact_coverage.portal_key IS NULL THEN 'taken in by hand'
                ELSE concat(
                    'first seen on portal ', fact_coverage.portal_key, ' on ',
                    strftime(fact_coverage.first_seen_at, '%Y-%m-%d')
                )
            END,
            ', dated ' || fact_coverage.published_on,
            strftime(fact_coverage.withdrawn_at, ', gone since %Y-%m-%d')
        )
        WHEN 'listing' THEN concat(
            'listed on portal ', fact_coverage.portal_key, ' and not had: ',
            coalesce(fact_coverage.outcome, 'not asked for yet')
        )
        WHEN 'calendar' THEN concat('due on ', fact_coverage.due_on, ', after the last crawl')
        WHEN 'registry' THEN 'no portal is registered for the county or its prefecture'
        WHEN 'whole_list' THEN concat(
            'not in the list of portal ', fact_coverage.portal_key, ', read whole on ',
            strftime(fact_coverage.looked_at, '%Y-%m-%d')
        )
        WHEN 'visit' THEN concat(
            'no list that tells of the county was read whole after ', fact_coverage.due_on, '; portal ',
            fact_coverage.portal_key, ' was visited on ', strftime(fact_coverage.looked_at, '%Y-%m-%d'), ': ',
            fact_coverage.outcome
        )
        ELSE concat('portal ', fact_coverage.portal_key, ' has not been visited')
    END AS evidence_en,
    CASE fact_coverage.evidence
        WHEN 'document' THEN concat(
            '文件：',
            CASE
                WHEN fact_coverage.portal_key IS NULL THEN '人工入库'
                ELSE concat(
                    strftime(fact_coverage.first_seen_at, '%Y-%m-%d'), ' 首次见于网站 ', fact_coverage.portal_key
                )
            END,
            '，载明日期 ' || fact_coverage.published_on,
            strftime(fact_coverage.withdrawn_at, '，%Y-%m-%d 起已撤下')
        )
        WHEN 'listing' THEN concat(
            '网站 ', fact_coverage.portal_key, ' 列有而未取得：', coalesce(fact_coverage.outcome, '尚未请求')
        )
        WHEN 'calendar' THEN concat('期限为 ', fact_coverage.due_on, '，最近采集时未到期')
        WHEN 'registry' THEN '名录中没有该县或其所属地级政区的网站'
        WHEN 'whole_list' THEN concat(
            strftime(fact_coverage.looked_at, '%Y-%m-%d'), ' 读完网站 ', fact_coverage.portal_key, ' 的列表，未见'
        )
        WHEN 'visit' THEN concat(
            fact_coverage.due_on, ' 以后未能读完涉及该县的列表；网站 ', fact_coverage.portal_key, ' 于 ',
            strftime(fact_coverage.looked_at, '%Y-%m-%d'), ' 访问，结果：', fact_coverage.outcome
        )
        ELSE concat('网站 ', fact_coverage.portal_key, ' 尚未访问')
    END AS evidence_zh
FROM fact_coverage
JOIN dim_county USING (county_key);

COMMENT ON VIEW coverage IS 'What is known of the report of every county in force in every year since 2008: silence has a row too. Exactly one state each / 2008年以来每年每个有效县级行政区的报告情况：没有报告也有一行，且只有一种状态';
COMMENT ON COLUMN coverage.county_code IS 'Division code in force in the year (GB/T 2260) / 该年度有效的行政区划代码';
COMMENT ON COLUMN coverage.county_name IS 'Name of the county in the year / 该年度的县名';
COMMENT ON COLUMN coverage.prefecture IS 'Prefecture-level parent; 直辖 where there is none / 所属地级行政区；无则为“直辖”';
COMMENT ON COLUMN coverage.province IS 'Province-level parent / 所属省级行政区';
COMMENT ON COLUMN coverage.year IS 'The year to be reported on / 应报告的年度';
COMMENT ON COLUMN coverage.state IS 'published (figures were read), published_late (and after due_on), found_unreadable, image_only (pictures that could not be read), blocked (the portal refuses), withdrawn, listed_without_file, not_found (not in a list read whole after due_on), not_yet_due, no_portal_known, not_looked (no look that says anything) / published 已读出数据、published_late 逾期公布、found_unreadable 有文件未能读出、image_only 仅有图片且未能读出、blocked 网站拒绝访问、withdrawn 已撤下、listed_without_file 列有而无文件、not_found 到期后读完列表未见、not_yet_due 未到期、no_portal_known 网站不详、not_looked 尚无有效查找';
COMMENT ON COLUMN coverage.url IS 'Where the document was fetched from, or where the list says it is / 文件获取地址，或列表所指地址';
COMMENT ON COLUMN coverage.due_on IS 'The legal day of publication, 31 March of the next year / 法定公布期限，次年3月31日';
COMMENT ON COLUMN coverage.published_on IS 'Date of publication that the list of reports gives; null while unknown / 列表所载发布日期；未知则为空';
COMMENT ON COLUMN coverage.fetched_at IS 'When the document was fetched, UTC / 获取时间（协调世界时）';
COMMENT ON COLUMN coverage.days_late IS 'Days from due_on to publication, at least, 0 where it was in time; null while unknown / 逾期天数（至少），按期为0；未知则为空';
COMMENT ON COLUMN coverage.first_seen_at IS 'When it was first seen, UTC / 首次见到的时间（协调世界时）';
COMMENT ON COLUMN coverage.withdrawn_at IS 'When it was found to be gone, UTC; null unless it is / 发现撤下的时间（协调世界时）；未撤下则为空';
COMMENT ON COLUMN coverage.document_sha256 IS 'SHA-256 of the document that the state rests on / 所依据文件的 SHA-256';
COMMENT ON COLUMN coverage.evidence IS 'What the state rests on: document, listing (a list names it), calendar, registry, whole_list (a look at the whole list), visit, no_visit / 依据：document 文件、listing 列表所列、calendar 期限未到、registry 网站名录、whole_list 读完整列表、visit 访问、no_visit 未曾访问';
COMMENT ON COLUMN coverage.portal_key IS 'The portal that the state rests on, by the code it is registered under / 所依据的网站，以登记代码表示';
COMMENT ON COLUMN coverage.run_id IS 'The night of the crawl that first saw it, or that looked, see gouji crawl --status / 首次见到报告或进行查找的采集批次';
COMMENT ON COLUMN coverage.looked_at IS 'When the portal was last looked at, where nothing was found, UTC / 未见报告时最近一次查看的时间（协调世界时）';
COMMENT ON COLUMN coverage.evidence_en IS 'The evidence in words, English / 依据说明（英文）';
COMMENT ON COLUMN coverage.evidence_zh IS 'The evidence in words, Chinese / 依据说明（中文）';
