"""From a TARGET to Pydantic models, and from a model to the file and line of each of its fields."""

from pageschema.models.lines import class_origin, field_origin
from pageschema.models.target import ModelSite, load_models, models_within

__all__ = ["ModelSite", "class_origin", "field_origin", "load_models", "models_within"]
