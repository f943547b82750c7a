"""Page schemas as values: read, walked by position, and judged by a validator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pageschema.deferral import defer

if TYPE_CHECKING:
    from pageschema.schema.facts import Disagreement, FieldFacts, Instability, ModelFacts
    from pageschema.schema.ignores import Ignore, without_ignores, written_ignores
    from pageschema.schema.judge import Fault, Judge, metaschema_fault, second_opinion
    from pageschema.schema.metaschema import compiles, is_plainly_valid, metaschema_faults
    from pageschema.schema.page import PageSchema
    from pageschema.schema.patterns import explicit_classes
    from pageschema.schema.references import rebase, resolve
    from pageschema.schema.source import Duplicate, Position, duplicates, positions, tokens
    from pageschema.schema.walking import APPLICATORS, Place, children, local_target, map_schema, walk
else:
    __getattr__ = defer(
        __name__,
        {
            "facts": ["Disagreement", "FieldFacts", "Instability", "ModelFacts"],
            "ignores": ["Ignore", "without_ignores", "written_ignores"],
            "judge": ["Fault", "Judge", "metaschema_fault", "second_opinion"],
            "metaschema": ["compiles", "is_plainly_valid", "metaschema_faults"],
            "page": ["PageSchema"],
            "patterns": ["explicit_classes"],
            "references": ["rebase", "resolve"],
            "source": ["Duplicate", "Position", "duplicates", "positions", "tokens"],
            "walking": ["APPLICATORS", "Place", "children", "local_target", "map_schema", "walk"],
        },
    )

__all__ = [
    "APPLICATORS",
    "Disagreement",
    "Duplicate",
    "Fault",
    "FieldFacts",
    "Ignore",
    "Instability",
    "Judge",
    "ModelFacts",
    "PageSchema",
    "Place",
    "Position",
    "children",
    "compiles",
    "duplicates",
    "explicit_classes",
    "is_plainly_valid",
    "local_target",
    "map_schema",
    "metaschema_fault",
    "metaschema_faults",
    "positions",
    "rebase",
    "resolve",
    "second_opinion",
    "tokens",
    "walk",
    "without_ignores",
    "written_ignores",
]
