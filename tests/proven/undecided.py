"""The questions that are answered `unknown` today, each with the reason; whoever decides one takes it off this list."""

from __future__ import annotations

UNDECIDED: dict[str, str] = {}
