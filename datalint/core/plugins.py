"""Where rules come from: modules, installed distributions, and local files."""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final

from datalint.core.errors import DatalintError
from datalint.core.rule import Rule

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

ENTRY_POINT_GROUP: Final = "datalint.rules"


def rules_in(value: Any) -> list[Rule]:
    """Return the rules that a plug-in offers: a Rule, a module's Rule objects, or a package's.

    A package whose own namespace contains no rule is searched: every module in it, but none whose name starts
    with an underscore.

    Raises:
        DatalintError: when there is none.
    """
    if isinstance(value, Rule):
        return [value]
    if not isinstance(value, ModuleType):
        raise DatalintError(f"is a {type(value).__name__}, which is neither a module nor a rule")
    found = _rules_of(value)
    if not found and hasattr(value, "__path__"):
        found = [rule for module in submodules(value) for rule in _rules_of(module)]
    if not found:
        raise DatalintError("contains no rule")
    return list(dict.fromkeys(found))


@cache
def sole_rule(module: ModuleType) -> Rule:
    """Return the one rule that ``module`` declares; DatalintError when it declares none or several."""
    rules = [rule for rule in _rules_of(module) if rule.module == module.__name__]
    if len(rules) != 1:
        raise DatalintError(f"module {module.__name__} contains {len(rules)} rules; a rule module contains one")
    return rules[0]


def submodules(package: ModuleType) -> Iterator[ModuleType]:
    """Import and yield every module below ``package`` by name, but those that start with an underscore."""
    import pkgutil

    found = pkgutil.iter_modules(package.__path__, f"{package.__name__}.")
    for name in sorted(info.name for info in found):
        if name.rpartition(".")[2].startswith("_"):
            continue
        module = importlib.import_module(name)
        if hasattr(module, "__path__"):
            yield from submodules(module)
        yield module


def run_file(path: Path) -> ModuleType:
    """Run a Python file as a module and return it.

    The module's name depends on the absolute path alone, so a worker process that runs the file too can
    unpickle what the first one made.
    """
    import hashlib

    digest = hashlib.blake2b(str(path.absolute()).encode(), digest_size=4).hexdigest()
    name = f"datalint_local_{digest}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise DatalintError("is not a Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    return module


def entry_points() -> list[EntryPoint]:
    """Return what installed distributions offer in the group ``datalint.rules``, by distribution and name."""
    if not _any_installed():
        return []
    from importlib import metadata

    found = metadata.entry_points(group=ENTRY_POINT_GROUP)
    return sorted(found, key=lambda entry: (entry.dist.name if entry.dist else "", entry.name))


def _rules_of(module: ModuleType) -> list[Rule]:
    return [value for value in vars(module).values() if isinstance(value, Rule)]


def _any_installed() -> bool:
    """Whether any distribution may offer rules, from the files that importlib.metadata would read.

    importlib.metadata takes 45 ms to import and to search 75 distributions, this takes 3 ms. It is asked only
    when a file names the group, or where something else than a plain folder may hold distributions.
    """
    finders = [finder for finder in sys.meta_path if hasattr(finder, "find_distributions")]
    return len(finders) > 1 or any(map(_offers_rules, dict.fromkeys(sys.path)))


def _offers_rules(folder: str) -> bool:
    folder = folder or "."
    try:
        changed = os.stat(folder).st_mtime_ns  # noqa: PTH116
    except OSError:
        return False
    return _has_entry_points(os.path.abspath(folder), changed)  # noqa: PTH100


@lru_cache(maxsize=256)
def _has_entry_points(folder: str, changed: int) -> bool:
    """Whether a distribution in a folder offers rules, looked up again if it ``changed``, as importlib does."""
    try:
        names = os.listdir(folder)  # noqa: PTH208 - a hundred paths of pathlib's cost more than the files
    except NotADirectoryError:
        return True
    except OSError:
        return False
    found = (name for name in names if name.endswith((".dist-info", ".egg-info")))
    return any(ENTRY_POINT_GROUP.encode() in _bytes(f"{folder}/{name}/entry_points.txt") for name in found)


def _bytes(path: str) -> bytes:
    try:
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123
            return file.read()
    except OSError:
        return b""
