"""Reads target files: TOML, with errors that name the file and the key."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any, Final

from datalint.config.values import SettingError, table
from datalint.core.errors import DatalintError, unreadable
from datalint.core.files import read_regular
from datalint.core.registry import suggestion
from datalint.privacy.display import excerpt, printable
from datalint.support.json_schemas import compile_schema
from datalint.targets.spec import Target

_DATA: Final = Path(__file__).parent / "data"
#: Bytes of a target file.
_MOST_BYTES: Final = 1 << 20
#: Conditions of a target; their numbers must fit into a byte.
_MOST_CHECKS: Final = 200
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")

Read = Callable[[Path], bytes]


def built_in() -> list[str]:
    """Return the names of the targets that datalint ships, in order."""
    return sorted(path.stem for path in _DATA.glob("*.toml"))


def find_targets(
    names: Sequence[str], own: Mapping[str, str] | None = None, read: Read | None = None
) -> tuple[Target, ...]:
    """Return the targets with these names, each once.

    A name is one of ``own``, which maps names to paths, that of a built-in target, or the path of a file ``*.toml``.
    ``read`` returns the bytes of a file, and raises OSError, or DatalintError where it must not be opened.

    Raises:
        DatalintError: for an unknown name, or a file that cannot be used; the message has the remedy.
    """
    own = own or {}
    return tuple(_find(name, own, read or _read) for name in dict.fromkeys(names))


def _read(path: Path) -> bytes:
    return read_regular(path, _MOST_BYTES)


def _find(name: str, own: Mapping[str, str], read: Read) -> Target:
    if name in own:
        return load_target(Path(own[name]), name, read)
    if name in built_in():
        return _built_in(name)
    if name.endswith(".toml"):
        return load_target(Path(name), Path(name).stem.lower(), read)
    known = [*own, *built_in()]
    near = suggestion(name, known) or f"; there are {', '.join(known)}"
    raise DatalintError(f'unknown target "{excerpt(name, 40)}"{near}')


@cache
def _built_in(name: str) -> Target:
    return load_target(_DATA / f"{name}.toml", name, _read)


def for_model(target: Target, model: str) -> Target:
    """Return a target with the maximum length that it has for a model, by the model's name or folder."""
    name = model.rstrip("/").rpartition("/")[2].lower()
    tokens = next((most for pattern, most in target.length.models.items() if fnmatchcase(name, pattern.lower())), None)
    return target if tokens is None else replace(target, length=replace(target.length, tokens=tokens))


def load_target(path: Path, name: str, read: Read = _read) -> Target:
    """Return the target that a file describes.

    Raises:
        DatalintError: when the file cannot be read, or is no target, with the key that is wrong.
    """
    shown = printable(str(path))
    if not _NAME.fullmatch(name):
        raise DatalintError(f"target {shown}: a name has lower-case letters, digits, dots and hyphens")
    try:
        data = read(path)
    except OSError as error:
        raise DatalintError(f"target: {unreadable(shown, error)}") from None
    try:
        return replace(_parsed(data), name=name, digest=hashlib.sha256(data).hexdigest())
    except SettingError as error:
        number = next((step + 1 for step in error.path if isinstance(step, int)), None)
        which = "" if number is None else f" (entry {number})"
        raise DatalintError(f"target {shown}: {error.sentence()}{which}") from None


def _parsed(data: bytes) -> Target:
    import tomllib

    try:
        values = tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise SettingError(f"is not UTF-8 at byte {error.start}") from None
    except RecursionError:
        raise SettingError("is nested too deeply") from None
    except ValueError as error:
        raise SettingError(f"is not TOML: {excerpt(str(error), 120)}") from None
    target: Target = table(values, Target)
    if len(target.checks) > _MOST_CHECKS:
        raise SettingError(f"has over {_MOST_CHECKS} entries", ("checks",))
    for index, key, text in _schemas(target):
        _check_schema(text, ("checks", index, key))
    return target


def _schemas(target: Target) -> Iterator[tuple[int, str, str]]:
    for index, check in enumerate(target.checks):
        for key in ("row", "message"):
            if text := getattr(check, key):
                yield index, key, text


def _check_schema(text: str, trail: tuple[str | int, ...]) -> None:
    try:
        compiled_schema(text)
    except (ValueError, RecursionError) as error:  # jsonschema-rs raises a ValueError too
        reason = excerpt(str(error).partition("\n")[0], 120)
        raise SettingError(f"is not a valid JSON Schema: {reason}", trail) from None


def compiled_schema(text: str) -> Any:
    """Return the validator of a JSON Schema, which fetches nothing and searches in linear time.

    Raises:
        ValueError: for a text that is no JSON Schema, or refers to something outside itself.
    """
    import jsonschema_rs

    schema = json.loads(text)
    if not isinstance(schema, dict):
        raise ValueError("it is no object")
    options = jsonschema_rs.RegexOptions()
    return compile_schema(schema, pattern_options=options)
