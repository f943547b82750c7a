"""What the pages say is tried: snippets are run, outputs compared, links followed."""

import dataclasses
import re
import shutil
import tomllib
from pathlib import Path
from urllib.parse import unquote

import click
import pytest
import yaml

import pageschema
from pageschema import strategies
from pageschema.cli import COMMANDS, group
from pageschema.client.key import KEY_VARIABLE
from pageschema.config import Config, load_config
from pageschema.finding import DOCS_URL, Finding
from pageschema.linting import RULES
from pageschema.project.project import Project
from pageschema.project.units import units

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
README = ROOT / "README.md"
PAGES = [README, ROOT / "CHANGELOG.md", *sorted(DOCS.rglob("*.md")), *sorted((ROOT / "contracts").rglob("*.md"))]
HOW_TOS = sorted((DOCS / "how-to").glob("*.md"))
STANDALONE = sorted((DOCS / "explanation").glob("*.md"))
LANGUAGES = {"python", "console", "sh", "diff", "json", "text", "toml", "yaml"}
UNIT_PAGES = {"rule": "rules", "clause": "clauses", "check": "checks", "change": "changes", "fault": "faults"}


def name_of(page):
    return page.relative_to(ROOT).as_posix()


def test_the_tutorial_prints_what_it_says(tutorial_reader):
    assert tutorial_reader.wrong == [], "\n".join(tutorial_reader.wrong)


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_the_readme_prints_what_it_says(reader):
    reader.follow(README)
    assert reader.wrong == [], "\n".join(reader.wrong)


def test_the_readme_names_every_command_and_every_page_to_read():
    text = README.read_text("utf-8")
    assert {name for name in COMMANDS if not re.search(rf"`(pageschema )?{name}\b", text)} == set()
    pages = [page for kind in ("tutorial", "how-to", "explanation") for page in (DOCS / kind).glob("*.md")]
    assert {name_of(page) for page in pages if f"({name_of(page)})" not in text} == set()


@pytest.mark.parametrize("page", HOW_TOS, ids=name_of)
def test_each_how_to_works_in_the_project_of_the_tutorial(page, reader_after_tutorial):
    for program in ("curl", "git"):
        if re.search(rf"(?m)^(\$ )?{program} ", page.read_text("utf-8")) and shutil.which(program) is None:
            pytest.skip(f"the page uses {program}, and there is none here")
    reader_after_tutorial.follow(page)
    assert reader_after_tutorial.wrong == [], "\n".join(reader_after_tutorial.wrong)


@pytest.mark.parametrize("page", STANDALONE, ids=name_of)
def test_each_python_snippet_runs_alone(page, reader, blocks_of):
    snippets = [block for block in blocks_of(page) if block.language == "python" and block.is_run]
    assert snippets
    reader.python(*snippets)
    assert reader.wrong == [], "\n".join(reader.wrong)


def test_pre_commit_examples_name_hooks_that_there_are(blocks_of):
    offered = {hook["id"] for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}
    for page in (README, DOCS / "how-to" / "ci.md"):
        found = [yaml.safe_load(block.text) for block in blocks_of(page) if "hooks:" in block.text]
        assert {hook["id"] for each in found for repo in each["repos"] for hook in repo["hooks"]} == offered


def test_settings_that_are_shown_are_settings(blocks_of, tmp_path):
    for block in [block for page in PAGES for block in blocks_of(page) if block.language == "toml"]:
        assert tomllib.loads(block.text)
        (tmp_path / "pyproject.toml").write_text(block.text, "utf-8")
        assert load_config(tmp_path) != Config(root=tmp_path, registry=tmp_path / "schemas"), block


def test_every_setting_is_in_the_reference():
    text = (DOCS / "reference" / "README.md").read_text("utf-8")
    for field in dataclasses.fields(Config):
        assert field.name == "root" or re.search(rf"\| `(fuzz\.)?{field.name}` \|", text), field.name


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_block_is_in_a_language_that_is_checked_here(page, blocks_of):
    for block in blocks_of(page):
        assert block.language in LANGUAGES, f"{block}: {block.language!r}"


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_leads_somewhere(page):
    prose = re.sub(r"(?ms)^```.*?^```$", "", page.read_text("utf-8"))
    for target in re.findall(r"\]\(([^)\s]+)\)", prose):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = unquote(target).partition("#")
        file = page.parent / path if path else page
        assert file.exists(), f"{name_of(page)}: {target}"
        assert not anchor or anchor in anchors(file), f"{name_of(page)}: {target}"


def anchors(page):
    text = page.read_text("utf-8")
    titles = re.findall(r"(?m)^#+ (.+)$", text)
    slugs = {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}
    return slugs | set(re.findall(r'<a id="([^"]+)">', text))


