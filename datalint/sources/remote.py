"""Read files of object stores and web servers: ``s3://``, ``gs://``, ``abfs://``, ``http://``, ``https://``.

A file is downloaded once, in memory or to a temporary file, and then read like a local one: every byte is transferred
exactly once, and every container can be read. Object stores are read in ranges, several at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from datalint.core.addresses import is_web, without_secrets
from datalint.core.errors import DatalintError
from datalint.sources.content import Content, spooled, stream_blocks
from datalint.sources.redirects import tracing
from datalint.sources.split_choice import parted
from datalint.support.named_tuple import NamedTuple
from datalint.support.prefetch import prefetch

if TYPE_CHECKING:
    from collections.abc import Callable

#: Bytes per request to an object store, and the number of requests at a time.
RANGE: Final = 8 << 20
AHEAD: Final = 4
#: Facts of ``fsspec`` about a file that change with its content; which ones a store has differs.
_VERSION: Final = (
    "ETag",
    "etag",
    "Content-MD5",
    "Digest",
    "md5Hash",
    "generation",
    "VersionId",
    "Last-Modified",
    "LastModified",
    "last_modified",
    "updated",
)
_EXTRA: Final = 'pip install "datalint-sft[remote]"'
#: The package of each scheme that the extra does not install.
_PACKAGES: Final = {"gs": "gcsfs", "gcs": "gcsfs", "abfs": "adlfs", "abfss": "adlfs", "az": "adlfs"}
_MAGIC: Final = frozenset("*?[")


class RemoteFile(NamedTuple):
    """A file of a store: its full address, the address that is shown, its size in bytes if known, and its version."""

    address: str
    shown: str
    size: int | None
    version: tuple[str, ...]
    path: str
    store: Any


def find_files(given: str, is_data: Callable[[str], bool], most: int) -> list[RemoteFile]:
    """Return the files that an address refers to: a file, a folder (ending in ``/`` or not) or a glob.

    Args:
        given: the address as the user typed it. Web servers have neither folders nor globs.
        is_data: whether the file of a name in a folder or matching a glob is data.
        most: the maximum size of a file in bytes.

    Raises:
        DatalintError: if nothing is found, the store refuses, a package is missing, or a file is too large.
    """
    shown = without_secrets(given)
    store, path = _store_of(given, shown)
    try:
        if is_web(given):
            paths = [path]
        elif _MAGIC & set(path):
            paths = [each for each in sorted(store.glob(path)) if is_data(each.rsplit("/", 1)[-1])]
        elif store.isfile(path):
            paths = [path]
        else:
            paths = _in_folder(store, path, is_data)
        if not paths:
            raise DatalintError(f"{shown} is not a file, and contains or matches no data file: check the address")
        return [_checked(_described(store, each, given, shown), most) for each in paths]
    except DatalintError:
        raise
    except Exception as error:  # each store has errors of its own, and their texts may contain credentials
        raise _refused(shown, error) from None


def download(file: RemoteFile, most: int) -> Content:
    """Return the bytes of a file.

    Raises:
        DatalintError: if they cannot be read, are more than ``most``, or the file changed meanwhile.
    """
    try:
        content = spooled(_blocks(file, most))
        now = _described(file.store, file.path, file.address, file.shown)
    except DatalintError:
        raise
    except Exception as error:
        raise _refused(file.shown, error) from None
    if now.version != file.version or (file.size is not None and content.size != file.size):
        raise DatalintError(f"{file.shown} changed while it was read: run again when it is complete")
    return content


def _store_of(given: str, shown: str) -> tuple[Any, str]:
    scheme = given.partition("://")[0].lower()
    if "::" in given:
        raise DatalintError(f"{shown} chains several stores (::): download the file and pass it")
    try:
        import fsspec  # type: ignore[import-untyped]

        # Without a cache of listings, so that a changed file is noticed.
        options: dict[str, Any] = {"use_listings_cache": False}
        if is_web(given):
            options["client_kwargs"] = {"trust_env": True, "trace_configs": tracing()}
        store, path = fsspec.core.url_to_fs(given, **options)
    except ImportError:
        package = _PACKAGES.get(scheme)
        remedy = f"pip install {package}" if package else _EXTRA
        raise DatalintError(f"{scheme}:// needs a package that is not installed: {remedy}") from None
    except Exception as error:
        raise _refused(shown, error) from None
    return store, str(path)


def _in_folder(store: Any, path: str, is_data: Callable[[str], bool]) -> list[str]:
    """Return the training files of a folder, or all its files if no name indicates training."""
    root = path.rstrip("/")
    found = []
    for each in sorted(store.find(root)):
        parts = each[len(root) :].strip("/").split("/")
        if is_data(parts[-1]) and not any(part.startswith(".") for part in parts):
            found.append(Path(each))
    return [path.as_posix() for path in parted(Path(root), found)[0]]


def _described(store: Any, path: str, given: str, shown: str) -> RemoteFile:
    facts = store.info(path)
    version = tuple(f"{key}={facts[key]}" for key in _VERSION if facts.get(key) is not None)
    if is_web(given):
        return RemoteFile(given, shown, facts.get("size"), version, path, store)
    address = f"{given.partition('://')[0]}://{path}"
    return RemoteFile(address, without_secrets(address), facts.get("size"), version, path, store)


def _checked(file: RemoteFile, most: int) -> RemoteFile:
    if file.size is not None and file.size > most:
        raise DatalintError(f"{file.shown} has more than {most >> 20:,} MiB: split it first")
    return file


def _blocks(file: RemoteFile, most: int) -> Iterator[bytes]:
    if file.size is None or is_web(file.address):
        # One request: not every web server supports ranges.
        with file.store.open(file.path, "rb", block_size=0) as stream:
            yield from prefetch(stream_blocks(stream, file.shown, most))
        return
    yield from _ranges(file, file.size)


def _ranges(file: RemoteFile, size: int) -> Iterator[bytes]:
    """Yield the ranges of a file in order, while up to ``AHEAD`` of them are requested."""
    starts = iter(range(0, size, RANGE))
    with ThreadPoolExecutor(AHEAD) as pool:

        def ask(start: int) -> Future[bytes]:
            return pool.submit(file.store.cat_file, file.path, start=start, end=min(start + RANGE, size))

        coming = [ask(start) for _, start in zip(range(AHEAD), starts, strict=False)]
        try:
            while coming:
                block = coming.pop(0).result()
                if (start := next(starts, None)) is not None:
                    coming.append(ask(start))
                yield block
        finally:
            for each in coming:
                each.cancel()


def _refused(shown: str, error: BaseException) -> DatalintError:
    # A web server's answer is the cause of the library's FileNotFoundError.
    cause = error.__cause__ or error
    if isinstance(cause, DatalintError):
        return DatalintError(f"{shown} cannot be read: {cause}")
    status = getattr(cause, "status", None)
    name = type(cause).__name__
    if isinstance(cause, PermissionError) or status in (401, 403) or "Credential" in name:
        return DatalintError(f"{shown} cannot be read: access is denied; set credentials in the environment")
    if isinstance(cause, ConnectionError | TimeoutError) or "Connect" in name:
        return DatalintError(f"{shown} cannot be reached: check the connection and the address")
    if isinstance(error, FileNotFoundError) and status in (None, 404):
        return DatalintError(f"no such file: {shown}: check the address")
    detail = f"HTTP status {status}" if isinstance(status, int) else name
    return DatalintError(f"{shown} cannot be read ({detail}): check the address, or download the file and pass it")
