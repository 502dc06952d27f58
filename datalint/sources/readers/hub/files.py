"""The files of a dataset on the Hugging Face Hub, downloaded to its cache and read like local ones."""

from __future__ import annotations

import dataclasses
import re
import sys
from typing import Any, Final

from datalint.support.named_tuple import NamedTuple

#: The builders of ``datasets`` that read files which this package reads itself.
_PLAIN: Final = frozenset({"json", "csv", "parquet", "arrow", "text"})
#: Fields of a builder's configuration that do not say how its files are read.
_ABOUT: Final = frozenset({"name", "version", "data_dir", "data_files", "description", "features"})
_FILE: Final = re.compile(r"hf://datasets/(?P<name>[\w.-]+(?:/[\w.-]+)?)@(?P<revision>[^/]+)/(?P<path>.+)")


class HubFile(NamedTuple):
    """A file of a dataset at a commit."""

    name: str
    revision: str
    path: str


class DownloadedFile(NamedTuple):
    """Where a file of the Hub is, and the address that reports show."""

    path: str
    shown: str


def files_by_split(builder: Any) -> dict[str, list[HubFile]] | None:
    """Return the files of each split of a ``datasets`` builder, or None if it does more than read them.

    It does if a script makes the rows, or if the dataset's card sets how to read them (a separator, the key with the
    rows), if files are in archives, or if they are not on the Hub.
    """
    config: Any = builder.config
    if getattr(builder, "name", None) not in _PLAIN or not config.data_files:
        return None
    for field in dataclasses.fields(config):
        default = None if field.default is dataclasses.MISSING else field.default
        if field.name not in _ABOUT and getattr(config, field.name) != default:
            return None
    found: dict[str, list[HubFile]] = {}
    for split, urls in config.data_files.items():
        matches = [_FILE.fullmatch(str(url)) for url in urls]
        files = [HubFile(match["name"], match["revision"], match["path"]) for match in matches if match is not None]
        if len(files) < len(matches) or not files:
            return None
        found[str(split)] = files
    return found


def cached_file(file: HubFile) -> DownloadedFile:
    """Return a file in the cache of the Hub, which it is downloaded to unless it is there.

    Raises:
        Exception: what the library raises.
    """
    from huggingface_hub import hf_hub_download
    from huggingface_hub.utils import (  # type: ignore[attr-defined]
        are_progress_bars_disabled,
        disable_progress_bars,
        enable_progress_bars,
    )

    if is_silent := not sys.stderr.isatty() and not are_progress_bars_disabled():
        disable_progress_bars()
    try:
        path = hf_hub_download(file.name, file.path, repo_type="dataset", revision=file.revision)
        return DownloadedFile(str(path), f"hf://datasets/{file.name}/{file.path}")
    finally:
        if is_silent:
            enable_progress_bars()
