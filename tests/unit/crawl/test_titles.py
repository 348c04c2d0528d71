import pytest

from etl.crawl.titles import Title, judge
from etl.places import Counties, load_counties
from etl.resources import DATA

SUIZHONG, XIANNING, CHAOYANG, HONGZE = "211421", "421200", "110105", "320813"
KUANCHENG, CHENGDE, DONGCHENG, ZICHANG = "130827", "130800", "110101", "610681"


@pytest.fixture(scope="module")
def counties() -> Counties:
    return load_counties((DATA / "counties.csv",))


@pytest.mark.parametrize(
    ("text", "portal", "year", "body", "code"),
    [
        ("绥中县2024年政府信息公开工作年度报告", SUIZHONG, 2024, "county", SUIZHONG),
        ("绥中县人民政府2023年政府信息公开工作年度报告", SUIZHONG, 2023, "county", SUIZHONG),
        ("绥中县人民政府 2022 年度政府信息公开工作报告", SUIZHONG, 2022, "county", SUIZHONG),
        ("辽宁省绥中县2019年政府信息公开工作年度报告", SUIZHONG, 2019, "county", SUIZHONG),
        ("2022年政府信息公开年报", SUIZHONG, 2022, None, SUIZHONG),
        ("2021年政府信息公开工作年度报告", SUIZHONG, 2021, None, SUIZHONG),
        ("政府信息公开工作年度报告（2019年）", SUIZHONG, 2019, None, SUIZHONG),
        ("政府信息公开2018年度报告", SUIZHONG, 2018, None, SUIZHONG),
        ("2023年年报", SUIZHONG, 2023, None, SUIZHONG),
        ("绥中县2023年年度报告", SUIZHONG, 2023, "county", SUIZHONG),
        ("二〇一五年绥中县政府信息公开年度报告", SUIZHONG, 2015, "county", SUIZHONG),
        ("绥中县2023年政务公开工作年度报告", SUIZHONG, 2023, "county", SUIZHONG),
        ("关于印发绥中县2023年政府信息公开工作年度报告的通知", SUIZHONG, 2023, "county", SUIZHONG),
        ("绥中县人民政府关于2020年政府信息公开工作年度报告", SUIZHONG, 2020, "county", SUIZHONG),
        ("[2024-01-30] 绥中县2023年政府信息公开工作年度报告", SUIZHONG, 2023, "county", SUIZHONG),
        ("绥中县2023年政府信息公开工作年度报告 2024-01-30", SUIZHONG, 2023, "county", SUIZHONG),
        ("绥中县人民政府办公室2021年政府信息公开工作年度报告", SUIZHONG, 2021, "office", SUIZHONG),
        ("县政府办公室2021年政府信息公开工作年度报告", SUIZHONG, 2021, "office", SUIZHONG),
        ("绥中县2023年政府信息公开工作年…", SUIZHONG, 2023, "county", SUIZHONG),
        ("绥中县2023年政府信息公开...", SUIZHONG, 2023, "county", SUIZHONG),
        ("绥中县人民政府办公室关于2023年政府信息公开工作情况的报告", SUIZHONG, 2023, "office", SUIZHONG),
        ("关于绥中县2019年政府信息公开工作情况的报告", SUIZHONG, 2019, "county", SUIZHONG),
        ("2023年绥中县政府信息公开报告", SUIZHONG, 2023, "county", SUIZHONG),
        ("2023年度政府信息公开报告", SUIZHONG, 2023, None, SUIZHONG),
        ("绥中县2023年政府信息公开年度工作报告", SUIZHONG, 2023, "county", SUIZHONG),
        ("绥中县政府信息公开工作2010年度报告", SUIZHONG, 2010, "county", SUIZHONG),
        ("绥中县2009年政府信息公开年度报告.pdf", SUIZHONG, 2009, "county", SUIZHONG),
        ("２０２３年绥中县政府信息公开工作年度报告", SUIZHONG, 2023, "county", SUIZHONG),
        ("二○二二年绥中县政府信息公开工作年度报告", SUIZHONG, 2022, "county", SUIZHONG),
        ("绥中县（本级）2023年政府信息公开工作年度报告", SUIZHONG, 2023, "county", SUIZHONG),
        ("县本级2023年政府信息公开工作年度报告", SUIZHONG, 2023, "county", SUIZHONG),
        ("县级政府信息公开2022年年报", SUIZHONG, 2022, "county", SUIZHONG),
        ("县人民政府2022年政府信息公开工作年度报告", SUIZHONG, 2022, "county", SUIZHONG),
        ("绥中县政府系统2013年政府信息公开工作年度报告", SUIZHONG, 2013, "county", SUIZHONG),
        ("绥中县2023年政府信息公开工作年度报各", SUIZHONG, 2023, "county", SUIZHONG),
        ("绥中县2023年政府信息公开工作年底报告", SUIZHONG, 2023, "county", SUIZHONG),
        ("绥中县2023年政府信息工作年度报告", SUIZHONG, 2023, "county", SUIZHONG),
        ("绥中县2023年政府信息公工作年度报告", SUIZHONG, 2023, "county", SUIZHONG),
        ("绥中县2023年政府信息公开工作年度报", SUIZHONG, 2023, "county", SUIZHONG),
        ("绥中2023年政府信息公开年报", SUIZHONG, 2023, "county", SUIZHONG),
        ("葫芦岛市绥中县2023年政府信息公开工作年度报告", SUIZHONG, 2023, "county", SUIZHONG),
        ("宽城县2021年政府信息公开年报", KUANCHENG, 2021, "county", KUANCHENG),
        ("宽城县政府办2021年政府信息公开年报", KUANCHENG, 2021, "office", KUANCHENG),
        ("宽城满族自治县人民政府办公室2021年政府信息公开年报", KUANCHENG, 2021, "office", KUANCHENG),
        ("宽城县2021年政府信息公开年报", CHENGDE, 2021, "county", KUANCHENG),
        ("东城区2023年政府信息公开工作年度报告", DONGCHENG, 2023, "county", DONGCHENG),
        ("子长县2018年政府信息公开工作年度报告", ZICHANG, 2018, "county", "610623"),
        ("朝阳区2023年政府信息公开工作年度报告", CHAOYANG, 2023, "county", CHAOYANG),
        ("北京市朝阳区人民政府2023年政府信息公开工作年度报告", CHAOYANG, 2023, "county", CHAOYANG),
        ("洪泽县2014年政府信息公开年度报告", HONGZE, 2014, "county", "320829"),
        ("洪泽区2017年政府信息公开年度报告", HONGZE, 2017, "county", HONGZE),
        ("通城县2024年政府信息公开工作年度报告", XIANNING, 2024, "county", "421222"),
        ("赤壁市人民政府2023年政府信息公开工作年度报告", XIANNING, 2023, "county", "421281"),
        ("咸安区2022年政府信息公开年报", XIANNING, 2022, "county", "421202"),
    ],
)
def test_reports_that_are_wanted(
    counties: Counties, text: str, portal: str, year: int, body: str | None, code: str
) -> None:
    title = judge(text, counties, portal)
    assert title == Title(text, True, None, year, body, code)
    assert title.is_wanted


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("绥中县自然资源局2023年政府信息公开工作年度报告", "department"),
        ("县应急管理局2023年度政府信息公开年报", "department"),
        ("绥中县残联2023年政府信息公开工作年度报告", "department"),
        ("绥中县融媒体中心2022年政府信息公开工作年度报告", "department"),
        ("县住建局2020年政府信息公开工作报告", "department"),
        ("绥中县公安局2021年政府信息公开年度报告", "department"),
        ("绥中县税务局2021年政府信息公开年度报告", "department"),
        ("2023年绥中县农业农村局政府信息公开工作年度报告", "department"),
        ("西甸子镇2023年政府信息公开工作年度报告", "township"),
        ("绥中县西平坡满族乡2023年政府信息公开工作年度报告", "township"),
        ("城郊街道办事处2022年政府信息公开年报", "township"),
        ("高台镇人民政府2021年政府信息公开工作年度报告", "township"),
        ("东戴河新区管委会2023年政府信息公开工作年度报告", "park"),
        ("绥中镇2023年政府信息公开工作年度报告", "township"),
        ("县委办公室2022年政府信息公开工作年度报告", "department"),
        ("绥中县政务服务管理办公室2022年政府信息公开工作年度报告", "department"),
        ("绥中县人民医院2018年政府信息公开工作年度报告", "department"),
        ("2023年各部门政府信息公开工作年度报告", "department"),
        ("财政局2023年年报", "department"),
        ("绥中滨海经济开发区2022年政府信息公开工作年度报告", "park"),
    ],
)
def test_reports_of_other_bodies_are_told_apart(counties: Counties, text: str, body: str) -> None:
    title = judge(text, counties, SUIZHONG)
    assert title.is_report
    assert title.body == body
    assert not title.is_wanted


