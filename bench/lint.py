"""What lint costs in time and memory, as multiples of one bare interpreter start: `python bench/lint.py`.

Times are CPU, the best of several rounds taken in turn, so that other work on the machine changes little. The schemas
are made up from one seed: what Pydantic writes for documents, a few with the defects that authors make. The peer is the
fastest linter of JSON Schemas with a catalogue of rules; it is installed into a folder of its own, and left out with a
line where it cannot be had.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

ROUNDS = 5
SCHEMAS = 1_000
PEER = "sourcemeta-jsonschema"
DIALECT = "https://json-schema.org/draft/2020-12/schema"

BATCH = """
import json, sys, time
from pageschema import lint
texts = json.loads(open(sys.argv[1], encoding="utf-8").read())
lint(texts.pop(), notes=True)  # What is loaded on first use is measured by the fresh process.
started = time.process_time()
found = sum(len(lint(text, notes=True)) for text in texts)
print(json.dumps([(time.process_time() - started) / len(texts), found]))
"""

HOSTILE = ("[", "[^", "[a", r"[\d", r"\p{", "[[:a", "([", "(a|[", "(a|a")
"""Beginnings of which a pattern may consist. Whoever looks for the end of each anew takes x 4 for twice as many."""
HALF = 4_800
"""Characters of the shorter pattern; both are within what lint reads."""
PATTERNS = """
import json, sys, time
from pageschema import lint
unit, size = sys.argv[1], int(sys.argv[2])
def seconds(characters):
    pattern = unit * (characters // len(unit)) + ")*"
    schema = {"type": "object", "properties": {"a": {"type": "string", "description": "b", "pattern": pattern}}}
    started = time.process_time()
    lint(schema)
    return time.process_time() - started
seconds(10)
rounds = [(seconds(size), seconds(2 * size)) for _ in range(7)]
print(json.dumps([min(each) for each in zip(*rounds)]))
"""

MODELS = '''
"""An invoice as a project would model it."""

from datetime import date
from decimal import Decimal
from enum import Enum

from pydantic import BaseModel, Field


class Currency(str, Enum):
    EUR = "EUR"
    USD = "USD"
    OTHER = "other"


class Party(BaseModel):
    """A company as it is named on the invoice."""

    name: str | None = Field(None, description="The registered name")
    vat_number: str | None = Field(None, description="The VAT number, country code included")
    street: str | None = Field(None, description="Street and house number")
    city: str | None = Field(None, description="The city, without the postal code")


class Line(BaseModel):
    """One line of the invoice."""

    description: str | None = Field(None, description="What was sold, as printed")
    quantity: float | None = Field(None, description="How many pieces or hours")
    unit_price: float | None = Field(None, description="The price of one, without tax")
    delivered_on: date | None = Field(None, description="The day of delivery")


class Invoice(BaseModel):
    """An invoice of a supplier."""

    number: str | None = Field(None, description="The invoice number, as printed")
    issued_on: date | None = Field(None, description="The day of issue")
    currency: Currency | None = Field(None, description="The currency of all amounts")
    total: float | None = Field(None, description="The amount due, tax included", ge=0)
    seller: Party | None = Field(None, description="Who sends the invoice")
    buyer: Party | None = Field(None, description="Who has to pay it")
    lines: list[Line] = Field(default_factory=list, description="Every line of the table")
'''


PEAK = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)
"""
"""A process counts the memory of the one that started it, so that must be a small one."""


class Usage(NamedTuple):
    """What one process took: seconds of CPU, and what it printed."""

    cpu: float
    out: str


def main() -> None:
    """Measure, and print a row a question."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--folder", type=Path, help="where the peer is installed, and found the next time")
    parser.add_argument("--no-peer", action="store_true", help="ask no peer")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        texts = [json.dumps(schema) for schema in schemas(SCHEMAS + 1)]
        (folder / "texts.json").write_text(json.dumps(texts))
        (folder / "one.json").write_text(texts[0])
        (folder / "models.py").write_text(MODELS)
        (folder / "batch.py").write_text(BATCH)
        (folder / "many").mkdir()
        for number, text in enumerate(texts[:SCHEMAS]):
            (folder / "many" / f"{number}.json").write_text(text)
        ours = [sys.executable, "-m", "pageschema", "lint"]
        cases = {
            "pass": [sys.executable, "-c", "pass"],
            "one": [*ours, "one.json"],
            "batch": [sys.executable, "batch.py", "texts.json"],
            "import": [sys.executable, "-c", "import models"],
            "model": [*ours, "models.py"],
        }
        peer = None if arguments.no_peer else _peer(arguments.folder or folder / "peer")
        if peer:
            cases["peer one"] = [peer, "lint", "-d", DIALECT, "one.json"]
            cases["peer batch"] = [peer, "lint", "-d", DIALECT, "many"]
        best = _measure(cases, folder)
        peaks = {
            name: float(_run([sys.executable, "-c", PEAK, *cases[name]], folder).out)
            for name in ("one", "peer one", "peer batch")
            if name in cases
        }
        _print(best, peaks, texts)
        _print_hostile(folder)


def _print_hostile(folder: Path) -> None:
    """Say how much longer a hostile pattern of twice the length takes: the worst of all kinds."""
    (folder / "patterns.py").write_text(PATTERNS)
    ratios = {}
    for unit in HOSTILE:
        short, long = json.loads(_run([sys.executable, "patterns.py", unit, str(HALF)], folder).out)
        ratios[unit] = long / short
    worst = max(ratios, key=lambda unit: ratios[unit])
    print(_row(f"a hostile pattern twice as long ({worst}…)", f"x {ratios[worst]:.2f}", "x 2.50"))


def _print(best: dict[str, Usage], peaks: dict[str, float], texts: list[str]) -> None:
    bare = best["pass"].cpu
    each, found = json.loads(best["batch"].out)
    print(f"{len(texts) - 1} schemas of {sum(map(len, texts)) / len(texts) / 1000:.1f} kB, {found} findings, notes too")
    print(f"{'':44}{'measured':>10}{'aim':>10}")
    print(_row("one JSON file in a fresh process", f"x {best['one'].cpu / bare:.1f}", "x 10"))
    print(_row("a schema of many in one process", f"x {each / bare:.3f}", "x 0.120"))
    print(_row("peak of the fresh process", f"{peaks['one']:.0f} MiB", "80 MiB"))
    print(_row("a model, beside importing it", f"x {best['model'].cpu / best['import'].cpu:.2f}", "x 1.50"))
    if "peer one" in best:
        batch = (best["peer batch"].cpu - best["peer one"].cpu) / (len(texts) - 1)
        print(_row(f"{PEER}: one file", f"x {best['peer one'].cpu / bare:.1f}"))
        print(_row(f"{PEER}: a schema of many", f"x {batch / bare:.3f}"))
        print(_row(f"{PEER}: peak of one, of many", f"{peaks['peer one']:.0f}, {peaks['peer batch']:.0f} MiB"))


def _row(title: str, measured: str, aim: str = "") -> str:
    return f"{title:44}{measured:>10}{aim:>10}"


def _measure(cases: dict[str, list[str]], folder: Path) -> dict[str, Usage]:
    best: dict[str, Usage] = {}
    for _ in range(ROUNDS):
        for name, command in cases.items():
            usage = _run(command, folder)
            if name not in best or _cost(usage) < _cost(best[name]):
                best[name] = usage
    return best


def _cost(usage: Usage) -> float:
    return float(json.loads(usage.out)[0]) if usage.out.startswith("[") else usage.cpu


def _run(command: Sequence[str], folder: Path) -> Usage:
    # As where it is installed: modules are compiled once, in the first round.
    environment = os.environ | {"PYTHONPATH": str(folder), "PYTHONPYCACHEPREFIX": str(folder / "compiled")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL, cwd=folder, env=environment)
        _, _, usage = os.wait4(process.pid, 0)
        process.returncode = 0  # It has been waited for.
        out.seek(0)
        return Usage(usage.ru_utime + usage.ru_stime, out.read().decode("utf-8", "replace"))


def _peer(folder: Path) -> str | None:
    """Return the peer's own program, installed into *folder* where it is not there yet."""
    if not (folder / "bin" / "python").exists():
        for command in (
            [sys.executable, "-m", "venv", str(folder)],
            [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", PEER],
        ):
            if subprocess.run(command, check=False, capture_output=True).returncode:
                print(f"{PEER} left out: it cannot be installed")
                return None
    machine = {"aarch64": "arm64", "amd64": "x86_64"}.get(platform.machine().lower(), platform.machine())
    name = f"jsonschema-{platform.system().lower()}-{machine}"
    for program in folder.glob(f"lib/python*/site-packages/sourcemeta_jsonschema/{name}"):
        return str(program)
    print(f"{PEER} left out: it has no program for this machine")
    return None


# the schemas

NAMES = [
    "invoice_number", "supplier", "customer", "issue_date", "due_date", "currency", "subtotal", "tax_amount",
    "grand_total", "payment_terms", "purchase_order", "delivery_note", "account_holder", "iban", "bank_name",
    "contact_person", "phone_number", "email_address", "street_address", "postal_code", "city", "country", "line_items",
    "quantity", "unit_price", "product_code", "discount_rate", "warranty_period", "contract_start", "contract_end",
    "notice_period", "governing_law", "signatory", "witness", "policy_number", "premium", "coverage_limit",
    "deductible", "claim_number", "incident_date", "adjuster", "diagnosis_code", "procedure", "provider_name", "dosage",
    "laboratory", "sample_date", "result_range", "units_shipped", "carrier", "tracking_number", "container_id",
    "port_of_loading", "gross_weight", "net_weight", "hazard_class", "vessel_name", "consignee",
]  # fmt: skip
PLACES = [
    "printed at the top of the first page", "next to the logo", "below the heading", "in the table", "behind the label",
    "as stated by the supplier", "without the currency sign", "including tax", "excluding tax", "in full",
    "with the country code", "as the document writes it", "of the party that signs", "for the whole contract",
]  # fmt: skip
CHOICES = ("net_30", "net_60", "prepaid", "on_delivery", "instalments", "credit_card", "direct_debit", "other")


def schemas(count: int) -> list[dict[str, Any]]:
    """Return *count* different page schemas of some 3 kB."""
    return [_schema(random.Random(seed)) for seed in range(count)]


def _schema(chance: random.Random) -> dict[str, Any]:
    names = chance.sample(NAMES, 24)
    shared = {
        "Party": _object(chance, names[:3]),
        "Item": _object(chance, names[3:7]),
    }
    properties = {name: _field(chance, name) for name in names[7:19]}
    properties[names[19]] = _described(chance, names[19], {"$ref": "#/$defs/Party"})
    properties[names[20]] = _described(
        chance, names[20], {"anyOf": [{"$ref": "#/$defs/Party"}, {"type": "null"}], "default": None}
    )
    properties[names[21]] = _described(chance, names[21], {"type": "array", "items": {"$ref": "#/$defs/Item"}})
    schema: dict[str, Any] = {
        "$defs": shared,
        "title": "Document",
        "type": "object",
        "description": "A document " + chance.choice(PLACES),
        "properties": properties,
    }
    if chance.random() < 0.1:
        schema["required"] = [names[19], chance.choice(names[22:])]  # the second is declared nowhere
    return schema


def _object(chance: random.Random, names: list[str]) -> dict[str, Any]:
    return {
        "type": "object",
        "description": f"One {names[0].replace('_', ' ')} {chance.choice(PLACES)}",
        "properties": {name: _field(chance, name) for name in names},
        "required": names[:1],
    }


def _field(chance: random.Random, name: str) -> dict[str, Any]:
    kind = chance.random()
    schema: dict[str, Any]
    if kind < 0.35:
        schema = {"anyOf": [{"type": "string"}, {"type": "null"}], "default": None}
    elif kind < 0.55:
        schema = {"anyOf": [{"type": "number"}, {"type": "null"}], "default": None}
    elif kind < 0.65:
        schema = {"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}], "default": None}
    elif kind < 0.75:
        schema = {"enum": [*chance.sample(CHOICES, 4), None]}
    elif kind < 0.85:
        schema = {"type": ["integer", "null"], "minimum": 0, "maximum": chance.randint(10, 10_000)}
    elif kind < 0.92:
        schema = {"type": ["string", "null"], "pattern": f"^[A-Z]{{2}}[0-9]{{{chance.randint(4, 12)}}}$"}
    elif kind < 0.98:
        schema = {"type": "array", "items": {"type": "string"}}
    else:
        schema = chance.choice(
            [
                {},
                {"type": "object"},
                {"type": "strng"},
                {"type": "array"},
                {"type": "string", "minLength": 9, "maxLength": 3},
            ]
        )
    return _described(chance, name, schema)


def _described(chance: random.Random, name: str, schema: dict[str, Any]) -> dict[str, Any]:
    if chance.random() < 0.03:
        return schema
    return {**schema, "description": f"The {name.replace('_', ' ')} {chance.choice(PLACES)}"}


if __name__ == "__main__":
    main()
