"""Loading of settings from files and the command line, with errors that point at a line."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import Any, Final

from datalint.config import select
from datalint.config.discovery import find_document, name_in_messages
from datalint.config.document import ConfigDocument
from datalint.config.files import DISK, Files, is_inline
from datalint.config.model import Selection, Settings, TrainingPlan
from datalint.config.paths import BASELINE, is_folder
from datalint.config.values import SettingError, Trail, UnknownNameError, dotted, table
from datalint.core.errors import DatalintError
from datalint.core.registry import Registry
from datalint.support.classes import mutable

_SELECTION: Final = ("select", "extend-select", "ignore")
_PATHS: Final = ("data", "eval", "schema", "plugins")


def load_settings(
    inputs: Sequence[str] = (),
    *,
    registry: Registry,
    config: str | Path | None = None,
    isolated: bool = False,
    overrides: Mapping[str, Any] | None = None,
    allow_local_plugins: bool = False,
    caller: str = "command line",
    files: Files = DISK,
) -> Settings:
    """Return the settings of a run, with every rule, option and limit in them checked.

    Args:
        inputs: the paths on the command line; the search for a file starts in their folders.
        registry: the rules to check names against; local plug-ins are added to it.
        config: the file to read instead of searching.
        isolated: read no file.
        overrides: what the command line sets, by dotted key (``near-duplicates.threshold``). None and the
            empty tuple mean that an option was not given. Tables are merged with the file's, lists replace
            them; ``select``, ``extend-select`` and ``ignore`` are a layer of their own over the file's.
        allow_local_plugins: run the files that ``plugins`` names, and register their rules.
        caller: who sets the overrides, for messages and origins.
        files: where the file and its schema are read from. A ``config`` outside of its confinement is trusted, with
            the schema that it names and the baseline next to it.

    Raises:
        DatalintError: in one sentence that begins with file and line, or with the caller; also for inputs with
            different configuration files.
    """
    named_outside = config is not None and not files.confine.names_inside(config)
    files = files.trusting(config) if config is not None else files
    source = _Source(find_document(inputs, config, files, isolated=isolated), caller)
    values, layer = _overridden(source, overrides or {})
    selection = _selection(layer, caller)
    try:
        settings: Settings = table(values, Settings)
    except SettingError as error:
        raise source.located(error) from None
    settings = dataclasses.replace(
        _placed_settings(settings, source),
        command_line=selection,
        root=str(source.document.folder),
        files=files,
        file=None if source.document.path is None else str(source.document.path),
        origins={dotted(trail): source.where(trail) for trail in _trails(values, ())},
    )
    if named_outside:
        settings = dataclasses.replace(settings, files=_trusting(settings, source))
    settings = _with_schemas(settings)
    if allow_local_plugins:
        _load_local(settings, registry, source)
    _check(settings, registry, source, allowed=allow_local_plugins)
    return settings


def _overridden(source: _Source, overrides: Mapping[str, Any]) -> tuple[Mapping[str, Any], dict[str, Any]]:
    """Return the values of the file with the overrides merged into them, and the overrides that select rules."""
    values = source.document.values
    layer: dict[str, Any] = {}
    for key, value in overrides.items():
        if value is None or value == ():
            continue
        if key in _SELECTION:
            layer[key] = value
        else:
            values = source.merge(values, tuple(key.split(".")), value)
    return values, layer


def _placed_settings(settings: Settings, source: _Source) -> Settings:
    """Return the settings with each path as it is to be opened from the working folder."""
    return dataclasses.replace(
        settings,
        rules=_placed_schemas(settings.rules, source),
        benchmarks=dataclasses.replace(
            settings.benchmarks, paths=_placed(settings.benchmarks.paths, source, "benchmarks", "paths")
        ),
        **{key: _placed(getattr(settings, key), source, key) for key in _PATHS},
        model=_placed_model(settings.model, source, "model"),
        plan=_placed_plan(settings.plan, source),
        target=_placed_targets(settings.target, source),
        targets={name: _placed(path, source, "targets", name) for name, path in settings.targets.items()},
    )


def _selection(layer: Mapping[str, Any], caller: str) -> Selection:
    try:
        read: Settings = table(layer, Settings)
    except SettingError as error:
        raise DatalintError(f"{caller}: {error}") from None
    return Selection(read.select, read.extend_select, read.ignore)


@mutable
class _Source:
    """Where values come from: a file, and what the caller puts over it."""

    document: ConfigDocument
    caller: str
    overridden: set[Trail] = field(default_factory=set)

    def merge(self, values: Mapping[str, Any], trail: Trail, value: Any) -> dict[str, Any]:
        """Return ``values`` with ``value`` at ``trail``, and record the caller as its origin."""
        return self._merge(values, trail, value, ())

    def _merge(self, values: Mapping[str, Any], trail: Trail, value: Any, above: Trail) -> dict[str, Any]:
        key, *rest = trail
        merged = dict(values)
        inner = merged.get(str(key), {})
        if rest or isinstance(value, Mapping):
            inner = inner if isinstance(inner, Mapping) else {}
            parts = [(tuple(rest), value)] if rest else [((k,), v) for k, v in value.items()]
            for part, item in parts:
                inner = self._merge(inner, part, item, (*above, key))
            merged[str(key)] = inner
        else:
            merged[str(key)] = value
            self.overridden.add((*above, key))
        return merged

    def where(self, trail: Trail) -> str:
        if any(trail[:length] in self.overridden for length in range(1, len(trail) + 1)):
            return self.caller
        if (*self.document.prefix, *trail) not in self.document.lines and any(
            each[: len(trail)] == trail for each in self.overridden
        ):
            return self.caller  # a table of which the file has nothing
        return self.document.where(trail)

    def located(self, error: SettingError, hint: str = "") -> DatalintError:
        where = self.where(error.path)
        prefix = () if where == self.caller else self.document.prefix
        return DatalintError(f"{where}: {error.sentence(prefix)}{hint}")


def _with_schemas(settings: Settings) -> Settings:
    """Return the settings with each schema as rules take it from ``settings.files``."""
    options = settings.rules.values()
    named = (settings.schema, *(each.get("schema") for each in options if isinstance(each, Mapping)))
    paths = tuple(dict.fromkeys(each for each in named if isinstance(each, str) and each and not is_inline(each)))
    taken = {path: settings.files.schema(path) for path in paths}
    if all(path == text for path, text in taken.items()):
        return dataclasses.replace(settings, schema_files=paths) if paths else settings
    rules = {
        rule: {key: taken.get(value, value) if key == "schema" else value for key, value in options.items()}
        for rule, options in settings.rules.items()
    }
    schema = taken.get(settings.schema, settings.schema) if settings.schema else settings.schema
    return dataclasses.replace(settings, schema=schema, rules=rules, schema_files=paths)


def _trusting(settings: Settings, source: _Source) -> Files:
    """Return the files with those that a trusted configuration stands for: its schema, and the baseline next to it."""
    files = settings.files.trusting(Path(settings.root) / BASELINE)
    if settings.schema and source.where(("schema",)) != source.caller and not is_inline(settings.schema):
        files = files.trusting(settings.schema)
    return files


def _placed_schemas(rules: Mapping[str, Any], source: _Source) -> dict[str, Any]:
    """Return the options of rules, with the path of each schema as it is to be opened from the working folder."""
    placed = dict(rules)
    for name, options in rules.items():
        schema = options.get("schema") if isinstance(options, Mapping) else None
        if isinstance(schema, str) and not is_inline(schema):
            placed[name] = {**options, "schema": _placed(schema, source, "rules", name, "schema")}
    return placed


def _placed(value: Any, source: _Source, *trail: str) -> Any:
    """Return the path or paths of a setting as they are to be opened from the working folder."""
    if not value or source.where(trail) == source.caller:
        return value
    folder, here = source.document.folder, Path.cwd()
    return _from(value, folder, here) if isinstance(value, str) else tuple(_from(v, folder, here) for v in value)


def _placed_model(model: str | None, source: _Source, *trail: str) -> str | None:
    """Return a model as it is to be found from the working folder: a folder next to the configuration, or a name."""
    placed = _placed(model, source, *trail)
    return placed if placed is not None and is_folder(Path(placed)) else model


def _placed_plan(plan: TrainingPlan | None, source: _Source) -> TrainingPlan | None:
    if plan is None or plan.base_model is None:
        return plan
    return dataclasses.replace(plan, base_model=_placed_model(plan.base_model, source, "plan", "base-model"))


def _placed_targets(names: tuple[str, ...] | str, source: _Source) -> tuple[str, ...] | str:
    """Return targets as they are to be found from the working folder: a name stays, and a path is placed."""
    if isinstance(names, str):
        return str(_placed(names, source, "target")) if names.endswith(".toml") else names
    placed = _placed(names, source, "target")
    return tuple(path if name.endswith(".toml") else name for name, path in zip(names, placed, strict=True))


def _from(text: str, folder: Path, here: Path) -> str:
    if folder == here or "://" in text:
        return text
    import glob

    base = name_in_messages(folder, here)
    return str(Path(glob.escape(base) if glob.has_magic(text) else base, text))


def _load_local(settings: Settings, registry: Registry, source: _Source) -> None:
    for index, path in enumerate(settings.plugins):
        try:
            settings.files.confine.check(path)
            registry.load_local(Path(path))
        except DatalintError as error:
            raise DatalintError(f"{source.where(('plugins', index))}: {error}") from None


def _check(settings: Settings, registry: Registry, source: _Source, *, allowed: bool) -> None:
    missing = bool(settings.plugins) and not allowed
    hint = " (rules of `plugins` are known only with --allow-local-plugins)" if missing else ""
    try:
        select.check(settings, registry)
    except SettingError as error:
        raise source.located(error, hint if isinstance(error, UnknownNameError) else "") from None
    select_, extend, ignore = settings.command_line
    try:
        select.check(Settings(select=select_, extend_select=extend, ignore=ignore), registry)
    except SettingError as error:
        raise DatalintError(f"{source.caller}: {error}{hint}") from None


def _trails(values: Mapping[str, Any], above: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for key, value in values.items():
        yield (*above, key)
        if isinstance(value, Mapping):
            yield from _trails(value, (*above, key))
