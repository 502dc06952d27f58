"""Dataclass decorators that create a class faster than ``dataclasses`` does.

For every class, ``dataclasses`` generates the source of its methods and compiles it, which takes 0.6 ms for a frozen
class, and a run has a hundred of them. Classes created here share their methods. All other features of dataclasses
(fields, defaults, ``replace``, ``asdict``, ``__post_init__``) work. Creating an object takes a few microseconds longer.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable
from typing import Any, TypeVar, dataclass_transform

from datalint.support.named_tuple import NamedTuple

_T = TypeVar("_T")


@dataclass_transform(field_specifiers=(dataclasses.field,))
def mutable(cls: type[_T]) -> type[_T]:
    """Turn a class into a dataclass."""
    return _with(cls, __init__=_init, __repr__=_repr, __eq__=_eq, __hash__=None)


@dataclass_transform(frozen_default=True, field_specifiers=(dataclasses.field,))
def frozen(cls: type[_T]) -> type[_T]:
    """Turn a class into a frozen, hashable dataclass."""
    return _with(
        cls, __init__=_init, __repr__=_repr, __eq__=_eq, __hash__=_hash, __setattr__=_refuse, __delattr__=_refuse
    )


def _with(cls: type[_T], **methods: Callable[..., Any] | None) -> type[_T]:
    # Without a docstring, dataclasses generates one from the signature, which takes as long as everything else.
    cls.__doc__ = cls.__doc__ or cls.__name__
    made = dataclasses.dataclass(init=False, repr=False, eq=False)(cls)
    for name, method in methods.items():
        if name not in cls.__dict__:
            setattr(made, name, method)
    return made


def _init(self: Any, *args: Any, **given: Any) -> None:
    cls: type = type(self)
    names, needed, values, made = _arguments(cls)
    placed = dict(zip(names, args, strict=False))
    values = {**values, **placed, **given}
    if len(args) > len(names) or not given.keys() <= names.keys() or not given.keys().isdisjoint(placed):
        odd = next((name for name in given if name in placed or name not in names), "one more than it takes")
        raise TypeError(f"{cls.__qualname__}() got an unexpected argument: {odd}")
    if not values.keys() >= needed:
        missing = next(name for name in names if name in needed and name not in values)
        raise TypeError(f"{cls.__qualname__}() is missing the argument {missing!r}")
    for name, create in made:
        if name not in values:
            values[name] = create()
    self.__dict__.update(values)
    if hasattr(self, "__post_init__"):
        self.__post_init__()


class _Arguments(NamedTuple):
    """The names of the arguments of a class, those it needs, the values of others, and what creates their values."""

    names: dict[str, None]
    needed: frozenset[str]
    values: dict[str, Any]
    made: list[tuple[str, Callable[[], Any]]]


@functools.cache
def _arguments(cls: type) -> _Arguments:
    """Return the arguments of a class.

    Once for each class: objects are created far more often, and some of their classes have forty fields.
    """
    fields: dict[str, dataclasses.Field[Any]] = cls.__dataclass_fields__  # type: ignore[attr-defined]
    names = dict.fromkeys(name for name, field in fields.items() if field.init)
    values = {name: field.default for name, field in fields.items() if field.default is not dataclasses.MISSING}
    made = [
        (name, field.default_factory)
        for name, field in fields.items()
        if field.default_factory is not dataclasses.MISSING
    ]
    return _Arguments(names, frozenset(names.keys() - values.keys() - dict(made).keys()), values, made)


def _values(self: Any) -> tuple[Any, ...]:
    return tuple(getattr(self, name) for name in self.__dataclass_fields__)


def _repr(self: Any) -> str:
    shown = (f"{field.name}={getattr(self, field.name)!r}" for field in dataclasses.fields(self) if field.repr)
    return f"{type(self).__qualname__}({', '.join(shown)})"


def _eq(self: Any, other: Any) -> Any:
    return _values(self) == _values(other) if type(self) is type(other) else NotImplemented


def _hash(self: Any) -> int:
    return hash((type(self), _values(self)))


def _refuse(self: Any, name: str, *_: Any) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")
