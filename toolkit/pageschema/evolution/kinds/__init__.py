"""Every kind of change, in the order in which they are asked; the last one takes what is left."""

from pageschema.evolution.kind import ChangeKind
from pageschema.evolution.kinds.annotation_changed import ANNOTATION_CHANGED
from pageschema.evolution.kinds.bound_loosened import BOUND_LOOSENED
from pageschema.evolution.kinds.bound_tightened import BOUND_TIGHTENED
from pageschema.evolution.kinds.constraint_changed import CONSTRAINT_CHANGED
from pageschema.evolution.kinds.definition_renamed import DEFINITION_RENAMED
from pageschema.evolution.kinds.description_changed import DESCRIPTION_CHANGED
from pageschema.evolution.kinds.enum_values_added import ENUM_VALUES_ADDED
from pageschema.evolution.kinds.enum_values_removed import ENUM_VALUES_REMOVED
from pageschema.evolution.kinds.field_added import FIELD_ADDED
from pageschema.evolution.kinds.field_removed import FIELD_REMOVED
from pageschema.evolution.kinds.field_renamed import FIELD_RENAMED
from pageschema.evolution.kinds.format_changed import FORMAT_CHANGED
from pageschema.evolution.kinds.null_admitted import NULL_ADMITTED
from pageschema.evolution.kinds.null_refused import NULL_REFUSED
from pageschema.evolution.kinds.object_closed import OBJECT_CLOSED
from pageschema.evolution.kinds.object_opened import OBJECT_OPENED
from pageschema.evolution.kinds.pattern_changed import PATTERN_CHANGED
from pageschema.evolution.kinds.required_added import REQUIRED_ADDED
from pageschema.evolution.kinds.required_field_added import REQUIRED_FIELD_ADDED
from pageschema.evolution.kinds.required_field_removed import REQUIRED_FIELD_REMOVED
from pageschema.evolution.kinds.required_removed import REQUIRED_REMOVED
from pageschema.evolution.kinds.type_changed import TYPE_CHANGED
from pageschema.evolution.kinds.variant_added import VARIANT_ADDED
from pageschema.evolution.kinds.variant_removed import VARIANT_REMOVED

KINDS: tuple[ChangeKind, ...] = (
    FIELD_RENAMED,
    REQUIRED_FIELD_ADDED,
    REQUIRED_FIELD_REMOVED,
    FIELD_ADDED,
    FIELD_REMOVED,
    REQUIRED_ADDED,
    REQUIRED_REMOVED,
    TYPE_CHANGED,
    NULL_ADMITTED,
    NULL_REFUSED,
    ENUM_VALUES_ADDED,
    ENUM_VALUES_REMOVED,
    VARIANT_ADDED,
    VARIANT_REMOVED,
    BOUND_TIGHTENED,
    BOUND_LOOSENED,
    PATTERN_CHANGED,
    OBJECT_CLOSED,
    OBJECT_OPENED,
    FORMAT_CHANGED,
    DESCRIPTION_CHANGED,
    ANNOTATION_CHANGED,
    DEFINITION_RENAMED,
    CONSTRAINT_CHANGED,
)

__all__ = ["KINDS"]
