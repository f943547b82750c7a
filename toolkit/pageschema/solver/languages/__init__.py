"""Patterns as regular languages: what one allows beyond another is decided, and shown by a shortest word."""

from pageschema.solver.languages.language import Language, enclosing, is_disputed, region

__all__ = ["Language", "enclosing", "is_disputed", "region"]
