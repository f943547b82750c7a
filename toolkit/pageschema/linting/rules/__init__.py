"""Every lint rule, in order of code. A new rule is a file in this folder, an import and a line here."""

from __future__ import annotations

from pageschema.linting.rule import LintRule
from pageschema.linting.rules.ambiguous_one_of import AMBIGUOUS_ONE_OF
from pageschema.linting.rules.asks_to_compute import ASKS_TO_COMPUTE
from pageschema.linting.rules.awkward_name import AWKWARD_NAME
from pageschema.linting.rules.backtracking_pattern import BACKTRACKING_PATTERN
from pageschema.linting.rules.bare_property_map import BARE_PROPERTY_MAP
from pageschema.linting.rules.bytes_field import BYTES_FIELD
from pageschema.linting.rules.cannot_generate import CANNOT_GENERATE
from pageschema.linting.rules.comment_or_docstring_not_used import COMMENT_OR_DOCSTRING_NOT_USED
from pageschema.linting.rules.computed_field_in_schema import COMPUTED_FIELD_IN_SCHEMA
from pageschema.linting.rules.conditional_or_combined import CONDITIONAL_OR_COMBINED
from pageschema.linting.rules.confusable_names import CONFUSABLE_NAMES
from pageschema.linting.rules.constant_answer import CONSTANT_ANSWER
from pageschema.linting.rules.constant_became_field import CONSTANT_BECAME_FIELD
from pageschema.linting.rules.dead_branch import DEAD_BRANCH
from pageschema.linting.rules.deep_nesting import DEEP_NESTING
from pageschema.linting.rules.default_breaks_schema import DEFAULT_BREAKS_SCHEMA
from pageschema.linting.rules.description_echoes_name import DESCRIPTION_ECHOES_NAME
from pageschema.linting.rules.description_in_branch import DESCRIPTION_IN_BRANCH
from pageschema.linting.rules.duplicate_key import DUPLICATE_KEY
from pageschema.linting.rules.duplicate_value import DUPLICATE_VALUE
from pageschema.linting.rules.empty_root_properties import EMPTY_ROOT_PROPERTIES
from pageschema.linting.rules.encoded_twice import ENCODED_TWICE
from pageschema.linting.rules.enum_outside_type import ENUM_OUTSIDE_TYPE
from pageschema.linting.rules.enum_without_escape import ENUM_WITHOUT_ESCAPE
from pageschema.linting.rules.example_breaks_schema import EXAMPLE_BREAKS_SCHEMA
from pageschema.linting.rules.free_form_object import FREE_FORM_OBJECT
from pageschema.linting.rules.infinite_recursion import INFINITE_RECURSION
from pageschema.linting.rules.instance_as_schema import INSTANCE_AS_SCHEMA
from pageschema.linting.rules.invalid_json import INVALID_JSON
from pageschema.linting.rules.invalid_keyword_value import INVALID_KEYWORD_VALUE
from pageschema.linting.rules.invalid_type_name import INVALID_TYPE_NAME
from pageschema.linting.rules.invented_default import INVENTED_DEFAULT
from pageschema.linting.rules.keyword_without_effect import KEYWORD_WITHOUT_EFFECT
from pageschema.linting.rules.large_enum import LARGE_ENUM
from pageschema.linting.rules.large_schema import LARGE_SCHEMA
from pageschema.linting.rules.limit_exceeded import LIMIT_EXCEEDED
from pageschema.linting.rules.long_description import LONG_DESCRIPTION
from pageschema.linting.rules.many_properties import MANY_PROPERTIES
from pageschema.linting.rules.map_field import MAP_FIELD
from pageschema.linting.rules.missing_description import MISSING_DESCRIPTION
from pageschema.linting.rules.missing_root_properties import MISSING_ROOT_PROPERTIES
from pageschema.linting.rules.mixed_union import MIXED_UNION
from pageschema.linting.rules.not_in_the_document import NOT_IN_THE_DOCUMENT
from pageschema.linting.rules.not_nullable import NOT_NULLABLE
from pageschema.linting.rules.nullable_root import NULLABLE_ROOT
from pageschema.linting.rules.open_object import OPEN_OBJECT
from pageschema.linting.rules.openapi_document import OPENAPI_DOCUMENT
from pageschema.linting.rules.optional_field import OPTIONAL_FIELD
from pageschema.linting.rules.other_dialect import OTHER_DIALECT
from pageschema.linting.rules.outdated_form import OUTDATED_FORM
from pageschema.linting.rules.placeholder_description import PLACEHOLDER_DESCRIPTION
from pageschema.linting.rules.positional_description import POSITIONAL_DESCRIPTION
from pageschema.linting.rules.private_field_dropped import PRIVATE_FIELD_DROPPED
from pageschema.linting.rules.recursive_schema import RECURSIVE_SCHEMA
from pageschema.linting.rules.reference_loop import REFERENCE_LOOP
from pageschema.linting.rules.repeated_name import REPEATED_NAME
from pageschema.linting.rules.required_non_empty_array import REQUIRED_NON_EMPTY_ARRAY
from pageschema.linting.rules.required_not_nullable import REQUIRED_NOT_NULLABLE
from pageschema.linting.rules.response_suffix_collision import RESPONSE_SUFFIX_COLLISION
from pageschema.linting.rules.root_not_object import ROOT_NOT_OBJECT
from pageschema.linting.rules.schema_and_model_disagree import SCHEMA_AND_MODEL_DISAGREE
from pageschema.linting.rules.self_confidence import SELF_CONFIDENCE
from pageschema.linting.rules.swallowed_branch import SWALLOWED_BRANCH
from pageschema.linting.rules.tuple import TUPLE
from pageschema.linting.rules.uncompilable_pattern import UNCOMPILABLE_PATTERN
from pageschema.linting.rules.undeclared_required import UNDECLARED_REQUIRED
from pageschema.linting.rules.undescribed_root import UNDESCRIBED_ROOT
from pageschema.linting.rules.unknown_keyword import UNKNOWN_KEYWORD
from pageschema.linting.rules.unportable_pattern import UNPORTABLE_PATTERN
from pageschema.linting.rules.unresolvable_ref import UNRESOLVABLE_REF
from pageschema.linting.rules.unsatisfiable import UNSATISFIABLE
from pageschema.linting.rules.unstable_schema import UNSTABLE_SCHEMA
from pageschema.linting.rules.unsupported_keyword import UNSUPPORTED_KEYWORD
from pageschema.linting.rules.unsupported_name import UNSUPPORTED_NAME
from pageschema.linting.rules.untyped_array import UNTYPED_ARRAY
from pageschema.linting.rules.untyped_field import UNTYPED_FIELD
from pageschema.linting.rules.unused_definition import UNUSED_DEFINITION
from pageschema.linting.rules.unused_ignore import UNUSED_IGNORE
from pageschema.linting.rules.vague_name import VAGUE_NAME
from pageschema.linting.rules.wrapped_schema import WRAPPED_SCHEMA

