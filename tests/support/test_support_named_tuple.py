"""Named tuples are those of ``typing``."""

from __future__ import annotations

import pickle
import typing
from collections.abc import Sequence

import pytest

from datalint.support.named_tuple import NamedTuple


class Ours(NamedTuple):
    """A class of ours."""

    name: str
    sizes: Sequence[int] = ()
    more: str | None = None

    @property
    def total(self) -> int:
        """The sum of sizes."""
        return sum(self.sizes)

    @classmethod
    def empty(cls) -> Ours:
        """Return one without sizes."""
        return cls("empty")


class Theirs(typing.NamedTuple):
    """A class of theirs."""

    name: str
    sizes: Sequence[int] = ()
    more: str | None = None


def test_classes_are_as_those_of_typing() -> None:
    for name in ("_fields", "_field_defaults", "__match_args__", "__module__"):
        assert getattr(Ours, name) == getattr(Theirs, name)
    assert (Ours.__name__, Ours.__qualname__, Ours.__doc__) == ("Ours", "Ours", "A class of ours.")
    assert issubclass(Ours, tuple)
    assert typing.get_type_hints(Ours) == typing.get_type_hints(Theirs)


def test_values_are_as_those_of_typing() -> None:
    ours, theirs = Ours("a", [1, 2]), Theirs("a", [1, 2])
    assert ours == theirs == ("a", [1, 2], None)
    assert repr(ours) == repr(theirs).replace("Theirs", "Ours")
    assert ours.total == 3
    assert Ours.empty()._replace(more="b") == ("empty", (), "b")
    assert pickle.loads(pickle.dumps(ours)) == ours
    with pytest.raises(TypeError):
        Ours()  # type: ignore[call-arg]