@pytest.mark.parametrize(
    ("text", "why_not"),
    [
        ("一图读懂：绥中县2023年政府信息公开工作年度报告", "picture"),
        ("【图解】绥中县2022年政府信息公开工作年度报告", "picture"),
        ("长图：2023年政府信息公开年报", "picture"),
        ("《绥中县2023年政府信息公开工作年度报告》政策解读", "explanation"),
        ("关于做好2023年政府信息公开工作年度报告编制工作的通知", "notice"),
        ("关于开展2022年度政府信息公开年报编制和发布工作的通知", "notice"),
        ("关于报送2021年政府信息公开工作年度报告的通知", "notice"),
        ("2023年政府信息公开工作年度报告格式", "notice"),
        ("绥中县召开2023年政府信息公开年报编制工作会议", "notice"),
        ("关于绥中县2023年政府信息公开工作年度报告的说明", "explanation"),
        ("葫芦岛市2023年政府信息公开工作年度报告", "prefecture"),
        ("辽宁省人民政府2023年政府信息公开工作年度报告", "prefecture"),
        ("葫芦岛市财政局2023年政府信息公开工作年度报告", "prefecture"),
        ("绥中县2023年政府信息公开工作要点", "no_report"),
        ("2022年度政府信息公开统计表", "no_report"),
        ("2023年", "no_report"),
        ("绥中县2023年法治政府建设年度报告", "another_report"),
        ("绥中县2023年法治政府建设情况报告", "another_report"),
        ("绥中县政府网站工作年度报告（2023年度）", "another_report"),
        ("2024年政府信息公开工作年度报告制度", "instructions"),
        ("政府信息公开年报", "no_year"),
        ("政府信息公开工作年度报告", "no_year"),
        ("绥中县政府信息公开工作年度报告", "no_year"),
        ("2023年政府网站工作年度报表", "no_report"),
        ("绥中县2023年国民经济和社会发展统计公报", "no_report"),
        ("绥中县2024年政府工作报告", "no_report"),
        ("2024年度部门预算公开", "no_report"),
        ("政府信息公开指南", "no_report"),
        ("政府信息公开制度", "no_report"),
        ("依申请公开", "no_report"),
        ("法定主动公开内容", "no_report"),
        ("首页", "no_report"),
        ("", "no_report"),
        ("2023年企业年报公示工作启动", "no_report"),
        ("某公司2023年年度报告披露", "no_report"),
        ("建昌县2023年政府信息公开工作年度报告", "another_county"),
    ],
)
def test_what_is_no_report_of_the_county_says_why(counties: Counties, text: str, why_not: str) -> None:
    title = judge(text, counties, SUIZHONG)
    assert title.why_not == why_not
    assert not title.is_wanted