RULES: tuple[LintRule, ...] = (
    INVALID_JSON,
    DUPLICATE_KEY,
    ENCODED_TWICE,
    INSTANCE_AS_SCHEMA,
    BARE_PROPERTY_MAP,
    WRAPPED_SCHEMA,
    OPENAPI_DOCUMENT,
    MISSING_ROOT_PROPERTIES,
    EMPTY_ROOT_PROPERTIES,
    ROOT_NOT_OBJECT,
    NULLABLE_ROOT,
    INVALID_KEYWORD_VALUE,
    INVALID_TYPE_NAME,
    UNRESOLVABLE_REF,
    REFERENCE_LOOP,
    UNDECLARED_REQUIRED,
    UNCOMPILABLE_PATTERN,
    UNPORTABLE_PATTERN,
    BACKTRACKING_PATTERN,
    OTHER_DIALECT,
    UNKNOWN_KEYWORD,
    KEYWORD_WITHOUT_EFFECT,
    DUPLICATE_VALUE,
    UNUSED_DEFINITION,
    OUTDATED_FORM,
    REPEATED_NAME,
    UNSATISFIABLE,
    ENUM_OUTSIDE_TYPE,
    INFINITE_RECURSION,
    AMBIGUOUS_ONE_OF,
    DEFAULT_BREAKS_SCHEMA,
    EXAMPLE_BREAKS_SCHEMA,
    DEAD_BRANCH,
    SWALLOWED_BRANCH,
    UNTYPED_FIELD,
    UNTYPED_ARRAY,
    FREE_FORM_OBJECT,
    MIXED_UNION,
    TUPLE,
    BYTES_FIELD,
    CONDITIONAL_OR_COMBINED,
    MAP_FIELD,
    DEEP_NESTING,
    MANY_PROPERTIES,
    LARGE_ENUM,
    LONG_DESCRIPTION,
    LARGE_SCHEMA,
    ENUM_WITHOUT_ESCAPE,
    REQUIRED_NON_EMPTY_ARRAY,
    CONSTANT_ANSWER,
    REQUIRED_NOT_NULLABLE,
    INVENTED_DEFAULT,
    SELF_CONFIDENCE,
    ASKS_TO_COMPUTE,
    RESPONSE_SUFFIX_COLLISION,
    AWKWARD_NAME,
    CONFUSABLE_NAMES,
    MISSING_DESCRIPTION,
    PLACEHOLDER_DESCRIPTION,
    DESCRIPTION_IN_BRANCH,
    VAGUE_NAME,
    UNDESCRIBED_ROOT,
    DESCRIPTION_ECHOES_NAME,
    POSITIONAL_DESCRIPTION,
    UNSTABLE_SCHEMA,
    CANNOT_GENERATE,
    PRIVATE_FIELD_DROPPED,
    SCHEMA_AND_MODEL_DISAGREE,
    CONSTANT_BECAME_FIELD,
    COMMENT_OR_DOCSTRING_NOT_USED,
    COMPUTED_FIELD_IN_SCHEMA,
    NOT_IN_THE_DOCUMENT,
    UNSUPPORTED_KEYWORD,
    OPEN_OBJECT,
    OPTIONAL_FIELD,
    NOT_NULLABLE,
    LIMIT_EXCEEDED,
    UNSUPPORTED_NAME,
    RECURSIVE_SCHEMA,
    UNUSED_IGNORE,
)
