"""Compressed input: recognised by its bytes, bounded, and read up to where it is cut."""

from __future__ import annotations

import bz2
import gzip
import lzma
import os
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard
from tests_sources_reading import Read

from datalint.core.errors import DatalintError
from datalint.sources import open_sources
from datalint.sources.content import Content, spooled
from datalint.sources.inflate import CutShortError, DecompressionLimits, compression_of, inflate

ReadFile = Callable[..., Read]
ROWS = b"".join(b'{"n":%d,"t":"some text here"}\n' % n for n in range(2000))


def zstd(data: bytes) -> bytes:
    return zstandard.ZstdCompressor().compress(data)


KINDS: list[tuple[str, str, Callable[[bytes], bytes]]] = [
    ("gzip", ".gz", gzip.compress),
    ("bzip2", ".bz2", bz2.compress),
    ("xz", ".xz", lzma.compress),
    ("zstd", ".zst", zstd),
]


@pytest.mark.parametrize(("kind", "suffix", "pack"), KINDS)
def test_each_kind(kind: str, suffix: str, pack: Callable[[bytes], bytes], read_file: ReadFile) -> None:
    packed = pack(ROWS)
    assert compression_of(packed) == kind
    read = read_file(packed, f"rows.jsonl{suffix}", chunk_bytes=4096)
    assert (read.facts.rows_read, read.rules, read.facts.size) == (2000, [], len(packed))
    assert len(read.parts) > 1
    assert read.source.fetch([1999], read.offsets[-1:]) == [read.records[-1]]


@pytest.mark.parametrize(("kind", "suffix", "pack"), KINDS)
def test_members_one_after_the_other(
    kind: str, suffix: str, pack: Callable[[bytes], bytes], read_file: ReadFile
) -> None:
    read = read_file(pack(b'{"n":1}\n') + pack(b"") + pack(b'{"n":2}\n'), f"rows.jsonl{suffix}")
    assert read.records == [{"n": 1}, {"n": 2}]
    assert read.rules == []


@pytest.mark.parametrize(("kind", "suffix", "pack"), KINDS)
@pytest.mark.parametrize("share", [0.5, 0.9])
def test_a_cut_stream_is_read_up_to_the_cut(
    kind: str, suffix: str, pack: Callable[[bytes], bytes], share: float, read_file: ReadFile
) -> None:
    rows = b"".join(b'{"n":"%s"}\n' % zlib.crc32(b"%d" % n).to_bytes(4, "big").hex().encode() for n in range(30_000))
    packed = pack(rows)
    read = read_file(packed[: int(len(packed) * share)], f"rows.jsonl{suffix}")
    assert "truncated-file" in read.rules
    if kind != "bzip2":  # which decodes in blocks of 900 kB
        assert 5_000 < read.facts.rows_read < 30_000


