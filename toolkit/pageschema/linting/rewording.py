"""Writing a changed value into the text of the old one: what has not changed keeps its very characters."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any

from pageschema import jsontext
from pageschema.errors import InvalidJSON
from pageschema.linting.layout import Entry, Node, read

MOST_PAIRS = 250_000
"""Old entries times new ones, past which they are not matched with each other but written anew."""


def reworded(text: str, value: Any) -> str | None:
    """Return *text* changed where it must be to hold *value*, or None where that did not succeed.

    Members and items that stay keep their characters: spacing, one-line objects, escapes, the spelling of numbers. New
    ones are written as those around them are. *text* is JSON in which no key stands twice.
    """
    old = read(text)
    if isinstance(old.value, str) and _holds(old.value, value):
        return old.value
    edited = text[: old.start] + _Writer(text, old).changed(old, value, inline=False) + text[old.end :]
    return edited if _holds(edited, value) else None


def _holds(text: str, value: Any) -> bool:
    try:
        found = jsontext.parse(text, max_depth=jsontext.MAX_SCHEMA_DEPTH)
    except InvalidJSON:
        return False
    return json.dumps(found) == json.dumps(value)


class _Writer:
    """Knows how *text* is written, and where in it a value stands that is wanted elsewhere."""

    def __init__(self, text: str, root: Node) -> None:
        self._text, self._root = text, root
        self._newline = "\r\n" if "\r\n" in text else "\n"
        self._many_lines = "\n" in text[root.start : root.end]
        found = re.search(r"\n([ \t]+)\S", text)
        self._unit = found[1] if found else "  "
        self._ascii = text.isascii() and "\\u" in text
        self._known: dict[int, list[Node]] = {}
        self._marks: dict[int, tuple[Any, int]] = {}
        self._colon, self._comma, self._short_lists = "", "", False
        self._look(root)
        self._colon = self._colon or (": " if self._many_lines else ":")
        self._comma = self._comma or ("," if self._colon == ":" else ", ")

    def _look(self, node: Node) -> None:
        if node.entries or not isinstance(node.value, (dict, list)):
            self._known.setdefault(self._mark(node.value), []).append(node)
        for entry in node.entries:
            gap = self._text[entry.key_end : entry.node.start]
            if entry.key is not None and not self._colon and "\n" not in gap:
                self._colon = gap
            self._look(entry.node)
        if len(node.entries) > 1 and not self._is_tall(node):
            self._comma = self._comma or self._text[node.entries[0].close : node.entries[1].start]
        if node.entries and isinstance(node.value, list) and not self._is_tall(node):
            self._short_lists = True

    def _mark(self, value: Any) -> int:
        """Return a number that equal values share, keys in order; values are kept so that no id is used again."""
        if not isinstance(value, (dict, list)):
            return hash((type(value), repr(value)))
        kept = self._marks.get(id(value))
        if kept is None:
            parts = (
                tuple((key, self._mark(item)) for key, item in value.items())
                if isinstance(value, dict)
                else tuple(self._mark(item) for item in value)
            )
            kept = self._marks[id(value)] = (value, hash((type(value), parts)))
        return kept[1]

    def _is_tall(self, node: Node) -> bool:
        """Whether an array or object has its entries on lines of their own."""
        return any("\n" in lead for lead in self._leads(node))

    def _leads(self, node: Node) -> list[str]:
        before = [node.start + 1, *(entry.close + 1 for entry in node.entries)]
        return [self._text[at : entry.start] for at, entry in zip(before, node.entries, strict=False)]

    def _indent_at(self, at: int) -> str:
        line = self._text[self._text.rfind("\n", 0, at) + 1 : at]
        return line[: len(line) - len(line.lstrip(" \t"))]

    # Changing what is there

    def changed(self, node: Node, value: Any, *, inline: bool) -> str:
        """Return the text of *node*, changed to hold *value*."""
        old = self._text[node.start : node.end]
        if self._mark(node.value) == self._mark(value):
            return old
        is_short = inline or (bool(node.entries) and not self._is_tall(node))
        fresh = None if is_short or not self._many_lines else self._indent_at(node.start)
        if type(value) is not type(node.value) or not node.entries or not value:
            return self.written(value, fresh)
        moved = self._moved(value, fresh) if node is self._root else None
        plan = None if moved else self._plan(node, value)
        if plan is None:
            return moved or self.written(value, fresh)
        return self._joined(node, plan, is_short=is_short)

    def _plan(self, node: Node, value: Any) -> list[tuple[Entry | None, str | None, Any]] | None:
        """Return for each new entry the old one that it comes from, if any; None where none does."""
        new: list[tuple[str | None, Any]] = (
            list(value.items()) if isinstance(value, dict) else [(None, v) for v in value]
        )
        if len(node.entries) * len(new) > MOST_PAIRS and not isinstance(value, dict):
            return None
        plan: list[tuple[Entry | None, str | None, Any]] = []
        olds = [self._label(entry.key, entry.node.value) for entry in node.entries]
        news = [self._label(key, item) for key, item in new]
        for kind, i, j, k, m in SequenceMatcher(None, olds, news, autojunk=False).get_opcodes():
            pairs: Sequence[Entry | None] = node.entries[i:j] if kind == "equal" else [None] * (m - k)
            if kind == "replace" and j - i == m - k:
                pairs = [
                    entry if self._is_near(entry, *then) else None
                    for entry, then in zip(node.entries[i:j], new[k:m], strict=True)
                ]
            plan += [(entry, *then) for entry, then in zip(pairs, new[k:m], strict=True)]
        return plan if any(entry for entry, _, _ in plan) else None

    def _label(self, key: str | None, item: Any) -> Any:
        return key if key is not None else self._mark(item)

    def _is_near(self, entry: Entry, key: str | None, value: Any) -> bool:
        """Whether an entry that is gone and a new one in its place are one that has been changed."""
        old = entry.node.value
        if self._mark(old) == self._mark(value):
            return True
        if isinstance(old, dict) and isinstance(value, dict):
            return not old.keys().isdisjoint(value)
        return key is None and not isinstance(old, (dict, list)) and not isinstance(value, (dict, list))

    def _joined(self, node: Node, plan: list[tuple[Entry | None, str | None, Any]], *, is_short: bool) -> str:
        leads = self._leads(node)
        lead_of = {id(entry): lead for entry, lead in zip(node.entries, leads, strict=True)}
        first, other = leads[0], leads[1] if len(leads) > 1 else leads[0]
        if len(leads) == 1 and "\n" not in first:
            other = self._comma[1:]
        indent = None if is_short else first.rpartition("\n")[2]
        parts = []
        last = node.entries[-1]
        for number, (entry, key, value) in enumerate(plan):
            was_first = entry is node.entries[0]
            lead = first if number == 0 else other if entry is None or was_first else lead_of[id(entry)]
            if entry is None:
                parts.append(lead + self._name(key) + self.written(value, indent))
                continue
            name = self._text[entry.start : entry.node.start]
            if key != entry.key:
                name = self._string(key) + self._text[entry.key_end : entry.node.start]
            gap = self._text[entry.node.end : entry.close] if entry is not last and number < len(plan) - 1 else ""
            parts.append(lead + name + self.changed(entry.node, value, inline=is_short) + gap)
        return self._text[node.start] + ",".join(parts) + self._text[last.node.end : node.end]

    # Writing what is new

    def written(self, value: Any, indent: str | None) -> str:
        """Return the text of *value*: as it stands elsewhere in the old text, else in its manner.

        Args:
            indent: Of the line that it begins on; None where all of it has to stand on that line.
        """
        moved = self._moved(value, indent)
        if moved is not None:
            return moved
        if not isinstance(value, (dict, list)):
            return self._string(value)
        brackets = "{}" if isinstance(value, dict) else "[]"
        if not value:
            return brackets
        if isinstance(value, list) and self._short_lists and not any(isinstance(v, (dict, list)) for v in value):
            indent = None
        inner = None if indent is None else indent + self._unit
        named = value.items() if isinstance(value, dict) else ((None, item) for item in value)
        parts = [self._name(key) + self.written(item, inner) for key, item in named]
        if indent is None:
            return brackets[0] + self._comma.join(parts) + brackets[1]
        start, end = self._newline + indent + self._unit, self._newline + indent
        return brackets[0] + start + f",{start}".join(parts) + end + brackets[1]

    def _moved(self, value: Any, indent: str | None) -> str | None:
        for node in self._known.get(self._mark(value), ()):
            text = self._text[node.start : node.end]
            if json.dumps(node.value) != json.dumps(value):
                continue
            if "\n" not in text:
                return text
            if indent is not None:
                return re.sub(rf"\n{self._indent_at(node.start)}(?=[^\r\n])", f"\n{indent}", text)
        return None

    def _name(self, key: str | None) -> str:
        return "" if key is None else self._string(key) + self._colon

    def _string(self, value: Any) -> str:
        return json.dumps(value) if self._ascii else jsontext.dumps(value, indent=None)
