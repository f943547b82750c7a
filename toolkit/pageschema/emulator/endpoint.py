"""POST /api/v1/extract and the poll for its result."""

from typing import Any

from fastapi import APIRouter, Depends, Request, Response, UploadFile
from pydantic import BaseModel, Field

from pageschema import jsontext
from pageschema.emulator import form, upload
from pageschema.emulator.extraction import Extraction
from pageschema.emulator.options import LINK_SECONDS
from pageschema.emulator.result import PROCESSING, compose_result, late_failure, mode_used
from pageschema.emulator.rules import schema_text
from pageschema.emulator.store import Job
from pageschema.emulator.submission import Answer, Refusal, Submission
from pageschema.emulator.wire import Emulation, FormRoute, emulation, origin, reply, require_key

HEAD_BYTES = 1024
GONE = Refusal(status=404, detail="Result not found. The link may have expired.", rule="result-known")

router = APIRouter(prefix="/api/v1/extract", route_class=FormRoute, dependencies=[Depends(require_key)])
offloaded = APIRouter(prefix="/results", include_in_schema=False)
"""Where results stand that are too large for the answer: the URL itself opens them, as a signed one does."""


class InitialResponse(BaseModel):
    """Upstream's answer to a request taken on; the texts are word for word its own."""

    model_config = {"json_schema_extra": lambda schema: schema.pop("description")}

    success: bool = Field(True, description="Whether the request was successful.")
    error: str | None = Field(
        None, description="If the request was not successful, this will contain an error message."
    )
    request_id: str = Field(
        description="The ID of the request. This ID can be used to check the status of the request."
    )
    request_check_url: str = Field(description="The URL to check the status of the request and get results.")
    versions: dict[str, object] | str | None = Field(
        None, description="A dictionary of the versions of the libraries used in the request."
    )


@router.post(
    "",
    summary="Extract Structured Data",
    description="Extract structured data from a document using a JSON schema. Provide a file for end-to-end "
    "processing, or a checkpoint_id from a previous /convert call to skip re-parsing.",
    response_model=InitialResponse,
)
async def extract(  # noqa: D103 - the decorator describes it, in upstream's words.
    request: Request,
    *,
    wos_session: form.WosSession = None,  # type: ignore[assignment]  # noqa: ARG001 - upstream's optional cookies
    datalab_active_team: form.ActiveTeam = None,  # type: ignore[assignment]  # noqa: ARG001 - are typed str.
    file_url: form.FileUrl = None,
    checkpoint_id: form.CheckpointId = None,
    page_schema: form.PageSchemaText = None,
    schema_id: form.SchemaId = None,
    schema_version: form.SchemaVersion = None,
    mode: form.Mode = "fast",
    max_pages: form.MaxPages = None,
    page_range: form.PageRange = None,
    output_format: form.OutputFormat = None,
    save_checkpoint: form.SaveCheckpoint = False,
    skip_cache: form.SkipCache = False,
    webhook_url: form.WebhookUrl = None,
    processing_location: form.ProcessingLocation = None,
    workflowstepdata_id: form.WorkflowStepDataId = None,  # noqa: ARG001 - upstream says nothing about it.
    extraction_mode: form.ExtractionMode = None,
    model_override_settings: form.ModelOverrideSettings = None,  # noqa: ARG001 - the same.
    file: form.Document = None,
) -> Response:
    here = emulation(request)
    submission = Submission(
        page_schema=page_schema,
        schema_id=schema_id,
        schema_version=schema_version,
        upload=await _read(file, limit=here.options.max_file_bytes) if file is not None else None,
        file_url=file_url,
        checkpoint_id=checkpoint_id,
        max_pages=max_pages,
        page_range=page_range,
        output_format=output_format,
        extraction_mode=extraction_mode,
        processing_location=processing_location,
        save_checkpoint=save_checkpoint,
        skip_cache=skip_cache,
        mode=mode,
        webhook_url=webhook_url,
    )
    _forget(here)
    for rule in here.behaviour.rules:
        refusal = rule.refuse(submission, here.store)
        if refusal is not None:
            return reply(request, refusal)
    if here.behaviour.is_silent(submission):
        while (await request.receive())["type"] != "http.disconnect":
            pass  # Nothing is said until the client has gone.
    job = _take_on(submission, here)
    return reply(request, Answer(content=here.behaviour.accept(job.request_id, origin(request))))


