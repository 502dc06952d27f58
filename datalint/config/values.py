"""Conversion of TOML, JSON and command-line values to typed values, and of types to JSON Schema.

Known types: bool, int, float, str, Literal, unions, list, tuple, set and frozenset of one type, dict and
Mapping, enums of strings, and dataclasses, which are tables. Any other type takes every value as it is.
"""

from __future__ import annotations

import dataclasses
import functools
import math
import operator
import re
import types
import typing
from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from typing import Any, Final

from datalint.core.errors import DatalintError
from datalint.core.registry import quoted, suggestion
from datalint.support.enumerations import enumerated

#: Keys, and places in lists, from the top of the configuration to one value.
Trail = tuple[str | int, ...]

SEQUENCES: Final = (list, tuple, set, frozenset)
_SCALARS: Final[dict[Any, str]] = {
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    str: "a string",
}
_BOUNDS: Final[dict[str, tuple[str, Callable[[Any, Any], bool]]]] = {
    "exclusiveMinimum": ("over", operator.gt),
    "minimum": ("at least", operator.ge),
    "maximum": ("at most", operator.le),
}


class SettingError(DatalintError):
    """An invalid setting. ``path`` leads to it; ``reason`` continues a sentence that begins with its name."""

    def __init__(self, reason: str, path: Trail = ()) -> None:
        self.reason = reason
        self.path = path
        super().__init__(self.sentence())

    def under(self, *parents: str | int) -> SettingError:
        """Return the same error with ``path`` prefixed."""
        return type(self)(self.reason, (*parents, *self.path))

    def sentence(self, prefix: tuple[str, ...] = ()) -> str:
        """Return the message; ``prefix`` is what stands before a table's name in the file."""
        entry = "every entry of " if self.path and isinstance(self.path[-1], int) else ""
        return f"{entry}{dotted(self.path)} {self.reason}" if self.path else self.reason


class UnknownKeyError(SettingError):
    """An unknown key of a table; ``reason`` suggests the nearest one."""

    def sentence(self, prefix: tuple[str, ...] = ()) -> str:
        """Return the message, as :meth:`SettingError.sentence`."""
        within = dotted((*prefix, *self.path[:-1]))
        return f"unknown key {quoted(str(self.path[-1]))}{f' in [{within}]' if within else ''}{self.reason}"


class UnknownNameError(SettingError):
    """An unknown rule or option in a setting; ``reason`` is the whole sentence."""

    def sentence(self, prefix: tuple[str, ...] = ()) -> str:
        """Return the message, as :meth:`SettingError.sentence`."""
        return self.reason


def about(help: str, *, limits: Mapping[str, Any] | None = None, form: str = "") -> dict[str, Any]:  # noqa: A002
    """Return the metadata that makes a dataclass field a setting.

    Args:
        help: what it means, for the schema and the docs.
        limits: JSON Schema keywords that the value must keep to: the three bounds, ``pattern``.
        form: an example of a value that keeps to ``pattern``, for the message.
    """
    return {"help": help, "limits": limits or {}, "form": form}


def setting(default: Any, help: str, *, limits: Mapping[str, Any] | None = None, form: str = "") -> Any:  # noqa: A002
    """Declare a setting with its default (an empty dict is made anew); the rest as :func:`about`."""
    metadata = about(help, limits=limits, form=form)
    if isinstance(default, dict):
        return dataclasses.field(default_factory=dict, metadata=metadata)
    return dataclasses.field(default=default, metadata=metadata)


def kebab(name: str) -> str:
    """Return a field's name as its key."""
    return name.replace("_", "-")


def dotted(path: Iterable[str | int]) -> str:
    """Return a path as TOML writes a dotted key; places in a list are left out."""
    parts = (part for part in path if isinstance(part, str))
    return ".".join(part if re.fullmatch(r"[A-Za-z0-9_-]+", part) else quoted(part) for part in parts)


def fields(table: Any) -> dict[str, dataclasses.Field[Any]]:
    """Return a dataclass's settings by key: fields made with :func:`setting` or a rule's ``option``."""
    return {kebab(f.name): f for f in dataclasses.fields(table) if "help" in f.metadata}


@functools.lru_cache(maxsize=256)
def hints(table: Any) -> dict[str, Any]:
    """Return the resolved types of a dataclass's fields; Any for all when a name can't be resolved."""
    try:
        return typing.get_type_hints(table)
    except NameError:
        return dict.fromkeys((f.name for f in dataclasses.fields(table)), Any)


def to_type(value: Any, annotation: Any) -> Any:
    """Return ``value`` as ``annotation``.

    Raises:
        SettingError: with what was expected, or the key that nothing reads.
    """
    origin, arguments = typing.get_origin(annotation) or annotation, typing.get_args(annotation)
    if origin in (typing.Union, types.UnionType):
        return _union(value, annotation)
    if origin is typing.Literal:
        return _literal(value, arguments)
    if annotation in _SCALARS:
        return _scalar(value, annotation)
    if origin in SEQUENCES:
        return _sequence(value, annotation)
    if origin in (dict, Mapping):
        return _mapping(value, annotation)
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return annotation(_literal(value, tuple(member.value for member in annotation)))
    if dataclasses.is_dataclass(annotation):
        return table(value, annotation)
    return value


