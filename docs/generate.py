"""Writes the reference pages from the units and the command line: `python docs/generate.py [--check]`.

With --check nothing is written, and the exit code says whether a page is stale.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click
from python_page import python_page

from pageschema.cli import COMMANDS, group
from pageschema.config import Config
from pageschema.linting import PROFILES, Profile
from pageschema.project.project import Project
from pageschema.project.units import Unit, units
from pageschema.report.explain import FIXES

REFERENCE = Path(__file__).parent / "reference"
RULES = REFERENCE / "rules"
KINDS = {
    "clause": ("clauses", "Clauses", "What the contract of `POST /api/v1/extract` says, a sentence at a time."),
    "check": ("checks", "Checks", "What `pageschema fuzz` looks for in each answer."),
    "change": ("changes", "Change kinds", "What `pageschema diff` tells apart."),
    "fault": ("faults", "Faults", "Bugs that the emulator has on request: `pageschema emulator --fault NAME`."),
}
RULE_GROUPS = {
    "PS0": "What was given",
    "PS1": "The root",
    "PS2": "Keywords, references and patterns",
    "PS3": "What the values can be",
    "PS4": "Kinds and sizes",
    "PS5": "What is asked for",
    "PS6": "Names and descriptions",
    "PS7": "The model behind a schema",
    "PS8": "Other APIs",
    "PS9": "Lint itself",
}

LIMITS = {
    "levels": "objects within objects below the root",
    "properties": "fields",
    "options": "options in all enums",
    "text": "characters of names, options and constants",
    "strings": "characters of names, options, constants and descriptions",
    "size": "characters of JSON",
    "optional": "fields that are not required",
    "unions": "fields of several types",
    "name": "characters of a name",
    "description": "characters of a description",
}


def pages() -> dict[Path, str]:
    """Return the text of every generated page."""
    every = units(Project(Config(root=Path(), registry=Path("schemas"))))
    found = {REFERENCE / "commands.md": commands_page()}
    found[REFERENCE / "python.md"] = "\n".join(python_page())
    found[REFERENCE / "profiles.md"] = "\n".join(profiles_page())
    for kind, (file, title, lead) in KINDS.items():
        chosen = [unit for unit in every if unit.kind == kind]
        found[REFERENCE / f"{file}.md"] = "\n".join(kind_page(title, lead, chosen))
    rules = [unit for unit in every if unit.kind == "rule"]
    found[REFERENCE / "rules.md"] = "\n".join(rules_page(rules))
    for rule in rules:
        found[RULES / f"{rule.name}.md"] = "\n".join(rule_page(rule))
    return found


def commands_page() -> str:
    """Return the page of the command line, from its own help."""
    parts = ["# Commands\n"]
    for name in COMMANDS:
        command = group.get_command(click.Context(group), name)
        assert command is not None  # noqa: S101 - for the type checker
        context = click.Context(command, info_name=f"pageschema {name}", max_content_width=100, terminal_width=100)
        parts.append(f"## {name}\n\n```text\n{command.get_help(context)}\n```\n")
        for inner in command.commands.values() if isinstance(command, click.Group) else ():
            called = f"{name} {inner.name}"
            below = click.Context(inner, info_name=f"pageschema {called}", max_content_width=100, terminal_width=100)
            parts.append(f"## {called}\n\n```text\n{inner.get_help(below)}\n```\n")
    return "\n".join(parts)


def kind_page(title: str, lead: str, chosen: list[Unit]) -> Iterator[str]:
    """Yield the lines of the page of one kind of unit: a table, then each in full."""
    yield f"# {title}\n\n{lead}\n"
    for unit in chosen:
        yield f"- [{unit.code + ' ' if unit.code else ''}{unit.name}](#{unit.name}): {_escaped(unit.summary)}"
    for unit in chosen:
        yield f'\n<a id="{unit.name}"></a>\n\n## {unit.code + " " if unit.code else ""}{unit.name}\n'
        yield f"{_escaped(unit.summary)}\n"
        if unit.standing:
            yield f"*{unit.standing}*{f' · fix: {unit.fix}' if unit.fix else ''}\n"
        for heading, text in (("Why", unit.why), ("Source", unit.source)):
            if text:
                yield f"**{heading}.** {_escaped(text)}\n"
        labels = ("Before", "After") if unit.kind == "change" else ("Bad", "Good")
        if unit.kind == "clause":
            labels = ("Broken by", "Schema")
        for label, text in zip(labels, (unit.bad, unit.good), strict=True):
            if text:
                yield f"{label}:\n\n```{_language(text)}\n{text.rstrip()}\n```\n"


def rules_page(rules: list[Unit]) -> Iterator[str]:
    """Yield the lines of the index of rules: a table a group, in which each rule keeps the anchor of its name."""
    yield "# Lint rules\n\nWhat `pageschema lint` finds in a page schema: a page a rule, and here what each flags."
    yield "A note is told only with `--notes`; [how to live with lint](../how-to/lint.md) says how to choose."
    for begins, title in RULE_GROUPS.items():
        yield f"\n## {begins}: {title[0].lower()}{title[1:]}\n\n| rule | severity | fix | flags |\n|---|---|---|---|"
        for rule in rules:
            if rule.code.startswith(begins):
                link = f'<a id="{rule.name}"></a>[{rule.code} {rule.name}](rules/{rule.name}.md)'
                yield f"| {link} | {rule.standing} | {rule.fix} | {_escaped(rule.summary).replace('|', '&#124;')} |"
    yield ""


def rule_page(rule: Unit) -> Iterator[str]:
    """Yield the lines of the page of a rule: what `explain` says of it, and which profiles weigh it otherwise."""
    yield f"# {rule.code} {rule.name}\n\n*{rule.standing}* · [all rules](../rules.md)\n"
    yield f"Flags {_escaped(rule.summary)}.\n"
    yield f"## Why\n\n{_escaped(rule.why)}\n"
    for heading, text in (("Bad", rule.bad), ("Good", rule.good)):
        yield f"## {heading}\n\n```{_language(text)}\n{text.rstrip()}\n```\n"
    if rule.fix:
        yield f"## Fix\n\n{_escaped(FIXES[rule.fix])}.\n"
    yield "## Profiles\n"
    if not rule.weighed:
        yield f"{rule.standing.capitalize()} in [every profile](../profiles.md)."
    for severity, names in rule.weighed.items():
        yield f"- {severity}: {', '.join(f'[{name}](../profiles.md#{name})' for name in names)}"
    yield ""
    yield f"## Source\n\n{_escaped(rule.source)}"
    yield ""


def _language(example: str) -> str:
    """Return what an example is written in: a rule on models has the source of a model."""
    return "python" if example.startswith(("from ", "import ")) else "json"


def profiles_page() -> Iterator[str]:
    """Yield the lines of the page of profiles: each with what it switches, its form, its sources and their date."""
    yield "# Profiles\n\nWhom a page schema is sent to: the option `--profile` of `lint` and of `generate`.\n"
    for profile in PROFILES:
        yield f"- [{profile.name}](#{profile.name}): {_escaped(profile.title)}"
    for profile in PROFILES:
        yield f"\n## {profile.name}\n\n{_escaped(profile.title)}. {profile.about}\n"
        yield from (f"- {line}" for line in _switched(profile))
        yield f"\n**Form.** {profile.form or 'None: it takes no JSON Schema'}.\n"
        yield f"**Source** (last seen to say so: {profile.date}).\n"
        yield from (f"- {_escaped(source)}" for source in profile.sources)
        for label, text in (("Bad", profile.bad), ("Good", profile.good)):
            yield f"\n{label}:\n\n```json\n{text.rstrip()}\n```"
    yield ""


def _switched(profile: Profile) -> Iterator[str]:
    for name, severity in profile.severities.items():
        yield f"[{name}](rules/{name}.md): {severity.value if severity else 'off'}"
    if profile.unsupported:
        yield f"not supported: {', '.join(f'`{keyword}`' for keyword in profile.unsupported)}"
    for keyword, values in profile.values.items():
        yield f"`{keyword}`: only {', '.join(json.dumps(value).strip(chr(34)) for value in values)}"
    if profile.root_unsupported:
        yield f"not supported at the root: {', '.join(f'`{keyword}`' for keyword in profile.root_unsupported)}"
    if profile.option_kinds:
        yield f"values of an enum, and constants, of type {', '.join(profile.option_kinds)} only"
    if profile.pattern_constructs:
        yield f"no pattern with {' or '.join(profile.pattern_constructs.values())}"
    for holds, words in (
        (profile.closes_objects, "every object with `additionalProperties: false`"),
        (profile.requires_all, "every field in `required`"),
        (profile.needs_null, "every field of one value, and every enum, takes null"),
        (not profile.takes_recursion, "no recursion"),
        (profile.lone_references, "no keyword beside `$ref`"),
        (profile.chosen_null, "an array that may be null as `anyOf`, not as a list of types"),
        (profile.bare_items, "no item of an array that is one value takes null"),
    ):
        if holds:
            yield words
    if profile.name_pattern is not None:
        yield f"names made of {profile.name_pattern[1]}"
    limits = {name: getattr(profile.limits, name) for name in LIMITS}
    yield from (f"{words}: at most {limits[name]:,}" for name, words in LIMITS.items() if limits[name] is not None)
    if profile.limits.long_enum is not None:
        many, most = profile.limits.long_enum
        yield f"characters of the options of an enum with more than {many:,} of them: at most {most:,}"


def _escaped(text: str) -> str:
    return text.replace("<", "&lt;").replace("*", "\\*").replace("_", "\\_") if "`" not in text else text


def main() -> int:
    """Write the pages, or say which are stale."""
    wanted = pages()
    stale = [path for path, text in wanted.items() if not path.is_file() or path.read_text("utf-8") != text]
    gone = sorted(set(RULES.glob("*.md")) - wanted.keys())
    if "--check" in sys.argv:
        for path in [*stale, *gone]:
            print(f"{path} is stale: run python docs/generate.py", file=sys.stderr)  # noqa: T201 - a script
        return int(bool(stale or gone))
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(wanted[path], "utf-8")
    for path in gone:
        path.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
