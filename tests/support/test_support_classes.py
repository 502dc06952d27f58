"""Dataclasses whose methods are shared behave as those of the standard library do."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Callable
from dataclasses import field
from typing import Any

import pytest

from datalint.api import Options, option
from datalint.support.classes import frozen, mutable


@frozen
class Light:
    """Fixed."""

    name: str
    size: int = 3
    tags: list[str] = field(default_factory=list, compare=True)
    hidden: str = field(default="x", repr=False)


@dataclasses.dataclass(frozen=True)
class Usual:
    """The same, made by the standard library."""

    name: str
    size: int = 3
    tags: list[str] = field(default_factory=list)
    hidden: str = field(default="x", repr=False)


@mutable
class Tally:
    """Changes."""

    count: int = 0

    def __post_init__(self) -> None:
        if self.count < 0:
            raise ValueError("a count is never negative")


@mutable
class Titled(Tally):
    """Has a field more than its base."""

    title: str = ""


CALLS: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = [
    ("by place", ("a",), {}),
    ("all by place", ("a", 4, ["t"], "y"), {}),
    ("by name", (), {"name": "a", "tags": ["t"]}),
    ("both", ("a",), {"hidden": "y"}),
    ("missing", (), {}),
    ("unknown", ("a",), {"colour": "red"}),
    ("twice", ("a",), {"name": "b"}),
    ("too many", ("a", 1, [], "y", 5), {}),
]


@pytest.mark.parametrize(("positional", "named"), [call[1:] for call in CALLS], ids=[call[0] for call in CALLS])
def test_made_as_usual(positional: tuple[Any, ...], named: dict[str, Any]) -> None:
    def made(kind: Callable[..., Any]) -> Any:
        try:
            return dataclasses.asdict(kind(*positional, **named))
        except TypeError:
            return "refused"

    assert made(Light) == made(Usual)


def test_shown_compared_and_copied_as_usual() -> None:
    one = Light("a", tags=["t"])
    assert repr(one) == repr(Usual("a", tags=["t"])).replace("Usual", "Light")
    assert one == Light("a", tags=["t"])
    assert one != Light("b", tags=["t"])
    assert one != Usual("a", tags=["t"])
    assert Light("a").tags is not Light("a").tags
    assert dataclasses.replace(one, size=9) == Light("a", 9, ["t"])
    assert [each.name for each in dataclasses.fields(one)] == ["name", "size", "tags", "hidden"]
    assert pickle.loads(pickle.dumps(one)) == copy.deepcopy(one) == one
    match one:
        case Light(name, size):
            assert (name, size) == ("a", 3)


def test_frozen_stays_as_it_is() -> None:
    one = Light("a")
    for change in (lambda: setattr(one, "name", "b"), lambda: setattr(one, "new", 1), lambda: delattr(one, "name")):
        with pytest.raises(dataclasses.FrozenInstanceError):
            change()
    assert one == Light("a")
    with pytest.raises(TypeError, match="unhashable type: 'list'"):
        hash(one)


def test_a_field_that_is_no_argument() -> None:
    @mutable
    class Sized:
        text: str
        size: int = field(init=False)
        kind: str = field(default="text", init=False)

        def __post_init__(self) -> None:
            self.size = len(self.text)

    assert Sized("abc").size == 3
    assert Sized("abc").kind == "text"
    with pytest.raises(TypeError, match="unexpected argument: size"):
        Sized("abc", size=4)  # type: ignore[call-arg]


def test_a_hash_is_that_of_the_fields() -> None:
    @frozen
    class Point:
        x: int
        y: int = 0

    assert hash(Point(1)) == hash(Point(1, 0))
    assert len({Point(1), Point(1, 0), Point(2)}) == 2


def test_mutable_changes_and_has_no_hash() -> None:
    tally = Titled(1, title="t")
    tally.count += 1
    assert tally == Titled(2, "t")
    assert tally != Tally(2)
    with pytest.raises(TypeError, match="unhashable"):
        hash(tally)
    with pytest.raises(ValueError, match="never negative"):
        Titled(-1)


@pytest.mark.parametrize("decorate", [frozen, dataclasses.dataclass(frozen=True)], ids=["frozen", "dataclass"])
def test_options_may_be_either(decorate: Callable[[type], type]) -> None:
    class Limits(Options):
        most: int = option(3, "how many")

    made = decorate(Limits)
    assert made(most=4).most == 4
    assert [each.metadata["help"] for each in dataclasses.fields(made)] == ["how many"]
