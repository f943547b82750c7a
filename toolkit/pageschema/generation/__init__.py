"""From a Pydantic model to the page schema that is sent."""

from pageschema.generation.page import page_schema

__all__ = ["page_schema"]
