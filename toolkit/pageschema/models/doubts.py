"""A cheap look at a source: may what its classes say differ from run to run?"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from pageschema.models.outline import parsed

_VARYING = frozenset(
    {
        "choice", "choices", "dir", "environ", "frozenset", "getcwd", "getenv", "gethostname", "getpid", "glob",
        "globals", "hash", "id", "iterdir", "listdir", "monotonic", "now", "perf_counter", "randint", "random",
        "randrange", "sample", "scandir", "set", "shuffle", "time", "time_ns", "today", "token_bytes", "token_hex",
        "token_urlsafe", "uniform", "urandom", "utcnow", "uuid1", "uuid4", "uuid7", "walk",
    }
)  # fmt: skip
"""Names that give another answer, or the same in another order, on another day or under another hash seed."""
_SUSPICIOUS = re.compile(rf"\b(?:{'|'.join(sorted(_VARYING))})\b|\{{[^:{{}}]*\}}")
"""One of those names, or what may be a set; most sources have neither."""
_MAKERS = frozenset({"create_model", "Enum", "IntEnum", "StrEnum", "TypedDict", "make_dataclass"})
_HOOKS = frozenset({"__get_pydantic_core_schema__", "__get_pydantic_json_schema__"})
_LATER = frozenset({"default_factory"})
"""Arguments that run when an instance is made, not when the class is."""


def may_vary(text: str, names: Mapping[str, Any]) -> bool:
    """Return whether a class of a Python source may differ from run to run, as far as its words can tell.

    Looks at class bodies without their functions, at calls that make classes, and at what these name: never wrong in
    saying that it may, since only loading it again tells.

    Args:
        text: The source.
        names: What the names of the module stand for.
    """
    if not _SUSPICIOUS.search(text) and not any(isinstance(each, (set, frozenset)) for each in names.values()):
        return False
    makers, definitions = _statements(text)
    waiting: list[ast.AST] = list(makers)
    seen: set[str] = set()
    while waiting:
        for node in _at_import(waiting.pop()):
            if isinstance(node, (ast.Set, ast.SetComp)):
                return True
            if isinstance(node, ast.Attribute) and node.attr == "environ":
                return True
            if isinstance(node, ast.Call) and _last_name(node.func) in _VARYING:
                return True
            if not isinstance(node, ast.Name) or node.id in seen:
                continue
            seen.add(node.id)
            if isinstance(names.get(node.id), (set, frozenset)):
                return True
            if node.id in definitions:
                waiting.append(definitions[node.id])
    return False


@lru_cache(maxsize=64)
def _statements(text: str) -> tuple[tuple[ast.AST, ...], Mapping[str, ast.AST]]:
    """Return what makes classes in a source, and what else it defines, by name."""
    tree = parsed(text)
    nodes = list(ast.walk(tree)) if tree is not None else []
    definitions = {name: node for node in nodes for name in _defined(node)}
    return tuple(node for node in nodes if _makes_a_class(node)), definitions


def _makes_a_class(node: ast.AST) -> bool:
    return isinstance(node, ast.ClassDef) or (isinstance(node, ast.Call) and _last_name(node.func) in _MAKERS)


def _defined(node: ast.AST) -> Iterator[str]:
    """Yield the names that a statement defines, other than those of classes."""
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        yield node.name
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    for target in targets:
        if isinstance(target, ast.Name):
            yield target.id


def _at_import(node: ast.AST) -> Iterator[ast.AST]:
    """Yield *node* and what is inside it, but for the functions of a class, tests of membership and what runs later."""
    stack = [node]
    while stack:
        each = stack.pop()
        yield each
        if isinstance(each, ast.Compare):
            continue
        is_method_holder = isinstance(each, ast.ClassDef)
        for child in ast.iter_child_nodes(each):
            is_function = isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef))
            if is_function and is_method_holder and getattr(child, "name", "") not in _HOOKS:
                continue
            if isinstance(child, ast.keyword) and child.arg in _LATER:
                continue
            stack.append(child)


def _last_name(node: ast.AST) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
