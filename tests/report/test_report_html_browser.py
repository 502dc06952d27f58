"""The page in a real browser: it runs no error and no row, reads without scripts, and fits every screen."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest
from report_page import FIXTURES, drawn, page_of
from report_samples import hostile_lines, many, outcome

from datalint.report.html import to_html

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
)
_FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
Open = Callable[..., "Page"]
Scheme = Literal["light", "dark"]
_NUMBERS = count(1)

_OPEN_ALL = "for (const each of document.querySelectorAll('details')) each.open = true"
#: Every text that is seen, with its contrast to what is painted below it, by the formula of WCAG 2.
_CONTRASTS = """() => {
  const parse = (color) => (color.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((c) => c / 255).map((c) => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const below = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const color = parse(getComputedStyle(each).backgroundColor);
      if (color.length === 3 || color[3] === 1) return color;
    }
    return [255, 255, 255];
  };
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || parent.matches("script, style, title, desc")) continue;
    const style = getComputedStyle(parent);
    const color = parse(parent instanceof SVGElement ? style.fill : style.color);
    const [a, b] = [light(color), light(below(parent))].sort((x, y) => y - x);
    found.push([(a + 0.05) / (b + 0.05), walker.currentNode.textContent.trim().slice(0, 40)]);
  }
  return found;
}"""


def _executable() -> str:
    found = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if found is None:
        reason = "no Chromium on PATH (Debian: apt-get install chromium)"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    return found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_executable(), args=_FLAGS.split())
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    (folder / "train.jsonl").write_bytes(hostile_lines())
    with contextlib.chdir(folder):
        hostile = drawn("train.jsonl").to_html()
    names = ("a" * 300 + ".jsonl", "b" * 90 + "/" + "c" * 90, "three.jsonl")
    written = {
        "broken": page_of("broken.jsonl"),
        "good": page_of("good/train.jsonl"),
        "repeated": page_of("repeated.jsonl"),
        "hostile": hostile,
        "many": to_html(outcome(many(200), files=names)),
    }
    for name, page in written.items():
        (folder / f"{name}.html").write_text(page, encoding="utf-8")
    return {name: folder / f"{name}.html" for name in written}


@pytest.fixture(scope="module")
def tabs(browser: Browser) -> Callable[[bool], Page]:
    """Return a function that returns the tab with or without scripts: a process takes longer to start than a test."""

    @cache
    def tab(scripts: bool) -> Page:
        page = browser.new_context(java_script_enabled=scripts).new_page()
        page.set_default_timeout(20_000)
        return page

    return tab


@pytest.fixture
def show(tabs: Callable[[bool], Page], pages: dict[str, Path]) -> Iterator[Open]:
    """Return a function that opens a page in its tab; what it complains of, asks for or pops up fails the test."""
    complaints: list[str] = []
    address = ""
    listeners: dict[str, Callable[[Any], None]] = {
        "console": lambda message: complaints.append(message.text),
        "pageerror": lambda error: complaints.append(str(error)),
        "dialog": lambda dialog: complaints.append(dialog.message),
        "request": lambda request: complaints.append(request.url) if request.url != address else None,
    }
    heard: dict[Page, None] = {}

    def opened(
        which: str | Path, *, anchor: str = "", width: int = 1280, scripts: bool = True, scheme: Scheme = "light"
    ) -> Page:
        nonlocal address
        path = which if isinstance(which, Path) else pages[which]
        # What differs in its query is loaded anew, where the tab has shown the same page before.
        address = f"{path.as_uri()}?{next(_NUMBERS)}"
        page = tabs(scripts)
        if page not in heard:
            heard[page] = None
            for event, listener in listeners.items():
                page.on(event, listener)
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(media="screen", color_scheme=scheme)
        page.goto(address + anchor)
        return page

    yield opened
    for page in heard:
        for event, listener in listeners.items():
            page.remove_listener(event, listener)
    assert complaints == []


@pytest.mark.parametrize("width", [1280, 390])
def test_no_complaint_and_no_overflow(show: Open, pages: dict[str, Path], width: int) -> None:
    for name in pages:
        page = show(name, width=width)
        page.evaluate(_OPEN_ALL)
        assert page.evaluate("[document.scripts.length, document.images.length]") == [1, 0]
        wide = page.evaluate("[document.documentElement.scrollWidth, document.body.scrollWidth]")
        assert max(wide) <= width, name


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast(show: Open, scheme: str) -> None:
    page = show("broken", scheme=scheme)
    page.evaluate(_OPEN_ALL)
    found = page.evaluate(_CONTRASTS)
    assert len(found) > 100
    assert [each for each in found if each[0] < 4.5] == []


def test_dark_is_dark(show: Open) -> None:
    colour = "getComputedStyle(document.body).backgroundColor"
    assert show("good", scheme="light").evaluate(colour) == "rgb(246, 247, 249)"
    assert show("good", scheme="dark").evaluate(colour) == "rgb(15, 19, 24)"


def test_reads_without_scripts(show: Open) -> None:
    page = show("broken", scripts=False)
    assert page.locator("h1").inner_text().split() == ["Fail", "score", "24", "of", "100"]
    assert not page.locator("#tools").is_visible()
    body = page.locator("#FMT001")
    assert not body.is_visible()
    page.locator("summary", has_text="invalid-json").click()
    assert body.is_visible()
    assert "fixtures/broken.jsonl:" in body.inner_text()
    assert page.locator("#cluster-1 del").first.inner_text() == "tyre"


def _seen(page: Page) -> list[str]:
    return page.locator("#list > details:visible > summary code").all_inner_texts()


def test_filter(show: Open) -> None:
    page = show("broken")
    everything = _seen(page)
    page.fill("#filter", "MOJIBAKE")
    assert _seen(page) == ["QUA011"]
    assert page.locator("#QUA011").is_visible()
    assert re.fullmatch(r"1 of \d+ shown", page.locator("#status").inner_text())
    page.fill("#filter", "no such words")
    assert _seen(page) == []
    page.fill("#filter", ":12")
    assert "DIV003" in _seen(page)
    page.fill("#filter", "")
    assert _seen(page) == everything
    for severity in ("error", "warning"):
        page.uncheck(f"input[value={severity}]")
    assert sorted(_seen(page)) == ["DIV003", "FMT107"]  # notes
    page.uncheck("input[value=info]")
    assert _seen(page) == []
    page.check("input[value=warning]")
    page.select_option("#factor", "diversity")
    assert sorted(_seen(page)) == ["DIV001", "DIV005"]


def test_order_of_rules(show: Open) -> None:
    page = show("broken")
    gravest = _seen(page)
    page.select_option("#order", "code")
    assert _seen(page) == sorted(gravest)
    page.select_option("#order", "many")
    assert _seen(page)[0] == "QUA002"
    page.select_option("#order", "grave")
    assert _seen(page) == gravest


def test_sort_of_places(show: Open) -> None:
    page = show("broken")
    page.locator("summary", has_text="QUA004").click()
    table = page.locator("#QUA004 table")
    head = table.locator("th", has_text="Place")
    places = table.locator("tbody th")
    order = [text.rpartition(":")[2] for text in places.all_inner_texts()]
    assert order == ["10", "27"]
    assert head.get_attribute("aria-sort") == "none"
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    head.locator("button").press("Enter")
    assert head.get_attribute("aria-sort") == "descending"
    assert [text.rpartition(":")[2] for text in places.all_inner_texts()] == ["27", "10"]
    table.locator("th", has_text="What").locator("button").click()
    assert head.get_attribute("aria-sort") == "none"


def test_anchors_open_what_they_name(show: Open) -> None:
    assert show("broken", anchor="#FMT001").locator("#FMT001").is_visible()
    page = show("repeated")
    page.locator("#cluster-1").evaluate("each => { each.closest('details').open = false }")
    page.locator("a[href='#cluster-1']").click()
    assert page.locator("#cluster-1").is_visible()


def test_keyboard(show: Open) -> None:
    page = show("broken")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    summary = page.locator("#list > details:nth-child(2) > summary")
    summary.focus()
    page.keyboard.press("Enter")
    assert page.locator("#list > details:nth-child(2) .body").is_visible()
    page.keyboard.press("Tab")
    ring = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert ring == "solid"
    page.locator("#all").press("Space")
    assert page.locator("#all").get_attribute("aria-pressed") == "true"
    assert page.locator("#list > details:not([open])").count() == 0


def test_print_shows_what_is_closed_in_black_on_white(show: Open) -> None:
    page = show("broken", scripts=False, scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.locator("#FMT001").bounding_box()["height"] > 20  # type: ignore[index]
    assert not page.locator("nav").is_visible()
    assert page.locator("body").evaluate("each => getComputedStyle(each).backgroundColor") == "rgb(255, 255, 255)"


def test_charts_fill_their_card_and_keep_their_letters(show: Open) -> None:
    for width in (1280, 390):
        page = show("good", width=width)
        box = page.locator("svg.plot").first.bounding_box()
        assert box is not None
        assert box["width"] > width * 0.3
        size = page.locator("svg.plot text").first.evaluate("each => each.getBoundingClientRect().height")
        assert 10 < size < 20


def test_the_command_draws(tmp_path: Path, show: Open) -> None:
    from datalint.cli import main

    target = tmp_path / "report.html"
    with contextlib.suppress(SystemExit):
        main(["check", str(FIXTURES / "tiny.jsonl"), "--isolated", "-q", "--output", f"html:{target}"])
    assert show(target).locator("figure svg.plot").count() == 2