@router.get("/{request_id}")
async def poll(request_id: str, request: Request) -> Response:
    """Return the state of a request and, when it is complete, its result."""
    here = emulation(request)
    _forget(here)
    job = here.behaviour.find(here.store, request_id)
    if job is None:
        return reply(request, here.behaviour.unknown(request_id))
    if not isinstance(job, Job):
        return reply(request, job)
    job.polls += 1
    if not here.behaviour.is_done(job, here.options.polls):
        return reply(request, Answer(content=PROCESSING))
    return reply(request, Answer(content=_elsewhere(_result(job, here), job, request)))


@offloaded.get("/{request_id}")
async def result(request_id: str, request: Request) -> Response:
    """Return a result that was kept elsewhere; no key is asked for, since the id is hard to guess."""
    here = emulation(request)
    _forget(here)
    job = here.store.jobs.get(request_id)
    done = job is not None and here.behaviour.is_done(job, here.options.polls)
    return reply(request, Answer(content=_result(job, here)) if job is not None and done else GONE)


def _result(job: Job, here: Emulation) -> dict[str, Any]:
    every = here.options.fail_every
    if every is not None and job.number % every == 0:
        return here.behaviour.finish(job, late_failure(job))
    outcome = here.behaviour.extract(job.schema_text)
    if job.save_checkpoint and isinstance(outcome, Extraction):
        here.store.add_checkpoint(job.checkpoint_id, pages=job.document_pages, taken=job.taken)
    settled = job.polls > here.options.polls + 1
    return here.behaviour.finish(job, compose_result(job, outcome, settled=settled))


def _elsewhere(body: dict[str, Any], job: Job, request: Request) -> dict[str, Any]:
    """Return a result as it is answered: in full, or where it stands, if it is large."""
    above = emulation(request).options.offload_above
    if above is None or body.get("status") != "complete" or len(jsontext.dumps(body, indent=None)) <= above:
        return body
    kept = dict.fromkeys(("extraction_schema_json", "markdown", "html", "json", "chunks", "metadata"))
    return body | kept | {"result_url": f"{origin(request)}/results/{job.request_id}", "expires_in": LINK_SECONDS}


def _forget(here: Emulation) -> None:
    here.store.forget(before=here.options.clock() - here.options.expire_after)


def _take_on(submission: Submission, here: Emulation) -> Job:
    store = here.store
    store.accepted += 1
    checkpoint = store.checkpoints.get(submission.checkpoint_id or "")
    pages = submission.upload.pages if submission.upload else checkpoint.pages if checkpoint else 1
    job = Job(
        request_id=here.behaviour.identify(store.accepted),
        submission=submission,
        number=store.accepted,
        taken=here.options.clock(),
        schema_text=schema_text(submission, store) or '{"properties": {}}',  # None only where a fault let it through.
        extraction_mode=mode_used(submission.extraction_mode),
        output_format=submission.output_format or "markdown",
        document_pages=pages,
        pages=here.behaviour.pages(pages, submission.page_range, submission.max_pages),
        save_checkpoint=submission.save_checkpoint,
    )
    store.add_job(job)
    return job


async def _read(file: UploadFile, *, limit: int) -> upload.Upload:
    size = file.size or 0
    head = await file.read(HEAD_BYTES)
    kind = upload.kind_of(head)
    pages = 1
    if kind == "pdf" and size <= upload.COUNTED_BYTES:
        pages = upload.count_pages(head + await file.read())
    return upload.Upload(size=size, kind=kind, pages=pages, too_large=size > limit)
