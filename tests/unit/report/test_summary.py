"""Summaries in Markdown: what stands in them, and that nothing foreign is markup there."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from pageschema import diff
from pageschema.contract import KEY_PLACEHOLDER, Request
from pageschema.fuzzing import ClauseCount, Failure, FuzzResult
from pageschema.project.verification import Problem, Section, VerifyReport
from pageschema.report import comparison_markdown, fuzz_markdown, verify_markdown

HOSTILE = st.text(st.sampled_from("|`~<>&@[]()\\\n\r\u202e\x1b*_!#$%:/.a1 "), min_size=1, max_size=60)
OLD = {"type": "object", "properties": {"total": {"type": "number"}, "note": {"type": "string"}}}
NEW = {"type": "object", "properties": {"total": {"type": "string"}, "note": {"type": "string"}}}


class Tags(HTMLParser):
    """Notes each tag that a viewer of Markdown would see."""

    def __init__(self, text):
        super().__init__()
        self.seen = set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.seen.add(tag)


def outside_fences(shown):
    """Return the lines that are read as markup; a fence that is left open fails."""
    lines, fence = [], ""
    for each in shown.split("\n"):
        if fence:
            fence = "" if each == fence else fence
        elif each.startswith("```"):
            fence = re.match("`+", each)[0]
        else:
            lines.append(each)
    assert not fence, shown
    return lines


def assert_tame(shown, *, allowed=frozenset()):
    lines = outside_fences(shown)
    prose = "\n".join(lines)
    assert "@" not in prose
    assert Tags(prose).seen <= allowed
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert not re.search(r"(?<!\\)[`\[\]#~]", prose.replace("&#", ""))
    width = 0
    for each in lines:
        columns = len(re.findall(r"(?<!\\)\|", each))
        assert columns in ({width} if width and columns else {0, 4, 5}), each
        width = columns
    return prose


def reported(*sections):
    return VerifyReport(root=".", sections=sections, seed=0)


@given(HOSTILE, HOSTILE)
def test_what_a_schema_says_is_text_in_the_summary_of_verify(one, other):
    problems = (Problem(where=one, message=f"{other}\n{one}", remedy=one),)
    shown = verify_markdown(reported(Section(name="lint", summary=one, problems=problems, notes=(other,))))
    assert_tame(shown, allowed={"br"})


@given(HOSTILE)
def test_what_a_schema_says_is_text_in_a_comparison(name):
    def schema(kind):
        return {"type": "object", "properties": {name: {"type": kind, "enum": [name]}, "a": {"type": kind}}}

    assert_tame(comparison_markdown(diff(schema("string"), schema("number"))))


@given(HOSTILE)
def test_what_an_endpoint_says_is_text_in_the_summary_of_a_run(said):
    headers = (("x-api-key", KEY_PLACEHOLDER), ("x-said", said.encode("ascii", "replace").decode()))
    request = Request(method="POST", path="/api/v1/extract", headers=headers, body=said.encode())
    failure = Failure(check="server-error", clause=None, message=said, request=request, replay=f"/x/{said}.json")
    shown = fuzz_markdown(run(failure, stopped=said))
    assert_tame(shown)


def run(*failures, stopped=None):
    return FuzzResult(
        base_url="http://127.0.0.1:8000",
        seed=3,
        requests=2,
        accepted=1,
        unspecified=0,
        pages=1,
        clauses={"api-key": ClauseCount(strength="documented", valid=1, broken=1)},
        failures=failures,
        stopped=stopped,
    )


def test_a_summary_of_verify_says_first_what_is_wrong():
    wrong = Section(name="results", summary="3 kept results", problems=(Problem(where="a", message="b", remedy="c"),))
    shown = verify_markdown(reported(Section(name="lint", summary="2 schemas"), wrong)).split("\n")
    assert shown[0] == "**pageschema verify:** 1 problem"
    assert [each for each in shown if each[2:3] in "❌✅" and each] == [
        "| ❌ | results | 1 problem; 3 kept results |",
        "| ✅ | lint | 2 schemas |",
    ]
    assert "| a | b | c |" in shown
    assert verify_markdown(reported(Section(name="lint", summary="2 schemas"))).startswith(
        "**pageschema verify:** all is well\n"
    )


def test_a_comparison_shows_who_breaks_with_an_extraction_for_each():
    shown = comparison_markdown(diff(OLD, NEW))
    assert "next version: major" in shown
    assert "| stored extractions (backward) | **no** |" in shown
    assert "| stored extractions and old readers |" in shown
    assert '```json\n{"total": 0}\n```' in shown
    assert '```json\n{"total": ""}\n```' in shown
    assert "Nothing changed." in comparison_markdown(diff(OLD, OLD))


def test_a_summary_fits_what_a_comment_holds_and_says_how_much_is_left_out():
    problems = tuple(Problem(where=f"w{n}", message="|" * 900) for n in range(200))
    shown = verify_markdown(reported(Section(name="lint", summary="s", problems=problems)))
    assert len(shown) <= 65_536
    rows = len(re.findall(r"(?m)^\| w\d", shown))
    assert 0 < rows < 200
    assert shown.endswith(f"\n\n{200 - rows} more lines, not shown.\n")
