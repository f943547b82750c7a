"""The graph of schemas that judge one and the same instance: its loops, and how often a judge would walk it.

``$ref``, ``allOf``, ``anyOf``, ``oneOf``, ``not``, ``if``, ``then``, ``else`` and ``dependentSchemas`` hand an instance
on as it is. A loop of such steps never ends; a fan of them (each definition refers twice to the next) takes a judge
2^n steps.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

CEILING = 1_000_000


class Shape(NamedTuple):
    """What a judge runs into.

    `loops` are the sets of nodes that lead back to themselves, `looping` all of those nodes; `width` is the most steps
    that one instance takes.
    """

    width: int
    loops: tuple[frozenset[str], ...] = ()
    looping: frozenset[str] = frozenset()


def shape(edges: Mapping[str, Sequence[str]]) -> Shape:
    """Return the loops and the width of a graph, given as the successors of each node; a loop is `CEILING` wide."""
    loops: list[frozenset[str]] = []
    widths: dict[str, int] = {}
    for component in _components(edges):
        if len(component) > 1 or component[0] in edges.get(component[0], ()):
            loops.append(frozenset(component))
            widths |= dict.fromkeys(component, CEILING)
        else:
            node = component[0]
            widths[node] = min(CEILING, 1 + sum(widths[successor] for successor in edges.get(node, ())))
    return Shape(loops=tuple(loops), looping=frozenset().union(*loops), width=max(widths.values(), default=0))


def _components(edges: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """Yield the strongly connected components, successors first (Tarjan, without recursion)."""
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    open_nodes: list[str] = []
    is_open: set[str] = set()
    for start in edges:
        if start in order:
            continue
        path = [(start, iter(edges[start]))]
        order[start] = low[start] = len(order)
        open_nodes.append(start)
        is_open.add(start)
        while path:
            node, successors = path[-1]
            for successor in successors:
                if successor not in order:
                    order[successor] = low[successor] = len(order)
                    open_nodes.append(successor)
                    is_open.add(successor)
                    path.append((successor, iter(edges.get(successor, ()))))
                    break
                if successor in is_open:
                    low[node] = min(low[node], order[successor])
            else:
                path.pop()
                if path:
                    low[path[-1][0]] = min(low[path[-1][0]], low[node])
                if low[node] == order[node]:
                    component = [open_nodes.pop()]
                    while component[-1] != node:
                        component.append(open_nodes.pop())
                    is_open.difference_update(component)
                    yield component