@pytest.mark.parametrize(("kind", "suffix", "pack"), KINDS)
def test_damage_does_not_crash(kind: str, suffix: str, pack: Callable[[bytes], bytes], read_file: ReadFile) -> None:
    packed = bytearray(pack(ROWS))
    packed[len(packed) // 2] ^= 0xFF
    read = read_file(bytes(packed), f"rows.jsonl{suffix}")
    assert read.facts.rows_read + read.facts.rows_refused <= 2000
    read_file(pack(ROWS)[:12], f"rows2.jsonl{suffix}")


@pytest.mark.parametrize(("kind", "suffix", "pack"), KINDS)
def test_bombs_are_refused_early(kind: str, suffix: str, pack: Callable[[bytes], bytes], tmp_path: Path) -> None:
    bomb = tmp_path / f"bomb.jsonl{suffix}"
    bomb.write_bytes(pack(b"\0" * (24 << 20)))
    limits = DecompressionLimits(ratio=500, ratio_from=1 << 20)
    with pytest.raises(DatalintError, match="expands more than 500 times when decompressed"):
        open_sources([str(bomb)], limits=limits)
    with pytest.raises(DatalintError, match="is more than 2 MiB once decompressed"):
        open_sources([str(bomb)], limits=DecompressionLimits(total=2 << 20))
    pieces = inflate(Content(bomb.read_bytes()), kind, "bomb", DecompressionLimits())
    assert max(map(len, pieces)) <= 64 << 20


def test_text_after_the_end_is_told_and_padding_is_not(read_file: ReadFile) -> None:
    assert (
        read_file(gzip.compress(ROWS) + b"garbage").places
        == [("truncated-file", None), ("wrong-extension", None)][::-1]
    )
    assert read_file(gzip.compress(ROWS) + b"\0" * 512, "padded.jsonl.gz").rules == []


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("rows.jsonl", gzip.compress(ROWS), "gzip data in a file named .jsonl"),
        ("rows.jsonl.gz", ROWS, "named .gz, but not compressed"),
        ("rows.jsonl.gz", zstd(ROWS), "zstd data in a file named .gz"),
        ("rows.jsonl.zstd", zstd(ROWS), ""),
        ("rows.jsonl.bz2", b"BZh is how this text begins\n", "named .bz2, but not compressed"),
    ],
)
def test_names_that_lie(name: str, data: bytes, words: str, read_file: ReadFile) -> None:
    read = read_file(data, name)
    if words:
        assert read.one("wrong-extension").message == words
    else:
        assert read.rules == []


def test_compressed_twice_is_an_error(read_file: ReadFile) -> None:
    with pytest.raises(DatalintError, match="is compressed twice"):
        read_file(gzip.compress(gzip.compress(ROWS)), "rows.jsonl.gz")


def test_cut_short_comes_after_the_bytes() -> None:
    delivered: list[bytes] = []
    with pytest.raises(CutShortError):
        delivered.extend(inflate(Content(gzip.compress(ROWS)[:-9]), "gzip", "rows"))
    assert ROWS.startswith(b"".join(delivered))
    assert sum(map(len, delivered)) > len(ROWS) * 0.9


#: Where open files have paths, a file that spills has no other; elsewhere it has a name in the temporary folder.
NAMELESS = Path("/proc/self/fd").is_dir()


@pytest.fixture(params=[True, False], ids=["nameless", "named"])
def spills(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The temporary folder, with paths of open files and without them."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    if not request.param:
        monkeypatch.setattr(os, "access", lambda *_: False)
    return tmp_path


def test_spooling_spills_to_a_file_that_goes_away(spills: Path) -> None:
    content = spooled(iter([b"a" * 10, b"b" * 10, b"c" * 10]), limit=15)
    path = Path(content.path)
    assert path.read_bytes() == b"a" * 10 + b"b" * 10 + b"c" * 10
    assert content.read(5, 25) == b"a" * 5 + b"b" * 10 + b"c" * 5
    read = (sys.executable, "-c", "import sys; print(open(sys.argv[1]).read(), end='')", content.path)
    assert subprocess.run(read, capture_output=True, check=True).stdout == path.read_bytes()
    del content
    assert not path.exists()
    assert list(spills.iterdir()) == []


def test_nothing_stays_of_a_process_that_is_killed(tmp_path: Path) -> None:
    code = (
        "import sys, tempfile\nfrom datalint.sources.content import spooled\ntempfile.tempdir = sys.argv[1]\n"
        "content = spooled(iter([b'a' * 10] * 3), limit=15)\nprint(content.size, flush=True)\nsys.stdin.read()"
    )
    pipe = subprocess.PIPE
    with subprocess.Popen((sys.executable, "-c", code, str(tmp_path)), stdin=pipe, stdout=pipe) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"30\n"
        process.kill()
    assert len(list(tmp_path.iterdir())) == (0 if NAMELESS else 1)


def test_spooling_that_fails_leaves_nothing(spills: Path) -> None:
    def blocks() -> object:
        yield b"a" * 10
        raise DatalintError("stop")

    with pytest.raises(DatalintError, match="stop"):
        spooled(blocks(), limit=5)  # type: ignore[arg-type]
    assert list(spills.iterdir()) == []