def test_every_page_is_reached_from_the_index_by_following_links():
    reached, ahead = set(), [DOCS / "README.md"]
    while ahead:
        page = ahead.pop()
        reached.add(page)
        targets = re.findall(r"\]\(([^)#:\s]+\.md)", page.read_text("utf-8"))
        ahead += {(page.parent / target).resolve() for target in targets} - reached
    assert set(DOCS.rglob("*.md")) <= reached


def test_every_rule_has_a_page_where_its_findings_point_and_an_entry_in_the_index():
    index = (DOCS / "reference" / "rules.md").read_text("utf-8")
    for rule in RULES:
        finding = Finding(code=rule.code, name=rule.name, severity=rule.severity, message="m", remedy="r")
        page = finding.url.removeprefix(DOCS_URL).removesuffix(".html")
        assert page != finding.url
        text = (DOCS / "reference" / f"{page.lstrip('/')}.md").read_text("utf-8")
        assert text.startswith(f"# {rule.code} {rule.name}\n"), f"{rule.name}: run python docs/generate.py"
        assert f"]({page.lstrip('/')}.md)" in index, f"{rule.name}: run python docs/generate.py"
    assert len(list((DOCS / "reference" / "rules").iterdir())) == len(RULES)


def test_every_command_has_a_section_and_every_unit_an_entry():
    reference = DOCS / "reference"
    assert re.findall(r"(?m)^## (\S+)$", (reference / "commands.md").read_text("utf-8")) == list(COMMANDS)
    entries = {kind: anchors(reference / f"{page}.md") for kind, page in UNIT_PAGES.items()}
    for unit in units(Project(Config(root=ROOT, registry=ROOT / "schemas"))):
        assert unit.name in entries[unit.kind], f"{unit.kind} {unit.name}: run python docs/generate.py"


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_option_that_is_shown_with_a_command_is_one_of_it(page):
    known = {name: options_of(group.get_command(click.Context(group), name)) for name in COMMANDS}
    for name, rest in re.findall(r"pageschema ([a-z]+)((?: [^`\n|)]*)?)", page.read_text("utf-8")):
        shown = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", rest))
        assert name not in known or shown <= known[name], f"{name_of(page)}: pageschema {name}{rest}"


def options_of(command):
    found = {option for each in command.params for option in [*each.opts, *each.secondary_opts]} | {"--help"}
    return found.union(*map(options_of, getattr(command, "commands", {}).values()))


def test_every_public_name_has_one_entry_with_a_sentence():
    text = (DOCS / "reference" / "python.md").read_text("utf-8")
    entries = dict(re.findall(r"(?ms)^### (\S+)\n(.*?)(?=^##|\Z)", text))
    assert entries.keys() == {*pageschema.__all__, *strategies.__all__} - {"strategies"} - constants()
    for name, entry in entries.items():
        prose = re.sub(r"(?ms)^```.*?^```$", "", entry)
        assert re.search(r"(?m)^[A-Z`].*\w.*\.", prose), f"{name}: run python docs/generate.py"


def constants():
    return {name for name in strategies.__all__ if not callable(getattr(strategies, name))}


def test_every_environment_variable_that_is_read_is_in_the_reference():
    text = (DOCS / "reference" / "README.md").read_text("utf-8")
    code = "".join(path.read_text("utf-8") for path in Path(pageschema.__file__).parent.rglob("*.py"))
    read = set(re.findall(r"environ(?:\.get\(|\[)\"([A-Z_]+)\"", code)) | {KEY_VARIABLE}
    assert {name for name in read if f"`{name}`" not in text} == set()


def test_every_page_is_of_one_of_the_kinds():
    kinds = {path.relative_to(DOCS).parts[0] for path in DOCS.rglob("*.md")} - {"README.md"}
    assert kinds == {"tutorial", "how-to", "reference", "explanation", "decisions"}


def test_every_json_output_is_linked_with_its_schema():
    text = (DOCS / "reference" / "README.md").read_text("utf-8")
    for schema in (DOCS / "reference" / "output").glob("*.json"):
        assert f"(output/{schema.name})" in text, schema.name


def test_the_quick_start_is_two_lines_to_paste():
    section = README.read_text("utf-8").split("\n## Quick start\n")[1].split("\n## ")[0]
    pasted = re.findall(r"(?ms)^```sh\n(.*?)^```$", section)
    assert [text.count("\n") for text in pasted] == [1, 1]
    assert pasted[0].rstrip().endswith("/pageschema verify")
    assert pasted[1].rstrip().endswith("/pytest -n auto")
