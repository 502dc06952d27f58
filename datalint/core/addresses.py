"""Addresses of files that are downloaded, and how they are shown."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit, urlunsplit

#: The prefixes of addresses of web servers.
WEB: Final = ("http://", "https://")
#: The prefixes of addresses of files that are downloaded.
REMOTE: Final = (*WEB, "s3://", "s3a://", "gs://", "gcs://", "abfs://", "abfss://", "az://")


def is_remote(given: str) -> bool:
    """Return whether an input is the address of a file that is downloaded."""
    return given.lower().startswith(REMOTE)


def is_web(given: str) -> bool:
    """Return whether an input is the address of a web server's file."""
    return given.lower().startswith(WEB)


def without_secrets(given: str) -> str:
    """Return an address without user, password, query and fragment, which may be credentials; others unchanged."""
    if not is_remote(given):
        return given
    try:
        parts = urlsplit(given)
    except ValueError:
        return f"{given.partition('://')[0]}://…"
    host = parts.netloc.rpartition("@")[2]
    # Outside of the web, a question mark is part of a glob, and Azure's "user" is a container.
    return urlunsplit((parts.scheme, host, parts.path, "", "")) if is_web(given) else given
