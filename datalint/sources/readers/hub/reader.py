"""Datasets of the Hugging Face Hub: ``hf://datasets/OWNER/NAME[@REVISION][:CONFIG][/FILE]``.

Their files are downloaded to the Hub's cache and read like local ones. Rows that a script makes are streamed.
"""

from __future__ import annotations

import os
import re
from typing import Final
from urllib.parse import urlsplit

from datalint.core.errors import DatalintError
from datalint.core.hub_folders import offline
from datalint.privacy.display import excerpt
from datalint.sources.base import CHUNK_BYTES, Source
from datalint.sources.readers.hub.cache import not_cached, without_hub
from datalint.sources.readers.hub.files import DownloadedFile, cached_file, files_by_split
from datalint.sources.readers.memory import choose_split, spool_rows, undecoded

_ADDRESS: Final = re.compile(
    r"hf://datasets/(?P<name>[\w.-]+(?:/[\w.-]+)?)(?:@(?P<revision>[^:/]+))?(?::(?P<config>[^/]+))?(?:/(?P<file>.+))?"
)
_PATIENCE: Final = 3.0  # timeout in seconds for a connection to the Hub


def open_hub(
    address: str, split: str | None = None, *, held: bool = False, chunk_bytes: int = CHUNK_BYTES
) -> Source | list[DownloadedFile]:
    """Return the files of a Hub dataset, or its rows if they are not in files; images and audio are not decoded.

    Without ``split``, ``train`` or the only split is read; with ``held``, the evaluation split.

    Raises:
        DatalintError: if the Hub cannot be reached within seconds, or if the dataset, configuration or split does not
            exist.
    """
    match = _ADDRESS.fullmatch(address)
    if match is None:
        raise DatalintError(f"{address} is not a hub address: write hf://datasets/OWNER/NAME")
    _require_host(address, match["name"])
    from datasets import DownloadConfig, load_dataset_builder  # type: ignore[import-untyped]

    named = {"data_files": match["file"]} if match["file"] else {}
    try:
        builder = load_dataset_builder(
            match["name"],
            match["config"],
            revision=match["revision"],
            download_config=DownloadConfig(max_retries=1),
            **named,
        )
        files = files_by_split(builder)
        found = builder.as_streaming_dataset() if files is None else files
        name = choose_split([str(key) for key in found], split, address, held=held)
        if files is None:
            return spool_rows(undecoded(found[name]), address, "hub", chunk_bytes)
        return list(map(cached_file, files[name]))
    except DatalintError:
        raise
    except Exception as error:  # the library raises errors of its own, of its HTTP client and of the system
        raise DatalintError(_sentence(address, match["name"], error)) from error


def _sentence(address: str, name: str, error: Exception) -> str:
    text = str(error)
    configs = re.search(r"Config name is missing.*?\[(.*?)\]", text, re.DOTALL)
    if configs:
        return f"{address} has several configurations: add one, as in {address}:NAME, from {excerpt(configs[1], 120)}"
    if isinstance(error, ConnectionError) and (switch := offline()) is not None:
        return not_cached(address, name, switch)
    if isinstance(error, ConnectionError) or "onnect" in text:
        return f"{address} cannot be reached: check the connection, or download it and pass the files"
    if type(error).__name__ in ("DatasetNotFoundError", "RepositoryNotFoundError", "GatedRepoError"):
        return f"{address} does not exist or is private: check the name, or log in with `hf auth login`"
    detail = excerpt(text.split("\n")[0], 100)
    return f"{address} cannot be read ({type(error).__name__}: {detail}): check the name"


def _require_host(address: str, name: str) -> None:
    """Fail within seconds if the host is unreachable; the library would retry for half a minute."""
    if offline() is not None:
        return
    import socket
    from urllib.request import getproxies, proxy_bypass

    endpoint = urlsplit(os.environ.get("HF_ENDPOINT") or "https://huggingface.co")
    target = endpoint
    proxies = getproxies()
    if endpoint.scheme in proxies and not proxy_bypass(endpoint.hostname or ""):
        target = urlsplit(proxies[endpoint.scheme])
    port = target.port or (443 if target.scheme == "https" else 80)
    try:
        socket.create_connection((target.hostname or "", port), timeout=_PATIENCE).close()
    except OSError as error:
        raise DatalintError(without_hub(address, name, str(target.hostname))) from error
