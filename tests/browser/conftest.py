"""Pages as a reader has them: written once by the commands, opened in Chromium."""

import json
import shutil
from contextlib import contextmanager

import pytest

from pageschema.cli import main

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
WIDTHS = (360, 768, 1280)
EVIL = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\u202egnp.exe{{ 7 * 7 }}&amp;"
MODEL = f'''\
from typing import Literal

from pydantic import BaseModel, Field


class Line(BaseModel):
    """One position."""

    amount: float = Field(description="Line total without tax.", ge=0)
    inner: list["Line"] = Field(default=[], description="Positions below it.")


class Invoice(BaseModel):
    """An invoice."""

    number: str = Field(description={EVIL!r})
    kind: Literal["invoice", "credit_note"] = Field(description="What the heading calls it.")
    total: float = Field(description="Amount due.")
    lines: list[Line] = Field(description="Every position, in order.")
'''
REPORT, SITE = "report.html", "schema-pages"


@pytest.fixture(scope="session")
def written(browser, tmp_path_factory):
    """A project with three versions, a drifted model, a finding of lint and a fault; its report and its pages."""
    root = tmp_path_factory.mktemp("shop")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        model = root / "models.py"
        (root / "pyproject.toml").write_text('[tool.pageschema.models]\ninvoice = "models.py:Invoice"\n')
        second = MODEL.replace('"credit_note"]', '"credit_note", "other"]')
        third = second.replace("total: float", "gross: float")
        for text in (MODEL, second, third):
            model.write_text(text, "utf-8")
            assert main(["freeze"]) == 0
        model.write_text(third.replace('Field(description="Amount due.")', "Field()"), "utf-8")
        assert main(["verify", "--max-requests", "30", "--fault", "accepts-no-schema", "--report", REPORT]) == 1
        assert main(["docs"]) == 0
    return root


@pytest.fixture(scope="session")
def browser():
    if CHROMIUM is None:
        pytest.skip("there is no chromium here: apt-get install -y chromium")
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install --group test")
    with api.sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield launched
        launched.close()


class Opened:
    """A page in the browser, with all that it asked for and complained of."""

    def __init__(self, page):
        self.page = page
        self.complaints = []
        self.asked = []
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda dialog: (self.complaints.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda request: self.asked.append(request.url))

    def goto(self, path):
        self.asked.clear()
        self.page.goto(path.as_uri())
        return self.page

    def table(self, selector):
        """Return the texts of a table's cells, row by row."""
        rows = self.page.locator(f"{selector} tbody tr")
        return [
            [" ".join(text.split()) for text in row]
            for row in json.loads(
                rows.evaluate_all("rows => JSON.stringify(rows.map(r => [...r.cells].map(c => c.innerText)))")
            )
        ]


@pytest.fixture(scope="session")
def opener(browser):
    @contextmanager
    def opened(width=1280, **options):
        context = browser.new_context(viewport={"width": width, "height": 800}, **options)
        try:
            yield Opened(context.new_page())
        finally:
            context.close()

    return opened
