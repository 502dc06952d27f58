"""Decompress input, recognised by its first bytes, with a limit on the decoded size."""

from __future__ import annotations

import bz2
import lzma
import zlib
from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import Any, Final

from datalint.core.errors import DatalintError
from datalint.sources.content import Content
from datalint.support.named_tuple import NamedTuple

#: First bytes, name and file suffix of each compression format.
MAGIC: Final = (
    (b"\x1f\x8b\x08", "gzip", ".gz"),
    (b"BZh", "bzip2", ".bz2"),
    (b"\xfd7zXZ\x00", "xz", ".xz"),
    (b"\x28\xb5\x2f\xfd", "zstd", ".zst"),
)
SUFFIXES: Final = tuple(suffix for _, _, suffix in MAGIC)
_MEMORY: Final = 256 << 20  # limit of an xz dictionary; the largest preset needs 65 MiB
_PIECE: Final = 1 << 20


class DecompressionLimits(NamedTuple):
    """How large compressed input may become.

    Text compresses by a factor of 3 to 30, rows of one template by about 200. The limit of 1000 is close to the maximum
    of deflate (1032, according to zlib's technical notes), which only a decompression bomb reaches.
    """

    ratio: int = 1000
    ratio_from: int = 64 << 20
    total: int = 16 << 30

    def check(self, name: str, total: int, stored: int, remedy: str) -> None:
        """Refuse input whose ``stored`` bytes decode to ``total`` bytes.

        Raises:
            DatalintError: if that exceeds the limits; ``remedy`` says what to do if the input is not an attack.
        """
        if total > self.total:
            raise DatalintError(
                f"{name} is more than {self.total >> 20:,} MiB once decompressed: decompress and split it first"
            )
        if total > self.ratio_from and total > self.ratio * stored:
            raise DatalintError(
                f"{name} expands more than {self.ratio:,} times when decompressed, like a decompression bomb: {remedy}"
            )


LIMITS: Final = DecompressionLimits()


class CutShortError(Exception):
    """The compressed stream is truncated or damaged; everything before that was already yielded."""


def compression_of(head: bytes) -> str:
    """Return ``gzip``, ``bzip2``, ``xz``, ``zstd``, or the empty string."""
    if head[:3] == b"BZh" and not (head[3:4].isdigit() and head[4:10] in _BZIP2_BLOCKS):
        return ""
    return next((name for magic, name, _ in MAGIC if head.startswith(magic)), "")


_BZIP2_BLOCKS = (b"1AY&SY", b"\x17\x72\x45\x38\x50\x90")


def inflate(content: Content, kind: str, name: str, limits: DecompressionLimits = LIMITS) -> Iterator[bytes]:
    """Yield the decoded bytes of ``content``, and hash it.

    Raises:
        CutShortError: after everything that could be decoded, if the stream is truncated or damaged.
        DatalintError: if the output exceeds ``limits``.
    """
    total = 0
    for consumed, piece in _pieces(content, kind):
        total += len(piece)
        limits.check(name, total, consumed, "decompress it yourself if you trust it")
        yield piece


def _pieces(content: Content, kind: str) -> Iterator[tuple[int, bytes]]:
    # zstandard cannot limit the output of one call, and 4 bytes can decode to 128 kB, so it gets small inputs.
    make, step = _DECODERS[kind]
    decoder: Any = None
    consumed = 0
    state = sha256()
    for data in content.blocks(size=step):
        state.update(data)
        consumed += len(data)
        while data or (decoder is not None and _has_more(decoder)):
            if decoder is None or decoder.eof:
                if not _starts(data, kind):
                    if data.strip(b"\0"):
                        raise CutShortError("bytes after the end of the compressed data")
                    break
                decoder = make()
            piece, data = _step(decoder, data, kind)
            if piece:
                yield consumed, piece
    if decoder is None or not decoder.eof:
        while kind == "gzip" and decoder is not None and (piece := _step(decoder, b"", kind)[0]):
            yield consumed, piece
        raise CutShortError("the compressed data ends in the middle")
    if consumed == content.size:
        content.sha256 = state.hexdigest()


def _starts(data: bytes, kind: str) -> bool:
    # The magic bytes of a further member may be split over two blocks; then the decoder decides whether it is one.
    magic = next(magic for magic, name, _ in MAGIC if name == kind)
    return compression_of(data) == kind or (0 < len(data) < 10 and magic.startswith(data[: len(magic)]))


def _has_more(decoder: Any) -> bool:
    return not decoder.eof and not getattr(decoder, "needs_input", True)


def _step(decoder: Any, data: bytes, kind: str) -> tuple[bytes, bytes]:
    try:
        piece = decoder.decompress(data) if kind == "zstd" else decoder.decompress(data, _PIECE)
    except _errors(kind) as error:
        raise CutShortError("the compressed data is damaged") from error
    if decoder.eof:
        return piece, decoder.unused_data
    return piece, decoder.unconsumed_tail if kind == "gzip" else b""


def _zstd() -> Any:
    import zstandard

    return zstandard.ZstdDecompressor(max_window_size=_MEMORY).decompressobj()


def _errors(kind: str) -> tuple[type[Exception], ...]:
    if kind == "zstd":
        import zstandard

        return (zstandard.ZstdError,)
    return (zlib.error, lzma.LZMAError, OSError, EOFError, ValueError)


_DECODERS: Final[dict[str, tuple[Callable[[], Any], int]]] = {
    "gzip": (lambda: zlib.decompressobj(wbits=31), 1 << 16),
    "bzip2": (bz2.BZ2Decompressor, 1 << 16),
    "xz": (lambda: lzma.LZMADecompressor(memlimit=_MEMORY), 1 << 16),
    "zstd": (_zstd, 1 << 10),
}
