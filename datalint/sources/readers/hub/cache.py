"""Datasets in the local cache of the Hugging Face Hub, and messages for when the Hub cannot be reached."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from datalint.core.hub_folders import datasets_cache, folders_in, snapshots
from datalint.privacy.display import printable

#: The maximum number of cached datasets that a message lists.
_NAMED: Final = 5


def without_hub(address: str, name: str, host: str) -> str:
    """Return the message for a Hub that cannot be reached; ``name`` is the dataset as ``OWNER/NAME``."""
    if name in prepared():
        return f"{host} cannot be reached: check the connection, or set HF_HUB_OFFLINE=1 to use the cached {name}"
    folder = downloaded_folder(name)
    remedy = (
        f"pass its cached files, {printable(str(folder))}" if folder else "download it elsewhere and pass the files"
    )
    return f"{host} cannot be reached for {address}: check the connection, or {remedy}"


def not_cached(address: str, name: str, switch: str) -> str:
    """Return the message for a dataset that is not cached; ``switch`` is the variable that disables requests."""
    where = f"{switch}={os.environ.get(switch, '')}"
    folder = downloaded_folder(name)
    if folder is not None:
        return f"{address} is cached as files, and {where} is set: pass the folder {printable(str(folder))}"
    found = prepared()
    if name in found:
        return f"the cached {name} has no such revision, configuration or file, and {where} is set: unset it"
    shown = ", ".join(printable(each) for each in found[:_NAMED])
    more = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
    cached = f"cached are {shown}{more}" if found else f"no dataset is cached in {printable(str(datasets_cache()))}"
    return f"{address} is not cached, and {where} is set: unset it to download, or pass files ({cached})"


def prepared() -> list[str]:
    """Return the names of the datasets that the library can open offline, sorted."""
    return sorted(name.replace("___", "/", 1) for name in folders_in(datasets_cache()) if "___" in name)


def downloaded_folder(name: str) -> Path | None:
    """Return the folder with the downloaded files of a dataset, None if it contains no data."""
    from datalint.sources.data_files import holds_data

    return next((place for place in snapshots("datasets", name) if holds_data(place)), None)
