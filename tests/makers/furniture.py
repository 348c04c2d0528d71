"""What else stands on a portal's page: navigation, other tables, footers. None of it belongs to the report."""

from random import Random

from tests.makers.report import Report


def navigation(rng: Random) -> str:
    """Nested lists of links, some named like rows of the form."""
    items = [
        "首页",
        "政务公开",
        "政务服务",
        "互动交流",
        "行政许可",
        "行政处罚",
        "规章",
        "政府信息公开年报",
        "依申请公开",
    ]
    rng.shuffle(items)
    return (
        "<ul class='nav'>"
        + "".join(f"<li><a href='/{i}/'>{item}</a></li>" for i, item in enumerate(items))
        + "</ul>"
    )


def navigation_table(rng: Random) -> str:
    """A navigation bar made of table cells, as old sites do."""
    items = ["网站首页", "机构职能", "政策法规", "行政许可", "财政信息", "信息公开年报"]
    rng.shuffle(items)
    return (
        "<table width=980><tr>"
        + "".join(f"<td><a href='#'>{item}</a></td>" for item in items)
        + "</tr></table>"
    )


def calendar(rng: Random) -> str:
    start, days = rng.randint(0, 6), rng.randint(28, 31)
    cells = [""] * start + [str(day) for day in range(1, days + 1)]
    cells += [""] * (-len(cells) % 7)
    rows = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells[at : at + 7]) + "</tr>"
        for at in range(0, len(cells), 7)
    )
    return (
        "<table class='calendar'><tr>"
        + "".join(f"<th>{d}</th>" for d in "日一二三四五六")
        + f"</tr>{rows}</table>"
    )


def site_statistics(rng: Random) -> str:
    """本站统计: a side box that counts the pages of each column of the site, 行政许可 among them."""
    names = ("机构信息", "政策文件", "行政许可", "行政处罚", "财政预决算", "总计")
    rows = "".join(
        f"<tr><td><a href='/c{i}/'>{name}</a></td><td>{rng.randint(1, 90)}</td>"
        f"<td>{rng.randint(90, 9999)}</td></tr>"
        for i, name in enumerate(names)
    )
    return (
        "<table class='tj' border='0'><tr><th colspan='3'>本站信息统计</th></tr>"
        f"<tr><td>栏目</td><td>本月</td><td>访问量</td></tr>{rows}</table>"
    )


def leaders() -> str:
    rows = (
        ("县长", "主持全面工作"),
        ("副县长", "负责发展改革、财政、行政审批"),
        ("副县长", "负责公安、司法、行政复议"),
    )
    return (
        "<table border='1'><tr><th>职务</th><th>分工</th></tr>"
        + "".join(f"<tr><td>{post}</td><td>{duty}</td></tr>" for post, duty in rows)
        + "</table>"
    )


def related_links(report: Report, rng: Random) -> str:
    """相关链接: reports of other years and other bodies, by name."""
    seat = report.place.seat
    links = [
        f"{report.name}人民政府{report.year - 1}年政府信息公开工作年度报告",
        f"{seat}财政局{report.year}年政府信息公开工作年度报告",
        f"{seat}教育局{report.year - rng.randint(1, 3)}年政府信息公开工作年度报告",
        f"国务院办公厅关于{report.year + 1}年部分节假日安排的通知",
    ]
    rng.shuffle(links)
    return (
        "<div class='xglj'><h3>相关链接</h3><ul>"
        + "".join(f"<li><a href='#'>{x}</a></li>" for x in links)
        + "</ul></div>"
    )


def footer(report: Report, rng: Random) -> str:
    return (
        f"<div class='footer'>主办：{report.name}人民政府办公室　网站标识码：{rng.randint(10**9, 10**10 - 1)}　"
        f"备案号：示例备{rng.randint(10000, 99999)}号　您是第{rng.randint(1000, 9999999)}位访客</div>"
    )


def hidden(rng: Random) -> str:
    """Scripts, comments and unseen elements that hold table markup of their own."""
    return (
        "<!-- <table><tr><td>行政许可</td><td>99999</td></tr></table> -->"
        "<script>var tpl='<table><tr><td>行政处罚</td><td>88888</td></tr></table>';</script>"
        f"<input type='hidden' name='token' value='{rng.randint(0, 10**8)}'>"
        "<noscript><div>请启用脚本</div></noscript><style>td{padding:0}</style>"
    )


def hidden_table(rng: Random) -> str:
    """A template table that no reader sees: display:none."""
    return (
        '<div style="display:none"><table><tr><td>第二十条第（五）项</td><td></td></tr><tr><td>信息内容</td>'
        "<td>本年处理决定数量</td></tr><tr><td>行政许可</td>"
        f"<td>{rng.randint(10000, 99999)}</td></tr></table></div>"
    )
