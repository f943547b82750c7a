"""Laws of the registry, over many histories."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pageschema.errors import RegistryError
from pageschema.registry import Registry
from pageschema.schema import PageSchema

numbers = st.integers(0, 3)
histories = st.lists(
    st.tuples(st.builds("{}.{}.{}".format, numbers, numbers, numbers), st.text(max_size=8)), min_size=1, max_size=6
)
folders = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def schema(description: str) -> PageSchema:
    return PageSchema.from_value({"type": "object", "properties": {}, "description": description})


def freeze(registry: Registry, history: list[tuple[str, str]]) -> dict[str, str]:
    """Publish each in turn; return what must be frozen then: versions only grow, and never change."""
    kept: dict[str, str] = {}
    for version, text in history:
        before = {path: path.read_bytes() for path in registry.path.rglob("*") if path.is_file()}
        try:
            registry.publish(schema(text), name="invoice", version=version)
        except RegistryError:
            refused = True
        else:
            refused = False
        number = tuple(map(int, version.split(".")))
        is_next = all(number > tuple(map(int, each.split("."))) for each in kept)
        assert refused == (not is_next and kept.get(version) != text)
        if is_next:
            kept[version] = text
        assert all(path.read_bytes() == content for path, content in before.items())
    return kept


@folders
@given(histories)
def test_what_was_frozen_reads_back_whatever_was_tried_since(history):
    with tempfile.TemporaryDirectory() as folder:
        registry = Registry(Path(folder))
        kept = freeze(registry, history)
        assert {each.version: each.schema for each in registry.versions("invoice")} == {
            version: schema(text) for version, text in kept.items()
        }
        assert registry.faults() == ()


@folders
@given(histories, st.data())
def test_any_byte_changed_in_any_file_is_found(history, data):
    with tempfile.TemporaryDirectory() as folder:
        registry = Registry(Path(folder))
        freeze(registry, history)
        path = data.draw(st.sampled_from(sorted(registry.path.rglob("*.*"))))
        content = bytearray(path.read_bytes())
        place = data.draw(st.integers(0, len(content) - 1))
        content[place] ^= data.draw(st.integers(1, 255))
        path.write_bytes(content)
        assert registry.faults()
