"""A page of documentation, followed as a reader would: files written, commands run, outputs compared."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHOWN_URL = "http://127.0.0.1:8000"
NOT_RUN = re.compile(r"<!-- not run: \S.* -->\s*\Z")
TITLE = re.compile(r'title="([^"]+)"')

NOISE = [
    (re.compile(r"\d+\.\d+ ?s\b"), "N s"),
    (re.compile(r"[A-Za-z0-9+/=]{60,}"), "…"),
    # Of a commit, or cut in the page; a digest is the same for everyone.
    (re.compile(r"(?<=boundary=)[0-9a-f]{32}|(?<=source=)[0-9a-f]{12}|(?<=\()[0-9a-f]{12}(?=\))"), "…"),
    # A clause more or less is no reason to write the pages anew.
    (re.compile(r"\b\d+ (binding )?clauses?( \(.*\))?"), "N clauses"),
    (re.compile(r"\bat least \d+( times?)?"), "at least N"),
    (re.compile(r"\b(documented|implied|assumed)( +\d+)+"), r"\1 N"),
    (re.compile(r"\b\d+ (accepted|pages?|deselected)\b"), r"N \1"),
    (re.compile(r"(?<=\S) {2,}"), "  "),
]


@dataclass(frozen=True)
class Block:
    """One fenced block: its language, the file it is to be saved as, where it stands, and whether it is run."""

    page: Path
    line: int
    language: str
    title: str
    text: str
    is_run: bool

    def __str__(self):
        return f"{self.page.relative_to(ROOT)}:{self.line}"


def blocks(page):
    lines = page.read_text("utf-8").splitlines(keepends=True)
    found, start = [], None
    for number, line in enumerate(lines):
        if not line.lstrip().startswith("```"):
            continue
        if start is None:
            start = number
            continue
        language, _, info = lines[start].strip().removeprefix("```").partition(" ")
        title = TITLE.search(info)
        before = "".join(lines[:start])
        found.append(
            Block(
                page=page,
                line=start + 1,
                language=language,
                title=title[1] if title else "",
                text="".join(lines[start + 1 : number]),
                is_run=not NOT_RUN.search(before),
            )
        )
        start = None
    assert start is None, f"{page}:{start}: a fence is left open"
    return found


def plain(text):
    """Return an output without what differs from run to run."""
    for pattern, replacement in NOISE:
        text = pattern.sub(replacement, text)
    return "".join(f"{line.rstrip()}\n" for line in text.rstrip("\n").split("\n"))


def as_printed(shown, printed):
    """Return whether *printed* is what the page shows; a line of ``...`` there stands for any lines."""
    pieces = [re.escape(piece) for piece in re.split(r"(?m)^\.\.\.\n", plain(shown))]
    return re.fullmatch("(?:.*\n)*".join(pieces), plain(printed)) is not None


class Reader:
    """Follows pages in one folder, the way their reader does in one terminal (and another for what is served).

    `wrong` collects what did not come out as the page says.
    """

    def __init__(self, folder):
        self.folder = folder
        self.url = SHOWN_URL
        self.code = 0
        self.served = None
        self.wrong = []
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "DATALAB_"))},
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            # Changed files are compiled anew, and items stand in their own order, as without the plugins of our tests.
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTEST_ADDOPTS": "-p no:randomly -p no:xdist",
            "COLUMNS": "80",
        }

    def follow(self, page):
        for block in blocks(page):
            if not block.is_run:
                continue
            if block.title:
                self._save(block)
            elif block.language == "python":
                self.python(block)
            elif block.language in {"console", "sh"}:
                self._commands(block)

    def run(self, command):
        done = subprocess.run(
            ["bash", "-c", f"(exit {self.code})\n{command.replace(SHOWN_URL, self.url)}"],
            check=False,
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            timeout=120,
        )
        self.code = done.returncode
        return done.stdout.replace(self.url, SHOWN_URL)

    def close(self):
        if self.served is not None:
            self.served.terminate()
            self.served.communicate(timeout=20)
            self.served = None

    def _save(self, block):
        file = self.folder / block.title
        if block.language != "diff":
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(block.text, "utf-8")
            return
        lines = block.text.splitlines(keepends=True)
        old, new = ("".join(line[1:] for line in lines if line[0] in {" ", sign}) for sign in "-+")
        text = file.read_text("utf-8")
        if text.count(old) != 1:
            self.wrong.append(f"{block}: what is to be changed does not stand in {block.title} once")
        file.write_text(text.replace(old, new), "utf-8")

    def python(self, *snippets):
        """Run each snippet as a program of its own, in one process: most of the time goes into imports."""
        names = [f"line_{block.line}.py" for block in snippets]
        for name, block in zip(names, snippets, strict=True):
            (self.folder / name).write_text(block.text, "utf-8")
        runs = "".join(f"runpy.run_path({name!r}, run_name='__main__')\n" for name in names)
        printed = self.run(f"python -W error - <<'END'\nimport runpy\n{runs}END")
        if self.code != 0:
            self.wrong.append(f"{snippets[0].page.relative_to(ROOT)}:\n{printed}")

    def _commands(self, block):
        for command, shown in commands(block):
            if command.startswith("pageschema emulator"):
                printed = self._serve(command)
            elif command.startswith("export "):
                name, _, value = command.removeprefix("export ").partition("=")
                self.environment[name] = shlex.split(value)[0]
                printed = ""
            else:
                printed = self.run(command)
            if block.language == "sh" and self.code != 0:
                self.wrong.append(f"{block}: {command}\n{printed}")
            elif block.language == "console" and not as_printed(shown, printed):
                self.wrong.append(f"{block}: $ {command}\n--- shown:\n{plain(shown)}--- printed:\n{plain(printed)}")

    def _serve(self, command):
        """Start what runs until Ctrl-C on a port that is free, and return the line that it prints."""
        self.close()
        arguments = shlex.split(re.sub(r"--port \d+", "--port 0", command))
        self.served = subprocess.Popen(
            [sys.executable, "-m", *arguments],
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        printed = self.served.stderr.readline()
        self.url = printed.split()[0]
        return printed.replace(self.url, SHOWN_URL)


def commands(block):
    """Return each command of a block with the output shown under it."""
    if block.language == "sh":
        joined = block.text.replace("\\\n", "")
        return [(line, "") for line in joined.splitlines() if line and not line.startswith("#")]
    found = []
    for line in block.text.splitlines(keepends=True):
        if line.startswith("$ "):
            found.append([line[2:].rstrip("\n"), ""])
        elif found and line.startswith("> "):
            found[-1][0] += "\n" + line[2:].rstrip("\n")
        else:
            assert found, f"{block} does not begin with a command"
            found[-1][1] += line
    return [tuple(pair) for pair in found]


@pytest.fixture(scope="session")
def blocks_of():
    """A function that returns the fenced blocks of a page."""
    return blocks


@pytest.fixture
def reader(tmp_path):
    """A reader in an empty folder."""
    one = Reader(tmp_path)
    yield one
    one.close()


@pytest.fixture(scope="session")
def tutorial_reader(tmp_path_factory):
    """A reader who has followed the tutorial to its end."""
    folder = tmp_path_factory.mktemp("tutorial") / "billing"
    folder.mkdir()
    one = Reader(folder)
    one.follow(ROOT / "docs" / "tutorial" / "first-schema.md")
    return one


@pytest.fixture
def reader_after_tutorial(reader, tutorial_reader):
    """A reader in a copy of the project that the tutorial ends with."""
    shutil.copytree(tutorial_reader.folder, reader.folder, dirs_exist_ok=True)
    return reader
