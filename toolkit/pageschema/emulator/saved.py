"""Saved schemas: /api/v1/extraction_schemas.

Source: DD/docs/recipes/structured-extraction/saved-schemas, DD/api-reference/extraction_schemas. What an item of
``version_history`` holds is not documented; here it is the earlier version in full.
"""

from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field, ValidationError

from pageschema import jsontext
from pageschema.emulator.store import SavedSchema
from pageschema.emulator.submission import Answer, Refusal
from pageschema.emulator.wire import Halt, emulation, reply, require_key
from pageschema.errors import InvalidJSON

router = APIRouter(prefix="/api/v1/extraction_schemas", dependencies=[Depends(require_key)])


class NewSchema(BaseModel):
    """The body of POST."""

    name: str = Field(min_length=1, max_length=200)
    description: str | None = None
    content: dict[str, Any] = Field(alias="schema_json")  # Pydantic has the name for itself.


class SchemaChange(BaseModel):
    """The body of PUT: what is left out stays as it is."""

    name: str | None = Field(None, min_length=1, max_length=200)
    description: str | None = None
    content: dict[str, Any] | None = Field(None, alias="schema_json")
    archived: bool | None = None
    create_new_version: bool = False


_Body = TypeVar("_Body", bound=BaseModel)


@router.post("")
async def create(request: Request) -> Response:
    """Save a schema as version 1."""
    body = await _read(request, NewSchema)
    _require_properties(body.content)
    saved = emulation(request).store.save_schema(name=body.name, description=body.description, schema=body.content)
    return reply(request, Answer(content=_shown(saved)))


@router.get("")
async def list_schemas(
    request: Request,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    offset: Annotated[int, Query(ge=0)] = 0,
    *,
    include_archived: bool = False,
) -> Response:
    """List saved schemas, the newest first."""
    kept = reversed(emulation(request).store.schemas.values())
    listed = [saved for saved in kept if include_archived or not saved.archived]
    page = listed[offset : offset + limit]
    return reply(request, Answer(content={"schemas": [_shown(saved) for saved in page], "total": len(listed)}))


@router.get("/{schema_id}")
async def read(schema_id: str, request: Request) -> Response:
    """Return one saved schema, archived or not."""
    return reply(request, Answer(content=_shown(_find(request, schema_id))))


@router.put("/{schema_id}")
async def change(schema_id: str, request: Request) -> Response:
    """Change a saved schema: the current version in place, unless ``create_new_version`` is true."""
    body = await _read(request, SchemaChange)
    saved = _find(request, schema_id)
    if body.content is not None:
        _require_properties(body.content)
        emulation(request).behaviour.keep(saved, body.content, body.create_new_version)
    saved.name = body.name or saved.name
    if "description" in body.model_fields_set:
        saved.description = body.description
    if body.archived is not None:
        saved.archived = body.archived
    saved.updated = emulation(request).store.now()
    return reply(request, Answer(content=_shown(saved)))


@router.delete("/{schema_id}")
async def archive(schema_id: str, request: Request) -> Response:
    """Archive a saved schema: it leaves the list and takes no new extractions."""
    saved = _find(request, schema_id)
    saved.archived = True
    saved.updated = emulation(request).store.now()
    return reply(request, Answer(content=_shown(saved)))


def _find(request: Request, schema_id: str) -> SavedSchema:
    saved = emulation(request).store.schemas.get(schema_id)
    if saved is None:
        raise Halt(Refusal(status=404, detail="Extraction schema not found.", rule="schema-known"))
    return saved


async def _read(request: Request, model: type[_Body]) -> _Body:
    """Read a JSON body through the guarded reader: FastAPI's takes NaN and fails on depth when it answers."""
    try:
        value = jsontext.parse(await request.body(), max_depth=jsontext.MAX_SCHEMA_DEPTH)
    except InvalidJSON as error:
        raise Halt(Refusal(status=400, detail=f"The body: {error.what}.")) from error
    try:
        return model.model_validate(value)
    except ValidationError as error:
        raise RequestValidationError([{**each, "loc": ("body", *each["loc"])} for each in error.errors()]) from error


def _require_properties(schema: dict[str, Any]) -> None:
    if not isinstance(schema.get("properties"), dict):
        raise Halt(Refusal(status=400, detail="schema_json must contain an object 'properties'."))


def _shown(saved: SavedSchema) -> dict[str, Any]:
    return {
        "id": saved.number,
        "schema_id": saved.schema_id,
        "name": saved.name,
        "description": saved.description,
        "schema_json": saved.versions[-1],
        "version": len(saved.versions),
        "version_history": [
            {"version": number, "schema_json": schema} for number, schema in enumerate(saved.versions[:-1], start=1)
        ],
        "archived": saved.archived,
        "created": saved.created.isoformat(),
        "updated": saved.updated.isoformat(),
    }
