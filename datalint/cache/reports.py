"""Report cache: the output of finished runs, valid while the files that they read are unchanged."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any, Final

from datalint.cache.inputs import Observation, hold, reads
from datalint.cache.store import Store, pack_payload, unpack
from datalint.support.named_tuple import NamedTuple

KIND: Final = "reports"
#: Bytes of printed and written reports from which a run is not remembered.
MOST_BYTES: Final = 64 << 20


class Finished(NamedTuple):
    """The result of a run: its exit code, standard error and standard output, and the files that it wrote.

    ``printed`` is text where text was written, which the stream encodes, and bytes where bytes were.
    """

    code: int
    said: str
    printed: str | bytes
    files: Sequence[tuple[str, bytes]]

    @property
    def size(self) -> int:
        """Approximate size in bytes."""
        return len(self.printed) + sum(len(data) for _, data in self.files)


def name_of(asked: Any, identity: bytes) -> str:
    """Return the name of the entry for a request (JSON values) to the code with this identity."""
    text = json.dumps(asked, sort_keys=True)
    return hashlib.sha256(identity + text.encode()).hexdigest()


def recall(store: Store, name: str) -> Finished | None:
    """Return the run with this name; None if there is none or a file that it read has changed.

    Nor is one recalled whose output has become a link to a file that it read.
    """
    payload = store.get(KIND, name)
    if payload is None:
        return None
    header, printed, *files = unpack(payload)
    about = json.loads(bytes(header))
    if not hold(about["observations"]) or any(reads(about["observations"], path) for path in about["files"]):
        return None
    text = bytes(printed)
    return Finished(
        about["code"],
        about["said"],
        text.decode("utf-8", "surrogatepass") if about["text"] else text,
        [(path, bytes(data)) for path, data in zip(about["files"], files, strict=True)],
    )


def remember(store: Store, name: str, finished: Finished, observations: Sequence[Observation]) -> None:
    """Store a run, unless its output is very large."""
    if finished.size > MOST_BYTES:
        return
    text = isinstance(finished.printed, str)
    about = {
        "code": finished.code,
        "said": finished.said,
        "text": text,
        "files": [path for path, _ in finished.files],
        "observations": list(observations),
    }
    printed = finished.printed
    blob = printed.encode("utf-8", "surrogatepass") if isinstance(printed, str) else printed
    store.put(KIND, name, pack_payload(json.dumps(about).encode(), [blob, *(data for _, data in finished.files)]))
