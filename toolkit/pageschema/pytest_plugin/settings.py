"""What a run was asked for, on the command line or in pytest's own settings; the command line wins."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

NOT_CI = {"", "0", "false", "no"}
"""Values of ``CI`` that people write to say that this is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The options of a run. `report` is the file that the contract run is written to, where one is wanted."""

    base_url: str | None
    max_requests: int | None
    report: Path | None
    freeze: bool

    @classmethod
    def of(cls, config: pytest.Config) -> Settings:
        """Read what is set.

        Raises:
            pytest.UsageError: It cannot be used here.
        """
        set_requests: Any = config.getini("pageschema_max_requests")
        if set_requests is not None and not (str(set_requests).isdecimal() and int(set_requests) >= 1):
            raise pytest.UsageError(
                f"pageschema_max_requests: {str(set_requests)!r} is no number of requests\n  write 1 or more"
            )
        option: str | None = config.getoption("--pageschema-report")
        setting: str | None = config.getini("pageschema_report")
        report = config.invocation_params.dir / option if option else setting and config.rootpath / setting
        freeze = bool(config.getoption("--pageschema-freeze"))
        if freeze and os.environ.get("CI", "").lower() not in NOT_CI:
            raise pytest.UsageError(
                "--pageschema-freeze is refused where the variable CI is set: a version that CI freezes is committed by"
                " nobody\n  run it on your machine, and commit what it writes under the registry"
            )
        return cls(
            base_url=config.getoption("--pageschema-base-url") or config.getini("pageschema_base_url") or None,
            max_requests=config.getoption("--pageschema-max-requests") or (int(set_requests) if set_requests else None),
            report=report or None,
            freeze=freeze,
        )
