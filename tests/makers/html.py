"""Portal pages: the same document as seven content systems would publish it, in any encoding they use."""

import codecs
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from tests.makers import furniture
from tests.makers.html_table import Markup, table_html, words
from tests.makers.layout import Document, Grid
from tests.makers.prose import Paragraph
from tests.makers.report import Report


@dataclass(frozen=True)
class Encoding:
    """How a page's text becomes bytes, and what its meta claims; None for no claim."""

    codec: str
    claim: str | None
    bom: bool = False


ENCODINGS: Mapping[str, Encoding] = {
    "utf8": Encoding("utf-8", "utf-8"),
    "utf8_bom": Encoding("utf-8", "utf-8", bom=True),
    "utf8_unclaimed": Encoding("utf-8", None),
    "utf8_claims_gbk": Encoding("utf-8", "gb2312"),
    "gbk": Encoding("gbk", "gbk"),
    "gbk_claims_gb2312": Encoding("gbk", "GB2312"),
    "gbk_unclaimed": Encoding("gbk", None),
    "gbk_claims_utf8": Encoding("gbk", "utf-8"),
    "gb18030": Encoding("gb18030", "gb18030"),
    "ascii_entities": Encoding("ascii", "iso-8859-1"),  # every Chinese character as &#…;
    "gb18030_claims_gb2312": Encoding("gb18030", "gb2312"),
}


@dataclass(frozen=True)
class Page:
    """What a style needs: the document, when it was published, and chance for the furniture."""

    document: Document
    published: date
    rng: Random
    meta: str  # the charset claim as a tag, or ""

    @property
    def report(self) -> Report:
        return self.document.report

    @property
    def title(self) -> str:
        return words(self.report.title)


def published_on(report: Report) -> date:
    """A day in the first quarter after the report year."""
    return date(report.year + 1, 1, 8) + timedelta(days=report.seed % 80)


def html(document: Document, style: str, encoding: str, *, with_hidden_table: bool = False) -> bytes:
    """The document as a page of ``style`` (STYLES), in ``encoding`` (ENCODINGS)."""
    how = ENCODINGS[encoding]
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={how.claim}">' if how.claim else ""
    rng = Random(f"page {document.report.seed} {style}")
    text = STYLES[style](Page(document, published_on(document.report), rng, meta))
    if with_hidden_table:
        opened = text.lower().index("<body")
        end = text.index(">", opened) + 1
        text = text[:end] + furniture.hidden_table(rng) + text[end:]
    return (codecs.BOM_UTF8 if how.bom else b"") + text.encode(how.codec, "xmlcharrefreplace")


def _body(
    document: Document, markup: Markup, paragraph: Callable[[Paragraph], str], *, title: bool = False
) -> str:
    parts = []
    for block in document.blocks:
        if isinstance(block, Grid):
            parts.append(table_html(block, markup))
        elif title or block.kind != "title":
            parts.append(paragraph(block))
    return "\n".join(parts)


def _plain(paragraph: Paragraph) -> str:
    tag = {"title": "h1", "heading": "h3"}.get(paragraph.kind, "p")
    return f"<{tag}>{words(paragraph.text)}</{tag}>"


def trs(page: Page) -> str:
    """TRS WCM: TRS_Editor around text pasted from Word."""
    report = page.report

    def paragraph(block: Paragraph) -> str:
        bold = "<b>" if block.kind == "heading" else ""
        return (
            f'<p class="MsoNormal" style="text-indent:32pt">{bold}'
            '<span style="font-size:16pt;font-family:仿宋_GB2312">'
            f'{words(block.text)}</span><span lang="EN-US"><o:p></o:p></span>{bold.replace("<", "</")}</p>'
        )

    body = _body(
        page.document, Markup("mso", attributes='class="MsoNormalTable" border="1" cellspacing="0"'), paragraph
    )
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "">
<html xmlns="http://www.w3.org/1999/xhtml"><head>{page.meta}<title>{page.title}_{report.name}人民政府</title>
<meta name="publishdate" content="{page.published}"></head><body>
<div class="head">{furniture.navigation(page.rng)}</div>
<div class="left">{furniture.calendar(page.rng)}{furniture.site_statistics(page.rng)}</div>
<div class="wz"><h2 class="bt">{page.title}</h2>
<div class="ly">发布时间：{page.published}　来源：{words(report.publisher)}</div>
<div class="TRS_Editor"><style type="text/css">.TRS_Editor P{{margin:0}}</style>{body}</div></div>
{furniture.related_links(report, page.rng)}{furniture.footer(report, page.rng)}{furniture.hidden(page.rng)}
</body></html>"""


def hanweb(page: Page) -> str:
    """Hanweb jcms: the article in div#zoom between marker comments, an index table above it."""
    report = page.report
    body = _body(page.document, Markup("paragraph", thead=True), _plain)
    index = (
        f"<table class='xxgk'><tr><td>索引号</td>"
        f"<td>{report.place.code}/{report.year}-0{page.rng.randint(1000, 9999)}</td>"
        f"<td>发布日期</td><td>{page.published}</td></tr><tr><td>发布机构</td><td>{words(report.publisher)}</td>"
        f"<td>文号</td><td>无</td></tr><tr><td>名称</td><td colspan=3>{page.title}</td></tr></table>"
    )
    return f"""<!doctype html><html><head>{page.meta}
<title>{report.name}人民政府 信息公开 {page.title}</title></head>
<body>{furniture.navigation(page.rng)}{index}
<!--<$[标题名称(html)]>begin--><p class="title">{page.title}</p><!--<$>end-->
<div id="zoom"><!--ZJEG_RSS.content.begin-->{body}<!--ZJEG_RSS.content.end--></div>
{furniture.site_statistics(page.rng)}{furniture.footer(report, page.rng)}{furniture.hidden(page.rng)}
</body></html>"""


