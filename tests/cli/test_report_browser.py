"""The report page in a real browser: it asks for nothing, complains of nothing and fits a phone."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from orchestrator.report import html

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

RUN: dict[str, Any] = json.loads((Path(__file__).parents[1] / "data" / "run.json").read_text(encoding="utf-8"))
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
OVERFLOW = "document.scrollingElement.scrollWidth - innerWidth"
UNFOLD = "document.querySelectorAll('details').forEach(each => each.open = true)"
every_screen = pytest.mark.parametrize(("width", "height"), [(360, 740), (1280, 900)], ids=["phone", "desk"])
every_scheme = pytest.mark.parametrize("scheme", ["light", "dark"])


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        pytest.skip("playwright is not installed: pip install 'pgwright[dev]'")
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("chromium is not installed: apt-get install chromium, or the package of that name on your system")
    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=chromium, args=list(QUIET))
        yield started
        started.close()


class Opened:
    """A page with what it asked for and what it complained of."""

    def __init__(self, browser: Browser, width: int, height: int, scheme: Any) -> None:
        self.page: Page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _heard(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)


def long_and_hostile(value: Any) -> Any:
    """Every text with an element to run and a word that no line can hold; names of statuses and phases stay."""
    if isinstance(value, str):
        return (
            f"{value} <img src=https://example.org/x onerror=alert(1)> {'W' * 200}"
            if " " in value or "_" in value
            else value
        )
    if isinstance(value, list):
        return [long_and_hostile(each) for each in value]
    if isinstance(value, dict):
        return {key: item if key == "phase" else long_and_hostile(item) for key, item in value.items()}
    return value


def written(run: dict[str, Any], folder: Path) -> str:
    path = folder / "report.html"
    path.write_text(html.render(run), encoding="utf-8")
    return path.as_uri()


@every_screen
@every_scheme
def test_the_report_is_quiet_offline_and_fits_the_screen(browser, tmp_path, width, height, scheme):
    address = written(RUN, tmp_path)
    opened = Opened(browser, width, height, scheme)
    opened.page.goto(address)
    folded = opened.page.evaluate(OVERFLOW)
    opened.page.evaluate(UNFOLD)
    unfolded = opened.page.evaluate(OVERFLOW)
    picture = tmp_path / f"report-{width}-{scheme}.png"
    opened.page.screenshot(path=picture, full_page=True)
    opened.page.close()
    assert opened.complaints == []
    assert [each for each in opened.requests if not each.startswith("data:")] == [address]
    assert folded <= 0
    assert unfolded <= 0
    assert picture.stat().st_size > 0


@every_screen
def test_hostile_and_endless_text_neither_runs_nor_widens_the_page(browser, tmp_path, width, height):
    address = written(long_and_hostile(RUN), tmp_path)
    opened = Opened(browser, width, height, "light")
    opened.page.goto(address)
    opened.page.evaluate(UNFOLD)
    overflow = opened.page.evaluate(OVERFLOW)
    images = opened.page.locator("img").count()
    opened.page.close()
    assert images == 0
    assert opened.complaints == []
    assert [each for each in opened.requests if not each.startswith("data:")] == [address]
    assert overflow <= 0


def test_the_two_colour_schemes_differ(browser, tmp_path):
    address = written(RUN, tmp_path)
    grounds = []
    for scheme in ("light", "dark"):
        opened = Opened(browser, 360, 740, scheme)
        opened.page.goto(address)
        grounds.append(opened.page.evaluate("getComputedStyle(document.body).backgroundColor"))
        opened.page.close()
    assert grounds[0] != grounds[1]


def test_without_javascript_every_part_can_be_unfolded(browser, tmp_path):
    address = written(RUN, tmp_path)
    page = browser.new_page(java_script_enabled=False)
    page.goto(address)
    page.locator("summary").first.click()
    assert page.locator("details[open]").count() == 1
    page.close()


def test_a_reference_leads_to_its_evidence(browser, tmp_path):
    address = written(RUN, tmp_path)
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto(address)
    page.locator("#change-table a.ref").first.click()
    assert page.locator("#evidence-E1").evaluate("each => each.matches(':target')")
    page.close()


def test_on_paper_the_folded_parts_are_shown(browser, tmp_path):
    address = written(RUN, tmp_path)
    page = browser.new_page(viewport={"width": 794, "height": 1123})
    page.goto(address)
    hidden = page.locator("details pre").first.is_visible()
    page.emulate_media(media="print")
    shown = page.locator("details pre").first.bounding_box()
    page.close()
    assert not hidden
    assert shown is not None
    assert shown["height"] > 20
