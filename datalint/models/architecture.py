"""Finds the sizes of a model: in a ``config.json``, of a folder or the Hugging Face cache, or among known models."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Final

from datalint.advise.architecture import Architecture, known, of_config
from datalint.core.errors import DatalintError, unreadable
from datalint.core.files import read_regular
from datalint.core.hub_folders import snapshots
from datalint.privacy.display import printable

_CONFIG: Final = "config.json"
_MOST: Final = 1 << 20


def find_architecture(name: str, confine: Callable[[str], None] = lambda path: None) -> Architecture | None:
    """Return the sizes of a model, None if nothing has them. Nothing is downloaded.

    ``confine`` raises for a path that must not be opened.

    Raises:
        DatalintError: for a ``config.json`` that cannot be read or lacks a size.
    """
    folder = Path(name).expanduser()
    path = folder / _CONFIG
    if _is_file(path):
        confine(str(path))
        return _read(path, name)
    found = known(name)
    if found is not None:
        return found
    cached = next((each / _CONFIG for each in snapshots("models", name) if _is_file(each / _CONFIG)), None)
    return None if cached is None else _read(cached, name)


def config_file(name: str) -> str | None:
    """Return the path of the ``config.json`` in a folder of this name, None if there is none."""
    path = Path(name).expanduser() / _CONFIG
    return str(path) if _is_file(path) else None


def _read(path: Path, name: str) -> Architecture:
    shown = printable(str(path))
    try:
        value = json.loads(read_regular(path, _MOST))
    except OSError as error:
        raise DatalintError(unreadable(shown, error)) from error
    except (ValueError, RecursionError) as error:
        raise DatalintError(f"{shown} is not JSON: {printable(str(error))}") from error
    if not isinstance(value, dict):
        raise DatalintError(f"{shown} is not a JSON object")
    try:
        return of_config(printable(name), value)
    except DatalintError as error:
        raise DatalintError(
            f"{shown}: {str(error).removeprefix('config.json ').removeprefix('config.json: ')}"
        ) from None


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False
