"""The one door of Jinja: templates to HTML in one self-contained file that asks for nothing outside itself.

What comes from a schema or a provider is escaped twice over: signs that do not print, bidirectional ones among them,
become visible escapes, and then the template escapes HTML. The page forbids itself every request.
"""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pageschema import jsontext
from pageschema.report.layout import count, printable

if TYPE_CHECKING:
    from jinja2 import Environment

_READINGS = {"backward": "stored extractions", "forward": "old readers"}


def render_page(template: str, **values: Any) -> str:
    """Return the page that *template* makes of *values*; it ends in a line feed."""
    return _environment().get_template(template).render(**values).rstrip("\n") + "\n"


@lru_cache(maxsize=1)
def _environment() -> Environment:
    import jinja2

    loader = jinja2.PackageLoader("pageschema.report.page", "templates")
    environment = jinja2.Environment(
        autoescape=True,
        finalize=_visible,
        loader=loader,
        lstrip_blocks=True,
        trim_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    style, script = (loader.get_source(environment, name)[0].strip() for name in ("page.css", "page.js"))
    from markupsafe import Markup

    environment.globals |= {
        "style": Markup(style),  # noqa: S704 - a file of this package
        "script": Markup(script),  # noqa: S704 - a file of this package
        "policy": "; ".join(
            (
                "default-src 'none'",
                "img-src data:",
                f"style-src '{_fingerprint(style)}'",
                f"script-src '{_fingerprint(script)}'",
                "base-uri 'none'",
                "form-action 'none'",
            )
        ),
    }
    environment.filters |= {"as_json": _json, "counted": count, "sides": _sides}
    return environment


def _visible(value: Any) -> Any:
    """Return a text with what does not print made visible, line by line; markup and numbers as they are."""
    if type(value) is not str:
        return value
    return "\n".join(map(printable, value.split("\n")))


def _fingerprint(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _json(value: Any) -> str:
    return jsontext.dumps(value)


def _sides(directions: tuple[str, ...]) -> str:
    return " and ".join(_READINGS[each] for each in directions)
