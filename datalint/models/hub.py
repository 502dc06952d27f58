"""Tokenizers of the Hugging Face Hub: ``hf://OWNER/NAME[@REVISION]``, downloaded to its cache without the weights."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

from datalint.core.errors import DatalintError
from datalint.core.hub_folders import hub_cache, offline
from datalint.models.folder import MORE, NAMES
from datalint.privacy.display import excerpt, printable

_ADDRESS: Final = re.compile(r"hf://(?P<name>[\w.-]+(?:/[\w.-]+)?)(?:@(?P<revision>[\w.-]+))?")
#: Seconds until the Hub must answer.
_PATIENCE: Final = 5


def download(address: str, confine: Callable[[str], None]) -> tuple[str, Path]:
    """Return the name of the model at an address, and the folder of the cache that its tokenizer and template are in.

    Only files of :data:`~datalint.models.folder.NAMES` and templates are downloaded, those that the cache lacks.
    ``confine`` raises for a folder that must not be written.

    Raises:
        DatalintError: for an address of another form, where variables disable requests, and if the Hub does not answer
            or has no such model for this user.
    """
    shown = printable(address)
    match = _ADDRESS.fullmatch(address)
    if match is None:
        raise DatalintError(f"{shown} is not the address of a model: write hf://OWNER/NAME")
    name = match["name"]
    if (switch := offline()) is not None:
        remedy = f"name {printable(name)} to read the cache"
        raise DatalintError(f"{shown} cannot be downloaded, because {switch} is set: {remedy}")
    confine(str(hub_cache()))
    from huggingface_hub import snapshot_download

    try:
        folder = snapshot_download(
            name,
            revision=match["revision"],
            allow_patterns=[*NAMES, f"{MORE}/*.jinja"],
            etag_timeout=_PATIENCE,
        )
    except Exception as error:  # the library raises errors of its own, of its HTTP client and of the system
        what = type(error).__name__
        if what in ("RepositoryNotFoundError", "GatedRepoError", "RevisionNotFoundError"):
            reason = "check the name; for a private or gated model, log in with `hf auth login`"
        else:
            said = excerpt(" ".join(str(error).split()), 100)
            reason = f"check the connection, or download it elsewhere and name the folder ({said})"
        raise DatalintError(f"{shown} cannot be downloaded: {reason}") from error
    return name, Path(folder)
