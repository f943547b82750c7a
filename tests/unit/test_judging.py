"""A new schema against every earlier version and every reader, with no comparison made in vain."""

from __future__ import annotations

import pytest

from pageschema.config import Config, Pin
from pageschema.evolution import diff
from pageschema.project import readers
from pageschema.project.judging import judge
from pageschema.project.project import Project
from pageschema.schema import PageSchema


def schema(**properties: str) -> PageSchema:
    return PageSchema.from_value({"type": "object", "properties": {key: {"type": t} for key, t in properties.items()}})


WITH_TEXT, WITHOUT, WITH_NUMBER = (
    schema(a="string", note="string"),
    schema(a="string"),
    schema(a="string", note="number"),
)


@pytest.fixture
def project(tmp_path) -> Project:
    """Four versions: with a note, without, with it again, without again. Two readers of the first, one of the last."""
    pins = [("billing", "1.0.0"), ("archive", "1.0.0"), ("warehouse", "1.3.0")]
    config = Config(
        root=tmp_path,
        registry=tmp_path / "schemas",
        readers={"invoice": tuple(Pin(name=name, version=version, where="") for name, version in pins)},
    )
    project = Project(config)
    for number, each in enumerate((WITH_TEXT, WITHOUT, WITH_TEXT, WITHOUT)):
        project.registry.publish(each, name="invoice", version=f"1.{number}.0")
    return project


@pytest.fixture
def compared(monkeypatch) -> list[tuple[str, str]]:
    """Every pair that is compared from here on."""
    made = []

    def counting(old, new):
        made.append((old.text, new.text))
        return diff(old, new)

    monkeypatch.setattr(readers, "diff", counting)
    return made


def test_only_pairs_that_differ_are_compared_and_each_once(project, compared):
    judgement = judge(project, "invoice", WITH_NUMBER, project.registry.latest("invoice"), transitive=True)
    assert [(version, made.backward) for version, made in judgement.against] == [
        ("1.3.0", "yes"), ("1.2.0", "no"), ("1.1.0", "yes"), ("1.0.0", "no"),
    ]  # fmt: skip
    assert [reader.verdict for reader in judgement.readers] == ["no", "no", "yes"]
    to_new = [(WITHOUT.text, WITH_NUMBER.text), (WITH_TEXT.text, WITH_NUMBER.text)]
    # Whether the readers that break were broken by the latest version already is asked once for both.
    assert sorted(compared) == sorted([*to_new, (WITH_TEXT.text, WITHOUT.text)])


def test_without_transitive_and_readers_only_the_latest_version_is_compared(project, compared):
    project.config.readers.clear()
    judge(project, "invoice", WITH_NUMBER, project.registry.latest("invoice"))
    assert compared == [(WITHOUT.text, WITH_NUMBER.text)]


def test_a_reader_of_the_very_text_that_is_frozen_next_is_fine_without_a_comparison(project, compared):
    judgement = judge(project, "invoice", WITH_TEXT, project.registry.latest("invoice"))
    assert [reader.verdict for reader in judgement.readers] == ["yes", "yes", "yes"]
    assert (WITH_TEXT.text, WITH_TEXT.text) not in compared


def test_only_what_asks_for_forward_objects_to_a_reader_that_breaks(project):
    judgement = judge(project, "invoice", WITH_NUMBER, project.registry.latest("invoice"))
    assert judgement.objection(project, None) is None
    assert judgement.objection(project, "backward") is None
    objection = judgement.objection(project, "forward")
    assert objection.message == "breaks the reader billing (1.0.0) and the reader archive (1.0.0)"
    assert "pageschema diff invoice@1.0.0" in objection.remedy
