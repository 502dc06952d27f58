"""Identity of the code that made a result: the interpreter, datalint, and all installed distributions."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from typing import Final

from datalint import __version__

#: The entry-point group of plug-ins, as :mod:`datalint.core.plugins` has it.
GROUP: Final = b"datalint.rules"
_PACKAGE: Final = os.path.dirname(os.path.dirname(__file__))
_DISTRIBUTION: Final = f"datalint_sft-{__version__}.dist-info"


def code_identity() -> bytes | None:
    """Return a digest that changes whenever the code that makes a report changes; None if that cannot be determined.

    Installed distributions are known by name and version, datalint by its installer's list of hashes, or in a source
    tree by the sizes and times of its files. A plug-in counts by that list too; one that is installed in place, or
    found by other means than a folder on ``sys.path``, can change without a trace.
    """
    state = hashlib.sha256()
    finders = [finder for finder in sys.meta_path if hasattr(finder, "find_distributions")]
    if len(finders) > 1 and _other_plugins():
        return None
    names: set[str] = set()
    for folder in dict.fromkeys(sys.path):
        found = _distributions(folder)
        if found is None:
            return None
        for name, offers_rules in found:
            names.add(name)
            if offers_rules:
                record = _record(os.path.join(folder, name))
                if record is None:
                    return None
                state.update(record)
    machine = os.uname().machine if hasattr(os, "uname") else ""
    for text in (__version__, sys.version, sys.platform, machine, *sorted(names)):
        state.update(os.fsencode(text) + b"\0")
    state.update(_own())
    return state.digest()


def _distributions(folder: str) -> list[tuple[str, bool]] | None:
    """Return the distributions in a folder of ``sys.path``, and whether each registers rules; None for an archive."""
    try:
        with os.scandir(folder or ".") as entries:
            names = [each.name for each in entries if each.name.endswith((".dist-info", ".egg-info"))]
    except NotADirectoryError:
        # The standard library's own archive is on every path; it is seldom there.
        return None if _holds_distributions(folder) else []
    except OSError:
        return []
    return [(name, GROUP in _bytes(os.path.join(folder or ".", name, "entry_points.txt"))) for name in names]


def _holds_distributions(archive: str) -> bool:
    data = _bytes(archive)
    return b"-INFO" in data or b"-info" in data


def _record(distribution: str) -> bytes | None:
    """Return the hashes of a distribution's files; None for an editable installation, whose files may change."""
    record = _bytes(os.path.join(distribution, "RECORD"))
    return None if not record or b'"editable"' in _bytes(os.path.join(distribution, "direct_url.json")) else record


def _other_plugins() -> bool:
    from importlib import metadata

    return bool(metadata.entry_points(group=GROUP.decode()))


def _own() -> bytes:
    record = _bytes(os.path.join(os.path.dirname(_PACKAGE), _DISTRIBUTION, "RECORD"))
    return record or "\n".join(sorted(_tree(str(_PACKAGE)))).encode()


def _tree(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for each in entries:
            if each.name == "__pycache__":
                continue
            if each.is_dir():
                yield from _tree(each.path)
            else:
                state = each.stat()
                yield f"{each.path} {state.st_size} {state.st_mtime_ns}"


def _bytes(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return b""