def ucap(page: Page) -> str:
    """UCAP: what the page is stands in meta tags, the words in div.pages_content."""
    report = page.report
    body = _body(page.document, Markup("span", th=True, indent=False), _plain)
    return f"""<!DOCTYPE html><html lang="zh"><head>{page.meta}
<meta name="SiteName" content="{report.name}人民政府"><meta name="ArticleTitle" content="{page.title}">
<meta name="PubDate" content="{page.published} 09:30">
<meta name="ContentSource" content="{words(report.publisher)}">
<meta name="ColumnName" content="政府信息公开年报"><title>{page.title}</title></head>
<body><div class="header">{furniture.navigation(page.rng)}</div>
<div class="article"><h1>{page.title}</h1><div class="info"><span>{page.published}</span></div>
<div class="pages_content"><div id="UCAP-CONTENT">{body}</div></div></div>
<aside>{furniture.leaders()}{furniture.related_links(report, page.rng)}</aside>
{furniture.footer(report, page.rng)}</body></html>"""


def gkmlpt(page: Page) -> str:
    """The Guangdong disclosure platform: article-content, figures in divs, everything on long lines."""
    report = page.report
    markup = Markup(
        "div", all_spans=True, indent=False, attributes='width="100%" style="border-collapse:collapse"'
    )
    body = _body(page.document, markup, lambda block: f"<p><br/>{words(block.text)}</p>").replace("\n", "")
    return (
        f"<!DOCTYPE html><html><head>{page.meta}<title>{page.title}-{report.name}政府信息公开平台</title>"
        f"</head><body><div class='gkmlpt'><div class='side'>{furniture.navigation(page.rng)}</div>"
        "<div class='classify'><table><tr>"
        f"<td>分类：</td><td>年度报告</td><td>发布机构：</td><td>{words(report.publisher)}</td></tr></table></div>"
        f"<h1 class='content-title'>{page.title}</h1><div class='article-content'>{body}</div></div>"
        f"{furniture.hidden(page.rng)}{furniture.footer(report, page.rng)}</body></html>"
    )


def old_tables(page: Page) -> str:
    """A site of the early 2000s: layout by nested tables, capitals, cells never closed, no doctype."""
    report = page.report
    markup = Markup("font", upper=True, close=False, attributes="border=1 cellSpacing=0 width=620")
    body = _body(page.document, markup, lambda block: f"<P>　　{words(block.text)}<BR>")
    return f"""<HTML><HEAD>{page.meta}<TITLE>{page.title}</TITLE></HEAD><BODY bgColor=#ffffff>
<CENTER>{furniture.navigation_table(page.rng)}
<TABLE width=980 border=0><TR><TD width=200 vAlign=top><TABLE><TR><TD>站内导航<TR><TD><A href=#>行政许可</A>
<TR><TD><A href=#>行政处罚</A></TABLE>{furniture.calendar(page.rng)}
<TD vAlign=top><TABLE width=100%><TR><TD align=middle><FONT size=5>{page.title}</FONT>
<TR><TD align=middle>作者：{words(report.publisher)}　日期：{page.published}
点击数：{page.rng.randint(3, 9999)}
<TR><TD>{body}
</TABLE></TABLE>{furniture.footer(report, page.rng)}</CENTER></BODY></HTML>"""


def word(page: Page) -> str:
    """Saved by Word as a web page: namespaces, conditional comments, the title only in the text."""

    def paragraph(block: Paragraph) -> str:
        style = "font-size:16.0pt;font-family:仿宋"
        return f"<p class=MsoNormal><span style='{style}'>{words(block.text)}<o:p></o:p></span></p>"

    body = _body(page.document, Markup("mso", attributes="class=MsoTableGrid border=1"), paragraph, title=True)
    return f"""<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40"><head>{page.meta}
<meta name=Generator content="Microsoft Word 15"><!--[if gte mso 9]><xml><w:WordDocument><w:View>Print</w:View>
</w:WordDocument></xml><![endif]--><style><!-- p.MsoNormal {{margin:0cm;}}
@page WordSection1 {{size:595.3pt 841.9pt;}}
--></style></head><body lang=ZH-CN><div class=WordSection1 style='layout-grid:15.6pt'>
{body}</div></body></html>"""


def vsb(page: Page) -> str:
    """VSB 博达: div.v_news_content, paragraphs as divs, breadcrumbs with the year in them."""
    report = page.report
    body = _body(page.document, Markup(th=True, thead=True, attributes="class='et'"), _plain)
    return f"""<!DOCTYPE HTML><HTML><HEAD>{page.meta}<TITLE>{page.title}-{report.name}人民政府门户网站</TITLE>
<META Name="keywords" Content="{report.name},年报"></HEAD><BODY><div class="pos">
当前位置：首页 &gt; 年度报告 &gt;
{page.published.year} &gt; 正文</div>{furniture.navigation(page.rng)}
<form name="_newscontent_fromname"><div class="content-title"><h3>{page.title}</h3>
<span>{page.published}</span></div>
<div id="vsb_content"><div class="v_news_content">{body}</div></div></form>
<div>上一条：{report.year}年{report.place.seat}直部门预算公开</div>{furniture.related_links(report, page.rng)}
{furniture.footer(report, page.rng)}</BODY></HTML>"""


STYLES: Mapping[str, Callable[[Page], str]] = {
    "trs": trs,
    "hanweb": hanweb,
    "ucap": ucap,
    "gkmlpt": gkmlpt,
    "old_tables": old_tables,
    "word": word,
    "vsb": vsb,
}
"""The content systems, by name."""