def table(value: Any, annotation: Any) -> Any:
    """Return the dataclass ``annotation`` built from a mapping of kebab keys; raises as :func:`to_type`."""
    if not isinstance(value, Mapping):
        raise SettingError(f"must be a table, not {value_in_words(value)}")
    known, types_ = fields(annotation), hints(annotation)
    built = {}
    for key, item in value.items():
        if key not in known:
            raise UnknownKeyError(unknown(key, known), (key,))
        field = known[key]
        try:
            built[field.name] = to_type(item, types_[field.name])
            _within(built[field.name], field.metadata)
        except SettingError as error:
            raise error.under(key) from None
    return annotation(**built)


def unknown(key: str, known: Iterable[str]) -> str:
    """Return what to say of a key that is not among ``known``: the nearest one, else all."""
    return suggestion(key, known) or f"; expected one of {', '.join(known)}" if known else "; none is expected"


def type_in_words(annotation: Any) -> str:
    """Return what values of a type are, in words: ``a list of strings``."""
    origin, arguments = typing.get_origin(annotation) or annotation, typing.get_args(annotation)
    if origin in (typing.Union, types.UnionType):
        return enumerated([type_in_words(a) for a in arguments if a is not type(None)], "or")
    if origin is typing.Literal:
        return enumerated([_word(a) for a in arguments], "or")
    if annotation in _SCALARS:
        return _SCALARS[annotation]
    if origin in SEQUENCES:
        return f"a list of {_plural(type_in_words(arguments[0]))}" if arguments else "a list"
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return enumerated([_word(member.value) for member in annotation], "or")
    return "a table" if origin in (dict, Mapping) or dataclasses.is_dataclass(annotation) else "a value"


def value_in_words(value: Any) -> str:
    """Return what a value is, in words, for ``must be …, not …``."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, int | float):
        return f"{value:g}" if isinstance(value, float) else "a whole number"
    if isinstance(value, SEQUENCES):
        return "a list"
    return "a table" if isinstance(value, Mapping) else f"a {type(value).__name__}"


def json_ready(value: Any) -> Any:
    """Return ``value`` as JSON would hold it: tuples and sets as lists, tables as dicts."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {key: json_ready(getattr(value, field.name)) for key, field in fields(value).items()}
    if isinstance(value, Mapping):
        return {str(key): json_ready(item) for key, item in value.items()}
    if isinstance(value, set | frozenset):
        return sorted((json_ready(item) for item in value), key=str)
    if isinstance(value, list | tuple):
        return [json_ready(item) for item in value]
    if isinstance(value, Enum):
        return value.value
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def _union(value: Any, annotation: Any) -> Any:
    members = typing.get_args(annotation)
    if value is None and type(None) in members:
        return None
    errors: list[SettingError] = []
    for member in members:
        if member is not type(None):
            try:
                return to_type(value, member)
            except SettingError as error:
                errors.append(error)
    inner = max(errors, key=lambda error: len(error.path))
    raise inner if inner.path or len(errors) == 1 else _expected(annotation, value)


def _literal(value: Any, choices: tuple[Any, ...]) -> Any:
    for choice in choices:
        if value == choice and type(value) is type(choice):
            return choice
    words = enumerated([_word(choice) for choice in choices], "or")
    near = suggestion(value, [c for c in choices if isinstance(c, str)]) if isinstance(value, str) else ""
    raise SettingError(f"must be {words}, not {value_in_words(value)}{near}")


def _scalar(value: Any, annotation: type) -> Any:
    if annotation is float and isinstance(value, int) and not isinstance(value, bool):
        return float(_scalar(value, int))
    if not isinstance(value, annotation) or (annotation is int and isinstance(value, bool)):
        raise _expected(annotation, value)
    if isinstance(value, int) and not -(2**63) <= value < 2**63:
        raise SettingError("must be a whole number of at most 64 bits")
    if isinstance(value, float) and not math.isfinite(value):
        raise SettingError(f"must be a finite number, not {value}")
    return value


def _sequence(value: Any, annotation: Any) -> Any:
    origin, arguments = typing.get_origin(annotation) or annotation, typing.get_args(annotation)
    if not isinstance(value, SEQUENCES):
        raise _expected(annotation, value)
    items = []
    for index, item in enumerate(value):
        try:
            items.append(to_type(item, arguments[0]) if arguments else item)
        except SettingError as error:
            raise error.under(index) from None
    return origin(items)


def _mapping(value: Any, annotation: Any) -> Any:
    if not isinstance(value, Mapping):
        raise _expected(annotation, value)
    keys, values = typing.get_args(annotation) or (str, Any)
    built = {}
    for key, item in value.items():
        if typing.get_origin(keys) is typing.Literal and key not in typing.get_args(keys):
            raise UnknownKeyError(unknown(key, typing.get_args(keys)), (key,))
        try:
            built[key] = to_type(item, values)
        except SettingError as error:
            raise error.under(key) from None
    return built


def _within(value: Any, metadata: Mapping[str, Any]) -> None:
    limits = metadata.get("limits", {}) if value is not None else {}
    if any(not holds(value, limits[name]) for name, (_, holds) in _BOUNDS.items() if name in limits):
        words = " and ".join(f"{word} {limits[name]}" for name, (word, _) in _BOUNDS.items() if name in limits)
        raise SettingError(f"must be {words}, not {value:g}")
    if "pattern" in limits and not re.fullmatch(limits["pattern"], value):
        raise SettingError(f"must look like {_word(metadata['form'])}, not {quoted(value)}")


def _expected(annotation: Any, value: Any) -> SettingError:
    return SettingError(f"must be {type_in_words(annotation)}, not {value_in_words(value)}")


def _word(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else quoted(value) if isinstance(value, str) else str(value)


def _plural(words: str) -> str:
    return {"a string": "strings", "a whole number": "whole numbers", "a number": "numbers"}.get(words, words)