@pytest.mark.parametrize("portal", ["430100", "430121"])  # 长沙市, 长沙县
@pytest.mark.parametrize(
    "text", ["长沙市2023年政府信息公开工作年度报告", "长沙市人民政府2023年政府信息公开年报"]
)
def test_a_prefecture_is_not_taken_for_the_county_of_its_name(
    counties: Counties, text: str, portal: str
) -> None:
    assert judge(text, counties, portal).why_not == "prefecture"


@pytest.mark.parametrize(
    "text",
    [
        "咸宁市2024年政府信息公开工作年度报告",
        "咸宁市人民政府2023年政府信息公开工作年度报告",
        "2022年政府信息公开年报",
        "市人民政府办公室2022年政府信息公开工作年度报告",
        "湖北省2022年政府信息公开工作年度报告",
        "通城县财政局2024年政府信息公开工作年度报告",
        "咸宁市财政局2024年政府信息公开工作年度报告",
        "咸宁高新区2023年政府信息公开工作年度报告",
    ],
)
def test_a_prefecture_column_gives_only_its_counties(counties: Counties, text: str) -> None:
    assert not judge(text, counties, XIANNING).is_wanted


def test_every_county_is_told_on_its_own_portal_and_in_the_column_of_its_prefecture(counties: Counties) -> None:
    wrong = [
        (text, portal)
        for county in counties.all
        if county.in_force(2024)
        for text, body in (
            (f"{county.name}2024年政府信息公开工作年度报告", "county"),
            (f"{county.name}人民政府办公室2024年政府信息公开年报", "office"),
        )
        for portal in (county.code, f"{county.code[:4]}00")
        if judge(text, counties, portal) != Title(text, True, None, 2024, body, county.code)
    ]
    assert wrong == []


@pytest.mark.parametrize("title", ["东莞市2023年政府信息公开工作年度报告", "2023年政府信息公开工作年度报告"])
def test_a_city_without_counties_has_reports_of_its_own(title: str) -> None:
    counties = load_counties((DATA / "counties.csv", DATA / "bodies.csv"))
    judged = judge(title, counties, "441900")
    assert judged.is_wanted
    assert judged.county_code == "441900"
