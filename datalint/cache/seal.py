"""The per-user key that signs entries, so that a cache from a repository or another user is not trusted."""

from __future__ import annotations

import hashlib
import os
from typing import Final

_SIZE: Final = 32
SEAL_SIZE: Final = 32


def key_path() -> str:
    """Return the path of this user's key, outside of every project; RuntimeError for a user without a home folder."""
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    home = os.path.expanduser("~")
    if not base and home == "~":
        raise RuntimeError("there is no home folder")
    return os.path.join(base or os.path.join(home, ".cache"), "datalint", "key")


def load_key() -> bytes:
    """Return this user's key; it is generated at random on first use.

    Raises:
        OSError: when it can be neither read nor written.
        RuntimeError: for a user without a home.
    """
    key = _read(key_path())
    if len(key) == _SIZE:
        return key
    from pathlib import Path

    path = Path(key_path())
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    temporary = path.with_name(f".key-{os.getpid()}.tmp")
    temporary.unlink(missing_ok=True)
    with open(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(os.urandom(_SIZE))
    temporary.replace(path)
    # Of two runs that make one at the same time the later wins.
    return _read(key_path())


def _read(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except FileNotFoundError:
        return b""


def seal(key: bytes, name: str, payload: bytes | memoryview) -> bytes:
    """Return the signature (:data:`SEAL_SIZE` bytes) of a payload under a name."""
    inner = hashlib.sha256(payload).digest()
    return hashlib.sha256(b"\0".join((key, name.encode(), inner))).digest()
