"""Explain the settings of a run: every key with its value, and where it was set."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import is_dataclass
from typing import Any

from datalint.config.gates import load_gates
from datalint.config.model import Settings
from datalint.config.values import dotted, fields, json_ready
from datalint.support.named_tuple import NamedTuple


class SettingRow(NamedTuple):
    """One line of ``datalint config``: a dotted key, its value as JSON would hold it, and who set it."""

    key: str
    value: Any
    origin: str


def explain(settings: Settings) -> list[SettingRow]:
    """Return every key with its value and origin; a key that is set twice appears twice, the effective one last."""
    rows = [SettingRow(key, value, settings.origins.get(key, "default")) for key, value in _flat(settings, ())]
    for name, value in settings.command_line._asdict().items():
        if value not in (None, ()):
            rows.append(SettingRow(name.replace("_", "-"), json_ready(value), "command line"))
    for measure, gate in load_gates(settings).items():
        for side, limit in (("warn", gate.warn), ("fail", gate.fail)):
            key = f"gates.{measure}.{side}"
            origin = settings.origins.get(key, f"profile {settings.profile}")
            rows.append(SettingRow(key, limit.text() if limit else "off", origin))
    return rows


def _flat(table: Any, above: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    """Yield each setting below ``table`` but the gates, which :func:`explain` words itself."""
    for key, declared in fields(table).items():
        value, trail = getattr(table, declared.name), (*above, key)
        if is_dataclass(value):
            yield from _flat(value, trail)
        elif isinstance(value, Mapping):
            yield from _entries(value, trail) if key != "gates" else ()
        else:
            yield dotted(trail), json_ready(value)


def _entries(values: Mapping[str, Any], trail: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    for name, value in values.items():
        if isinstance(value, Mapping) and trail == ("rules",):
            yield from _entries(value, (*trail, name))
        else:
            yield dotted((*trail, name)), json_ready(value)
