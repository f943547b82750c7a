"""PS507 asks-to-compute."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pageschema.finding import Severity
from pageschema.linting.kinds import kinds_of
from pageschema.linting.options import says_one_type
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject
from pageschema.linting.wording import field, quoted
from pageschema.linting.words import LONGEST_READ, description_at, word_set, words_of_name
from pageschema.schema import Place

_ORDERS = re.compile(
    # At the start of a sentence, or behind another order.
    r"(?:^|[.;:(!?\n] *|\b(?:and|then|please|must|should) )"
    r"(calculate|compute|(?:add|sum) (?:up|all|the)|multiply|subtract|divide|count (?:the|all|how many|each)"
    r"|berechnen?|addiere|zähle|calcule[rz]?|additionne[rz]?|calcular?|calcola|calcolare|рассчитай|вычисли)\b|(请计算|计算出|を計算)",
    re.IGNORECASE,
)
_RESULTS = re.compile(
    r"\b(calculated (?:as|by|from|using)|computed (?:as|by|from|using)|sum of|average of|mean of|median of"
    r"|difference between|ratio of|product of|percentage (?:change|difference) (?:of|in|between)"
    r"|summe (?:aller|der|von)|durchschnitt (?:aller|der|von)|somme des|moyenne des|suma de|promedio de|soma d[aeo]s?"
    r"|média d[aeo]s?|somma d[ei]|media dei)\b",
    re.IGNORECASE,
)
_HINTS = (
    "calc", "comput", "sum", "add ", "addi", "multipl", "subtract", "divide", "count", "berechn", "zähl", "рассч",
    "вычисл", "计算", "計算", "average", "mean", "median", "differ", "ratio", "product", "percent", "durchsch", "somm",
    "moyenne", "promedio", "soma", "média", "media",
)  # fmt: skip
"""One of them stands wherever the two above find something, and costs less to look for."""
_READ_OFF = re.compile(
    r"\b(?:printed|stated|shown|reported|given|written|listed|displayed|indicated|appears?|found|mentioned|provided"
    r"|specified|on the (?:page|document|invoice|form|receipt|statement|bill)|gedruckt|angegeben|indiqué|indicad[oa])\b"
    r"|\b(?:do not|don't|never|not|rather than|instead of) (?:be )?(?:re-?)?(?:calculat|comput|deriv|add|sum)",
    re.IGNORECASE,
)
_PLACES = re.compile(r"\b(?:line|box|column|row|page|section|schedule|item|field) (?:[A-Z]?\d+[a-z]?|[A-Z])\b")
"""Where a form has it."""
_PRINTED = word_set(
    "total totals subtotal amount balance net gross sum tax vat due summe gesamt betrag saldo montant solde importe "
    "importo valor totale"
)
"""Words in the name of a figure that documents print, whatever it is the sum of."""
_FIGURES = frozenset({"number", "integer"})
_NAMES = frozenset({"calculated", "computed", "calc"})


def _find(subject: Subject) -> Iterator[Flaw]:
    for place in subject.fields:
        said = _asked(subject, place) if isinstance(place.schema, dict) else None
        if said is not None:
            yield Flaw(
                pointer=place.pointer,
                message=f"{field(place)} asks to compute ({quoted(said)}), not to read",
                remedy="ask for what is printed, and compute in your own code",
            )


def _asked(subject: Subject, place: Place) -> str | None:
    """Return the words that ask to compute the number at *place*, or None where it is to be read."""
    if says_one_type(place.schema) and place.schema["type"] not in ("number", "integer"):
        return None
    if kinds_of(subject, place).isdisjoint(_FIGURES):
        return None
    text = description_at(subject, place)[:LONGEST_READ]
    words = words_of_name(str(place.key))
    folded = text.casefold()
    is_hinted = any(hint in folded for hint in _HINTS)
    ordered = _ORDERS.search(text) if is_hinted else None
    if ordered:
        said = next(filter(None, ordered.groups()))
    elif words and (words[0] in _NAMES or (words[-1] in _NAMES and not _PRINTED.isdisjoint(words))):
        said = "" if _PLACES.search(text) else str(place.key)
    else:
        result = (
            _RESULTS.search(text) if is_hinted and _PRINTED.isdisjoint(words) and not _READ_OFF.search(text) else None
        )
        said = result[1] if result else ""
    kinds = kinds_of(subject, place) if said else frozenset()
    return said if kinds & _FIGURES and not kinds & {"array", "object"} else None


ASKS_TO_COMPUTE = LintRule(
    code="PS507",
    name="asks-to-compute",
    severity=Severity.WARNING,
    summary="a number whose description asks to calculate it instead of to read it",
    why=(
        "Models that read are poor at arithmetic, and a wrong sum looks like a right one. Computed in code from fields "
        "that were read, it is always right, and a printed total can be held against it."
    ),
    source="Found in 5 of 269 models of public repositories, 14 fields of them.",
    bad="""\
{
  "type": "object",
  "properties": {
    "average_price": {"type": "number", "description": "Average of the unit prices"},
    "days": {"type": "integer", "description": "Calculate the days between issue and due date"}
  }
}
""",
    flagged=("/properties/average_price", "/properties/days"),
    good="""\
{
  "type": "object",
  "properties": {
    "total": {"type": "number", "description": "The sum of all lines, as printed"},
    "due_on": {"type": "string", "description": "The day until which it is to be paid"}
  }
}
""",
    find=_find,
)
