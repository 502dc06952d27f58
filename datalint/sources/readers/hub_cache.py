"""Datasets in the local cache of the Hugging Face Hub, and messages for when the Hub cannot be reached.

The cache folders are read directly, because importing the libraries would take seconds.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from datalint.privacy.display import printable

_TRUE: Final = frozenset({"1", "ON", "YES", "TRUE"})
_SWITCHES: Final = ("HF_HUB_OFFLINE", "HF_DATASETS_OFFLINE")
#: The maximum number of cached datasets that a message lists.
_NAMED: Final = 5


def offline() -> str | None:
    """Return the name of the environment variable that disables requests to the Hub, None if there is none."""
    return next((name for name in _SWITCHES if os.environ.get(name, "").upper() in _TRUE), None)


def without_hub(address: str, name: str, host: str) -> str:
    """Return the message for a Hub that cannot be reached; ``name`` is the dataset as ``OWNER/NAME``."""
    if name in prepared():
        return f"{host} cannot be reached: check the connection, or set HF_HUB_OFFLINE=1 to use the cached {name}"
    folder = files_of(name)
    remedy = (
        f"pass its cached files, {printable(str(folder))}" if folder else "download it elsewhere and pass the files"
    )
    return f"{host} cannot be reached for {address}: check the connection, or {remedy}"


def not_cached(address: str, name: str, switch: str) -> str:
    """Return the message for a dataset that is not cached; ``switch`` is the variable that disables requests."""
    where = f"{switch}={os.environ.get(switch, '')}"
    folder = files_of(name)
    if folder is not None:
        return f"{address} is cached as files, and {where} is set: pass the folder {printable(str(folder))}"
    found = prepared()
    if name in found:
        return f"the cached {name} has no such revision, configuration or file, and {where} is set: unset it"
    shown = ", ".join(printable(each) for each in found[:_NAMED])
    more = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
    cached = f"cached are {shown}{more}" if found else f"no dataset is cached in {printable(str(_datasets()))}"
    return f"{address} is not cached, and {where} is set: unset it to download, or pass files ({cached})"


def prepared() -> list[str]:
    """Return the names of the datasets that the library can open offline, sorted."""
    return sorted(name.replace("___", "/", 1) for name in _folders(_datasets()) if "___" in name)


def files_of(name: str) -> Path | None:
    """Return the folder with the downloaded files of a dataset, None if it contains no data."""
    from datalint.sources.find import holds_data

    folder = _hub() / f"datasets--{name.replace('/', '--')}"
    try:
        revisions = [(folder / "refs" / "main").read_text(encoding="utf-8").strip()]
    except (OSError, ValueError):
        revisions = []
    revisions += _folders(folder / "snapshots")
    places = (folder / "snapshots" / revision for revision in revisions if revision and Path(revision).name == revision)
    return next((place for place in places if holds_data(place)), None)


def _folders(above: Path) -> list[str]:
    def found() -> Iterator[str]:
        with os.scandir(above) as entries:
            yield from (each.name for each in entries if each.is_dir())

    try:
        return sorted(found())
    except OSError:
        return []


def _home() -> Path:
    home = os.environ.get("HF_HOME")
    cache = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(home or f"{cache}/huggingface").expanduser()


def _datasets() -> Path:
    return Path(os.environ.get("HF_DATASETS_CACHE") or _home() / "datasets").expanduser()


def _hub() -> Path:
    return Path(
        os.environ.get("HF_HUB_CACHE") or os.environ.get("HUGGINGFACE_HUB_CACHE") or _home() / "hub"
    ).expanduser()
