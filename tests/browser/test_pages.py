"""What a reader of the pages can rely on, asked of a real browser."""

import itertools
import re
from pathlib import Path

import pytest
from tests.browser.conftest import EVIL, REPORT, SITE, WIDTHS

CONTRAST = (Path(__file__).parent / "contrast.js").read_text("utf-8")
PAGES = (REPORT, f"{SITE}/index.html", f"{SITE}/invoice/1.0.0.html")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_every_width_and_asks_for_nothing_outside_itself(written, opener, name):
    with opener() as opened:
        for width in WIDTHS:
            opened.page.set_viewport_size({"width": width, "height": 800})
            page = opened.goto(written / name)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert opened.asked == [(written / name).as_uri()]
            assert opened.complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out_from_its_ground(written, opener, scheme):
    with opener(color_scheme=scheme) as opened:
        for name in PAGES:
            page = opened.goto(written / name)
            page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
            ratios = page.evaluate(CONTRAST)
            assert len(ratios) > 5
            assert {each: ratio for each, ratio in ratios.items() if ratio < 4.5} == {}
            ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
            assert (sum(map(int, re.findall(r"\d+", ground))) > 3 * 128) == (scheme == "light"), ground


@pytest.mark.parametrize("name", PAGES)
def test_a_screen_reader_finds_its_way(written, opener, name):
    with opener() as opened:
        page = opened.goto(written / name)
        assert page.locator("html").get_attribute("lang") == "en"
        assert page.title()
        assert [page.locator(each).count() for each in ("header", "main", "footer", "h1")] == [1, 1, 1, 1]
        levels = page.locator("h1,h2,h3,h4").evaluate_all("all => all.map(each => +each.localName[1])")
        assert all(below - above <= 1 for above, below in itertools.pairwise(levels)), levels
        assert page.locator("th:not([scope])").count() == 0
        ids = page.locator("[id]").evaluate_all("all => all.map(each => each.id)")
        assert len(ids) == len(set(ids))
        named = page.locator("[role=region],nav,button,input").evaluate_all(
            "all => all.map(each => each.ariaLabel || each.closest('label')?.innerText || each.innerText)"
        )
        assert all(named), named


def test_the_keyboard_reaches_every_copy_button_and_shows_where_it_is(written, opener):
    with opener() as opened:
        page = opened.goto(written / REPORT)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
        reached = set()
        for _ in range(60):
            page.keyboard.press("Tab")
            name, label, outline = page.evaluate(
                "(at => [at.localName, at.ariaLabel, getComputedStyle(at).outlineStyle])(document.activeElement)"
            )
            if name == "body":  # Past the last one, the keyboard is in the browser's own bars.
                break
            assert outline != "none", (name, label)
            reached.add(label)
        assert "Copy: the curl line of broken-accepted.schema-required" in reached


def test_a_copied_curl_line_is_the_line_that_is_shown(written, opener):
    with opener(permissions=["clipboard-read", "clipboard-write"]) as opened:
        page = opened.goto(written / REPORT)
        box = page.locator("#failure-1 figure", has_text="Send it with curl")
        box.get_by_role("button").click()
        box.get_by_text("Copied").wait_for()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == box.locator("pre").text_content()
        assert copied.endswith("--data-binary @-")
        assert '"$DATALAB_API_KEY"' in copied


def test_what_is_wrong_stands_first_and_tells_what_to_do(written, opener):
    with opener() as opened:
        page = opened.goto(written / REPORT)
        assert re.fullmatch(r"✗ \d+ problems", page.locator("h1").inner_text())
        assert page.locator("h2").first.inner_text() == "What is wrong"
        told = page.locator("section[aria-labelledby=wrong]").first.inner_text()
        assert "pageschema freeze invoice" in told
        assert "pageschema replay .pageschema/failures/broken-accepted.schema-required.json --fault" in told


def test_the_matrix_has_each_clause_with_its_outcomes_and_the_failed_first(written, opener):
    with opener() as opened:
        opened.goto(written / REPORT)
        rows = opened.table("section[aria-labelledby=clauses] table")
        assert len(rows) > 20
        assert rows[0][0].startswith("schema-required ")
        assert rows[0][1] == "documented"
        assert rows[0][4].startswith("✗ ")
        assert all(re.fullmatch(r"never|[\d,]+", row[column]) for row in rows for column in (2, 3))


