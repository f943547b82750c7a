"""Every lint rule, in order of code. A new rule is a file in this folder, an import and a line here."""

from __future__ import annotations

from pageschema.linting.rule import LintRule
from pageschema.linting.rules.bare_property_map import BARE_PROPERTY_MAP
from pageschema.linting.rules.default_breaks_schema import DEFAULT_BREAKS_SCHEMA
from pageschema.linting.rules.duplicate_key import DUPLICATE_KEY
from pageschema.linting.rules.empty_root_properties import EMPTY_ROOT_PROPERTIES
from pageschema.linting.rules.encoded_twice import ENCODED_TWICE
from pageschema.linting.rules.example_breaks_schema import EXAMPLE_BREAKS_SCHEMA
from pageschema.linting.rules.instance_as_schema import INSTANCE_AS_SCHEMA
from pageschema.linting.rules.invalid_json import INVALID_JSON
from pageschema.linting.rules.invalid_keyword_value import INVALID_KEYWORD_VALUE
from pageschema.linting.rules.invalid_type_name import INVALID_TYPE_NAME
from pageschema.linting.rules.missing_description import MISSING_DESCRIPTION
from pageschema.linting.rules.missing_root_properties import MISSING_ROOT_PROPERTIES
from pageschema.linting.rules.nullable_root import NULLABLE_ROOT
from pageschema.linting.rules.openapi_document import OPENAPI_DOCUMENT
from pageschema.linting.rules.reference_loop import REFERENCE_LOOP
from pageschema.linting.rules.response_suffix_collision import RESPONSE_SUFFIX_COLLISION
from pageschema.linting.rules.root_not_object import ROOT_NOT_OBJECT
from pageschema.linting.rules.uncompilable_pattern import UNCOMPILABLE_PATTERN
from pageschema.linting.rules.undeclared_required import UNDECLARED_REQUIRED
from pageschema.linting.rules.unportable_pattern import UNPORTABLE_PATTERN
from pageschema.linting.rules.unresolvable_ref import UNRESOLVABLE_REF
from pageschema.linting.rules.untyped_array import UNTYPED_ARRAY
from pageschema.linting.rules.untyped_field import UNTYPED_FIELD
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
    DEFAULT_BREAKS_SCHEMA,
    EXAMPLE_BREAKS_SCHEMA,
    UNTYPED_FIELD,
    UNTYPED_ARRAY,
    RESPONSE_SUFFIX_COLLISION,
    MISSING_DESCRIPTION,
)
