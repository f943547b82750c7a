"""What a Python source says of its classes: the line of each field, and the words that its author wrote about it."""

from __future__ import annotations

import ast
import inspect
import io
import re
import tokenize
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """One name that a class body declares: a field, a member of an enum, or a function.

    `annotation` is its source text. `first_argument` is the text that ``Field(…)`` is given in the first place.
    `docstring` stands below the field, or under its name in the docstring of the class. `is_explicitly_private` says
    that ``PrivateAttr`` or ``ClassVar`` is written there.
    """

    line: int
    column: int
    last_line: int
    annotation: str = ""
    first_argument: str | None = None
    docstring: str = ""
    is_explicitly_private: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassOutline:
    """One class statement. `first_line` is that of its first decorator; a name may be declared in several branches."""

    line: int
    column: int
    first_line: int
    docstring: str | None
    fields: Mapping[str, tuple[Written, ...]]

    @property
    def annotated(self) -> frozenset[str]:
        """The names that the body annotates."""
        return frozenset(name for name, all_of_it in self.fields.items() if any(each.annotation for each in all_of_it))


@dataclass(frozen=True, slots=True, kw_only=True)
class FileOutline:
    """The classes of a source by qualified name, in order, and the names that it uses as attributes (``self.name``)."""

    classes: Mapping[str, tuple[ClassOutline, ...]] = field(default_factory=dict)
    attributes: frozenset[str] = frozenset()


@lru_cache(maxsize=256)
def outline(text: str) -> FileOutline:
    """Return the outline of a Python source; of one that does not parse, an empty one."""
    tree = parsed(text)
    if tree is None:
        return FileOutline()
    lines = text.splitlines()
    found: dict[str, list[ClassOutline]] = {}
    attributes: set[str] = set()
    stack: list[tuple[ast.AST, str]] = [(tree, "")]
    while stack:
        node, prefix = stack.pop()
        for child in ast.iter_child_nodes(node):
            inner = prefix
            if isinstance(child, ast.ClassDef):
                found.setdefault(prefix + child.name, []).append(_class_outline(child, lines))
                inner = f"{prefix}{child.name}."
            elif isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef)):
                inner = f"{prefix}{child.name}.<locals>."
            elif isinstance(child, ast.Attribute):
                attributes.add(child.attr)
            stack.append((child, inner))
    classes = {name: tuple(sorted(each, key=lambda one: one.line)) for name, each in found.items()}
    return FileOutline(classes=classes, attributes=frozenset(attributes))


@lru_cache(maxsize=64)
def parsed(text: str) -> ast.Module | None:
    """Return the syntax tree of a Python source, or None where it has none."""
    try:
        return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def comment_of(text: str, written: Written, following: Written | None) -> str:
    """Return the comment behind a field, else the one right above it; "" where there is none.

    A comment above several fields in a row is the heading of a group, and none of theirs.

    Args:
        following: The next field of the class, if any.
    """
    comments = _comments(text)
    for line in (written.last_line, written.line):
        if line in comments and not comments[line].stands_alone:
            return comments[line].text
    above: list[str] = []
    line = written.line - 1
    while line in comments and comments[line].stands_alone:
        above.insert(0, comments[line].text)
        line -= 1
    heads_a_group = following is not None and following.line == written.last_line + 1 and not _has_own(text, following)
    return "" if heads_a_group else " ".join(above).strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Comment:
    text: str
    stands_alone: bool


@lru_cache(maxsize=64)
def _comments(text: str) -> Mapping[int, _Comment]:
    """Return the comments of a source by line."""
    if "#" not in text:
        return {}
    found: dict[int, _Comment] = {}
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.COMMENT:
                alone = not token.line[: token.start[1]].strip()
                found[token.start[0]] = _Comment(text=token.string.lstrip("#:! ").strip(), stands_alone=alone)
    except (tokenize.TokenError, SyntaxError):
        return found
    return found


def _has_own(text: str, written: Written) -> bool:
    return bool({written.line, written.last_line} & _comments(text).keys())


def _class_outline(node: ast.ClassDef, lines: list[str]) -> ClassOutline:
    docstring = ast.get_docstring(node, clean=True)
    fields: dict[str, list[Written]] = {}
    for name, written in _declared(node, lines):
        is_weaker = not written.annotation and any(each.annotation for each in fields.get(name, ()))
        if not is_weaker:
            fields.setdefault(name, []).append(written)
    described = _described(docstring or "", fields)
    for name, text in described.items():
        fields[name] = [_with_docstring(each, text) for each in fields[name]]
    return ClassOutline(
        line=node.lineno,
        column=_column(lines, node),
        first_line=min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)]),
        docstring=docstring,
        fields={name: tuple(each) for name, each in fields.items()},
    )


def _with_docstring(written: Written, text: str) -> Written:
    return written if written.docstring else replace(written, docstring=text)


def _declared(node: ast.AST, lines: list[str]) -> Iterator[tuple[str, Written]]:
    """Yield the names that a class body declares, also those inside ``if`` and ``try``."""
    children = list(ast.iter_child_nodes(node))
    for index, child in enumerate(children):
        if isinstance(child, ast.AnnAssign) and isinstance(child.target, ast.Name):
            below = children[index + 1] if index + 1 < len(children) else None
            private = {"PrivateAttr", "ClassVar"} & {_name(each) for each in ast.walk(child)}
            yield (
                child.target.id,
                Written(
                    line=child.lineno,
                    column=_column(lines, child),
                    last_line=child.end_lineno or child.lineno,
                    annotation=ast.unparse(child.annotation),
                    first_argument=_first_argument(child),
                    docstring=_text(below.value) if isinstance(below, ast.Expr) else "",
                    is_explicitly_private=bool(private),
                ),
            )
        elif isinstance(child, ast.Assign):
            for target in child.targets:
                if isinstance(target, ast.Name):
                    yield target.id, _at(child, lines)
        elif isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield child.name, _at(child, lines)
        elif not isinstance(child, (ast.ClassDef, ast.Lambda, ast.expr)):
            yield from _declared(child, lines)


def _at(node: ast.stmt, lines: list[str]) -> Written:
    return Written(line=node.lineno, column=_column(lines, node), last_line=node.end_lineno or node.lineno)


def _column(lines: list[str], node: ast.stmt) -> int:
    """Return the column of a node in code points; the syntax tree counts bytes."""
    line = lines[node.lineno - 1] if node.lineno <= len(lines) else ""
    return len(line.encode()[: node.col_offset].decode(errors="ignore")) + 1


def _first_argument(node: ast.AnnAssign) -> str | None:
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and _name(call.func).endswith("Field") and call.args:
            return _text(call.args[0]) or None
    return None


def _name(node: ast.AST) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _text(node: ast.AST) -> str:
    return inspect.cleandoc(node.value) if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


_ENTRY = re.compile(
    r"\s*(?:[-*]\s+|:(?:ivar|var|cvar|param|attribute)\s+(?:\w+\s+)?)?`{0,2}(\w+)`{0,2}\s*(?:\([^)]*\))?\s*:\s+(\S.*)"
)


def _described(docstring: str, names: Mapping[str, object]) -> dict[str, str]:
    """Return what the docstring of a class says under the names of its fields."""
    entries = (_ENTRY.fullmatch(line) for line in docstring.splitlines())
    return {entry[1]: entry[2] for entry in entries if entry and entry[1] in names}
