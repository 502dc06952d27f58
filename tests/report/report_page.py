"""A page as a tree, read by the standard library's parser, which runs nothing and forgives nothing here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from datalint.config.load import load_settings
from datalint.core.registry import Registry
from datalint.operations.check import run_lint
from datalint.report.model import Report
from datalint.setup.evaluation import find_evaluation
from datalint.sources import open_sources

FIXTURES = Path(__file__).parents[2] / "fixtures"
_VOID = frozenset(("meta", "input", "br", "wbr"))
_INLINE = frozenset(("a", "code", "del", "ins", "small", "span", "strong", "wbr"))


@dataclass(slots=True)
class Node:
    tag: str
    attrs: dict[str, str]
    children: list[Node | str] = field(default_factory=list)

    def walk(self) -> Iterator[Node]:
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.walk()

    def all(self, *tags: str) -> list[Node]:
        return [node for node in self.walk() if node.tag in tags]

    def one(self, id_: str) -> Node:
        (found,) = (node for node in self.walk() if node.attrs.get("id") == id_)
        return found

    def text(self) -> str:
        """Return what a reader reads: neither styles nor scripts, white space as one space."""
        return " ".join("".join(self._words()).split())

    def _words(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            elif child.tag not in ("style", "script"):
                yield "" if child.tag in _INLINE else " "
                yield from child._words()
                yield "" if child.tag in _INLINE else " "

    def raw(self) -> str:
        return "".join(child for child in self.children if isinstance(child, str))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        assert len(node.attrs) == len(attrs), f"<{tag}> has an attribute twice"
        self.open[-1].children.append(node)
        if tag not in _VOID:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")


def read(page: str) -> Node:
    """Return the page's tree; every element must be closed in its place."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    assert [node.tag for node in reader.open] == [""]
    return reader.root


def drawn(*paths: str | Path, fail_on: str = "fail") -> Report:
    """Lint files as ``datalint check --output html:…`` does."""
    registry = Registry.default()
    names = [str(path) for path in paths]
    settings = load_settings(names, registry=registry, isolated=True, overrides={"fail-on": fail_on})
    return run_lint(settings, registry, open_sources(names), find_evaluation(settings, names), charts=True)


@cache
def fixture(name: str) -> Report:
    return drawn(FIXTURES / name)


@cache
def page_of(name: str) -> str:
    return fixture(name).to_html()
