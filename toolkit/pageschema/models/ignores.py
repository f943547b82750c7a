"""Comments that ask lint to be quiet: ``# pageschema: ignore[PS604] reason``."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterable, Iterator
from pathlib import Path

from pageschema.finding import Origin
from pageschema.models.outline import parsed
from pageschema.schema.ignores import Ignore

_COMMENT = re.compile(r"#\s*pageschema:\s*ignore\b\s*(?:\[([^\]]*)\])?")
_MARK = "pageschema:"


def ignores_of(origins: Iterable[Origin]) -> tuple[Ignore, ...]:
    """Return the comments that speak for the classes which *origins* lie in.

    A comment on a line of a field speaks for that field, one on the line of a class for the whole class. One that
    stands alone speaks for what begins below it.
    """
    lines: dict[str, set[int]] = {}
    for origin in origins:
        if origin.file and origin.line:
            lines.setdefault(origin.file, set()).add(origin.line)
    return tuple(ignore for file in sorted(lines) for ignore in _in_file(file, lines[file]))


def _in_file(file: str, used: set[int]) -> Iterator[Ignore]:
    try:
        with tokenize.open(file) if Path(file).suffix == ".py" else io.StringIO() as opened:
            text = opened.read()
    except (OSError, SyntaxError, UnicodeDecodeError):
        return
    tree = parsed(text) if _MARK in text else None
    if tree is None:
        return
    statements = [node for node in ast.walk(tree) if isinstance(node, ast.stmt)]
    classes = [_whole(node) for node in statements if isinstance(node, ast.ClassDef)]
    for line, target, comment in _comments(text):
        span = _spoken_for(statements, target)
        found = _COMMENT.search(comment)
        if found is None or span is None:
            continue
        around = [each for each in classes if each[0] <= span[0] and span[1] <= each[1]]
        first, last = max(around, default=span)
        if any(first <= each <= last for each in used):
            at = Origin(file=file, line=line)
            for word in (found.group(1) or "").split(","):
                yield Ignore(rule=word.strip(), origin=at, lines=span)


def _comments(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the line of each comment, the line that it speaks of, and its text."""
    alone: list[tuple[int, str]] = []
    has_code = False
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            if token.line[: token.start[1]].strip():
                yield token.start[0], token.start[0], token.string
            else:
                alone.append((token.start[0], token.string))
        elif token.type not in {tokenize.NL, tokenize.INDENT, tokenize.DEDENT, tokenize.NEWLINE}:
            has_code = True
        if has_code and alone:
            yield from ((line, token.start[0], comment) for line, comment in alone)
            alone = []
        has_code = False


def _spoken_for(statements: list[ast.stmt], line: int) -> tuple[int, int] | None:
    """Return the lines of the innermost statement at *line*; of a class, only its head counts, and stands for all."""
    spans = [
        _whole(node)
        for node in statements
        if _whole(node)[0] <= line <= (node.body[0].lineno - 1 if isinstance(node, ast.ClassDef) else _whole(node)[1])
    ]
    return max(spans, key=lambda span: (span[0], -span[1]), default=None)


def _whole(node: ast.stmt) -> tuple[int, int]:
    decorators = getattr(node, "decorator_list", [])
    return min([node.lineno, *(each.lineno for each in decorators)]), node.end_lineno or node.lineno
