"""Links lead somewhere, and every page is reached."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from fences import ROOT, fences

from datalint.cli.writing import FORMATS

PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
_LINK = re.compile(r"\]\(([^)\s]+)\)")


def prose(path: Path) -> str:
    """Return the page without its code."""
    text = path.read_text(encoding="utf-8")
    pieces, done = [], 0
    for fence in fences(text):
        pieces.append(text[done : fence.start])
        done = fence.end
    return re.sub(r"`[^`\n]*`", "", "".join([*pieces, text[done:]]))


def anchors(path: Path) -> set[str]:
    """Return the anchors of a page's headings, as GitHub makes them."""
    titles = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def test_links_lead_somewhere() -> None:
    for path, link in ((page, link) for page in PAGES for link in _LINK.findall(prose(page)) if "://" not in link):
        name, _, anchor = link.partition("#")
        target = (path.parent / name).resolve() if name else path
        assert target.is_file(), f"{path}: {link} is not there"
        assert target.is_relative_to(ROOT), f"{path}: {link} leaves the repository"
        assert not anchor or anchor in anchors(target), f"{path}: {link}: no such heading"


def test_every_page_is_reached_from_the_index() -> None:
    reached: set[Path] = set()
    waiting = [ROOT / "README.md"]
    while waiting:
        path = waiting.pop()
        if path in reached or path.suffix != ".md":
            continue
        reached.add(path)
        links = (link.partition("#")[0] for link in _LINK.findall(prose(path)) if "://" not in link)
        waiting += [(path.parent / link).resolve() for link in links if link]
    assert set(PAGES) <= reached


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = [re.split(r"[<>=~! \[]", each)[0] for each in project["dependencies"]]
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| \*\*([\w-]+)\*\* \|", page, re.MULTILINE)
    assert sorted(rows) == sorted(names)


def test_every_format_of_reports_has_a_section() -> None:
    page = (ROOT / "docs" / "reports.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^## (\S+)$", page, re.MULTILINE)) == set(FORMATS)
