"""Uses the public API as users do. Never run: `mypy tests/typing/api.py` holds the types to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Field

from pageschema import (
    AuditOptions,
    AuditReport,
    CannotGenerate,
    Comparison,
    Conformance,
    Contract,
    Emulator,
    Evidence,
    Exchange,
    ExtractClient,
    Extraction,
    ExtractionMismatch,
    Failure,
    Finding,
    Frozen,
    FuzzResult,
    Instance,
    InvalidConfiguration,
    InvalidContract,
    InvalidJSON,
    InvalidSchema,
    InvalidTarget,
    MissingExtra,
    NoExtraction,
    NoInstance,
    Origin,
    PageSchema,
    PageSchemaError,
    Registry,
    RegistryError,
    Request,
    Response,
    Ruling,
    Severity,
    TargetUnreachable,
    Unknown,
    Violation,
    assert_extraction,
    audit_extractions,
    check_extraction,
    conformance_schema,
    diff,
    find_instance,
    fix,
    fuzz,
    lint,
    page_schema,
    parse_extraction,
    peel,
    read_result,
    strategies,
)
from pageschema.audit import Summary, check_range, plan_ranges


class Invoice(BaseModel):
    total: float = Field(description="Amount due.")


schema: PageSchema = page_schema(Invoice)
text: str = schema.text
findings: list[Finding] = lint(schema)
mended: PageSchema = fix(schema)
mended_text: str = fix('{"total": {"type": "number"}}')
comparison: Comparison = diff(schema, {"type": "object"}, content="open")
answers: tuple[str, str] = (comparison.backward, comparison.forward)
violations: list[Violation] = check_extraction({"total": 1}, schema, strict=True, min_score=3)
assert_extraction({"total": 1}, schema, require_citations=True, require_verified=True)
parsed: Extraction[Invoice] = parse_extraction({"total": 1}, Invoice)
total: float = parsed.value.total
evidence: Evidence = parsed.evidence["/total"]
cited: tuple[str, ...] = evidence.citations
scores: list[int | None] = [each.score for each in parsed.evidence.values()]
is_right: bool = Conformance.of(schema).accepts({"total": 1, "total_score": {"score": 5}})
as_it_comes = conformance_schema(schema, strict=True)["properties"]
extraction = read_result({"extraction_schema_json": "{}"}).value
bare = peel(extraction, schema).value
audited: AuditReport = audit_extractions(
    ["stored.jsonl"], schema, options=AuditOptions(share=0.01, evidence=True), workers=2, write_broken="broken.jsonl"
)
kinds: list[tuple[str, str, int]] = [(each.pointer, each.keyword, each.count) for each in audited.totals]
counted: Summary = Summary.of(check_range(unit, schema) for unit in plan_ranges(["stored.jsonl"]))
found = find_instance({"type": "string"})
match found:
    case Instance():
        value = found.value
    case NoInstance():
        value = None
    case Unknown():
        reason: str = found.reason
errors: list[str] = [each.message for each in findings if each.severity is Severity.ERROR]
origin: Origin = findings[0].origin
line: int | None = origin.line
registry = Registry("schemas")
frozen: Frozen = registry.publish(schema, name="invoice", version="1.0.0")
versions: tuple[Frozen, ...] = registry.versions("invoice")
contract = Contract.load()

with Emulator(faults=["never-completes"]) as emulator:
    with ExtractClient(emulator.base_url, api_key=emulator.api_key) as client:
        status: int | None = answer.status if (answer := client.get("/api/v1/extract/x").response) else None
        sent: Exchange = client.send(Request(method="GET", path="/api/v1/extract/x"))
        returned: dict[str, Any] = client.extract(schema, b"%PDF", patience=5, extraction_mode="fast")
    result: FuzzResult = fuzz(contract, emulator.base_url, api_key=emulator.api_key, max_requests=10, seed=1)

for request in (strategies.extract_requests(contract).example(), strategies.extract_requests().example()):
    ruling: Ruling = contract.judge(request, resources={"schema_id": "sch_1"})
generated: PageSchema = strategies.page_schemas().example()
drawn = strategies.extractions(schema, siblings="fast", nulls=True).example()
broken: strategies.Broken = strategies.broken_extractions(schema, breakages=strategies.breakages_of(schema)).example()
where: tuple[str, str] = (broken.pointer, broken.breakage)
smallest: Request = strategies.minimal_draft().encode()
resources: Mapping[str, str] = {}
valid: Request = strategies.valid_drafts(contract, resources=resources).example().encode()
pages: Any = strategies.field_values(contract, "max_pages").example()
content: dict[str, Any] = strategies.page_schema_values().example()
invalid = strategies.broken_drafts(
    contract,
    clause=contract.clause("source-required"),
    valid=strategies.valid_drafts(contract, resources=resources),
    resources=resources,
).example()
hunted: list[Any] = strategies.hunt({"type": "integer"}, lambda instance: instance > 3)
unusual: list[strategies.WireCase] = [case for case in strategies.wire_cases() if case.request.body]
names: list[str] = [each.name for each in strategies.BREAKAGES]
wrong_ids: list[str] = [*strategies.MALFORMED_IDS]
uploaded = strategies.UPLOADS
failures: tuple[Failure, ...] = result.failures
received: Response | None = sent.response
failed: list[str] = [failure.curl(emulator.base_url) for failure in failures]

try:
    parse_extraction({}, Invoice)
except ExtractionMismatch as mismatch:
    also: tuple[Violation, ...] = mismatch.violations
except (CannotGenerate, InvalidJSON, InvalidSchema, NoExtraction) as unusable:
    remedy: str = unusable.remedy
except (InvalidConfiguration, InvalidContract, InvalidTarget, MissingExtra, RegistryError, TargetUnreachable) as other:
    code: int = other.exit_code
except PageSchemaError as error:
    told: str = f"{error.where}: {error.what}"


def test_with_the_fixtures(
    extract_emulator: Emulator, extract_client: ExtractClient, check_extraction: Callable[..., None], tmp_path: Path
) -> None:
    tmp_path.joinpath("url").write_text(extract_emulator.base_url)
    check_extraction(extract_client.extract(schema, b"%PDF"), "invoice", strict=True)