def test_who_breaks_is_shown_with_an_extraction_of_each_side(written, opener):
    with opener() as opened:
        page = opened.goto(written / REPORT)
        sides = page.locator("details", has_text="3.0.0").locator(".sides > *")
        told = sides.all_inner_texts()
        assert len(told) == 2
        assert '"total": 0' in told[0]
        assert "2.0.0 gives this, 3.0.0 refuses it" in told[0]
        assert "lacks gross" in told[0]
        assert '"gross": 0' in told[1]


def test_lint_is_told_by_field(written, opener):
    with opener() as opened:
        opened.goto(written / REPORT)
        rows = opened.table("section[aria-labelledby=lint] table")
        assert any(row[0] == "invoice" and row[1] == "/properties/gross" for row in rows), rows


def test_the_filter_leaves_the_rows_that_have_the_word(written, opener):
    with opener() as opened:
        page = opened.goto(written / REPORT)
        page.get_by_label("Show clauses with").fill("webhook")
        shown = page.locator("section[aria-labelledby=clauses] tbody tr:visible").all_inner_texts()
        assert shown
        assert all("webhook" in each.lower() for each in shown)


def test_without_javascript_all_is_there_but_the_buttons(written, opener):
    with opener(java_script_enabled=False) as opened:
        page = opened.goto(written / REPORT)
        assert page.get_by_role("button").count() == 0
        assert "--data-binary @-" in page.locator("#failure-1").inner_text()
        page.locator("summary").first.click()


def test_on_paper_closed_parts_are_open_and_nothing_is_cut_off(written, opener):
    with opener(768) as opened:
        page = opened.goto(written / REPORT)
        first = page.locator("details", has_text="the first version").last
        assert not first.locator("p").first.is_visible()
        page.emulate_media(media="print")
        assert first.locator("p").first.is_visible()
        assert not page.locator("nav").first.is_visible()
        cut = "[...document.querySelectorAll('pre')].filter(each => each.scrollWidth > each.clientWidth + 1).length"
        assert page.evaluate(cut) == 0


def test_what_a_description_says_is_text_and_nothing_else(written, opener):
    with opener() as opened:
        for name in (f"{SITE}/invoice/index.html", REPORT):
            opened.goto(written / name)
            assert opened.page.locator("img").count() == 0
            assert opened.page.locator("script").count() == 1
        opened.goto(written / SITE / "invoice" / "index.html")
        rows = opened.table("section[aria-labelledby=fields] table")
        assert rows[0][3] == EVIL.replace("\u202e", "\\u202e")
        assert opened.complaints == []


def test_every_link_leads_somewhere(written, opener):
    with opener() as opened:
        for path in [written / REPORT, *sorted((written / SITE).rglob("*.html"))]:
            page = opened.goto(path)
            links = page.locator("a").evaluate_all("all => all.map(each => each.href)")
            assert links
            for link in links:
                file, _, anchor = link.removeprefix("file://").partition("#")
                assert Path(file).is_file(), link
                if anchor:
                    assert Path(file) == path
                    assert page.evaluate("id => document.getElementById(id) !== null", anchor), link


def test_a_version_has_a_page_of_its_own_that_names_the_latest(written, opener):
    with opener() as opened:
        page = opened.goto(written / SITE / "index.html")
        page.get_by_role("link", name="2.0.0").click()
        assert page.locator("h1").inner_text() == "invoice 2.0.0"
        names = [row[0] for row in opened.table("section[aria-labelledby=fields] table")]
        assert "total" in names
        page.get_by_role("link", name="3.0.0 is.").click()
        assert page.locator("h1").inner_text() == "invoice 3.0.0"
        rows = {row[0]: row for row in opened.table("section[aria-labelledby=fields] table")}
        assert rows["gross"][1:3] == ["number", "yes"]
        assert rows["gross"][4] == "3.0.0"
        assert rows["kind"][4] == "1.0.0"
        assert "at least 0" in rows["lines[].amount"][3]
