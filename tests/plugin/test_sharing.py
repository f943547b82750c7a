"""Workers share one contract run: the first that asks makes it, the others wait for it."""

from __future__ import annotations

import sys
import threading

import pytest

from pageschema.errors import TargetUnreachable
from pageschema.pytest_plugin.sharing import shared

pytest.importorskip("fcntl", reason="no files are locked here: each worker runs the contract")


def test_who_asks_while_the_first_is_at_it_waits_and_gets_the_same(tmp_path):
    begun, asked, made, got = threading.Event(), threading.Event(), [], []

    def slowly():
        made.append(1)
        begun.set()
        assert asked.wait(60)
        return ("found", 1)

    def again():
        made.append(2)
        return ("found", 2)

    def ask():
        assert begun.wait(60)
        asked.set()
        got.append(shared(tmp_path, again))

    other = threading.Thread(target=ask)
    other.start()
    got.append(shared(tmp_path, slowly))
    other.join(60)
    assert (made, got) == ([1], [("found", 1)] * 2)


def test_what_failed_is_tried_by_the_next_worker(tmp_path):
    error = TargetUnreachable("nothing is listening")
    assert shared(tmp_path, lambda: error) is error
    with pytest.raises(ZeroDivisionError):
        shared(tmp_path, lambda: 1 // 0)
    assert shared(tmp_path, lambda: 7) == 7


def test_without_workers_or_where_files_cannot_be_locked_each_asks_for_itself(tmp_path, monkeypatch):
    assert (shared(None, lambda: 1), shared(None, lambda: 2)) == (1, 2)
    assert shared(tmp_path / "on another machine", lambda: 3) == 3
    monkeypatch.setitem(sys.modules, "fcntl", None)
    assert shared(tmp_path, lambda: 4) == 4
