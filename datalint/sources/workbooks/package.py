"""The parts of a workbook: XML in a ZIP archive, decompressed and parsed in pieces, within limits.

Nothing that an archive or its XML claims is trusted: sizes are counted while parts are decompressed, and document
types, whose entities can stand for any number of texts, are refused. No part is loaded as a whole, and no link is
followed.
"""

from __future__ import annotations

import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO, Final, Protocol
from xml.parsers.expat import ExpatError, ParserCreate

from datalint.core.errors import DatalintError
from datalint.privacy.display import excerpt
from datalint.sources.content import Content
from datalint.sources.inflate import DecompressionLimits

#: Bytes of a part that are decompressed and parsed at once.
_PIECE: Final = 1 << 20
#: Bytes of the list of parts, which is read at once and takes ten times as much memory.
_MOST_LIST: Final = 4 << 20
#: Bytes of a single tag: older versions of expat read an unfinished one again for each piece.
_MOST_TAG: Final = 16 << 20
#: Names of elements and attributes, which expat keeps.
_MOST_NAMES: Final = 10_000
_REMEDY: Final = "save its sheet as CSV if you trust it"
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_IS_ENCRYPTED: Final = 1


class DamagedError(Exception):
    """A workbook that does not follow its format; the message says in what."""


class Reader(Protocol):
    """The receiver of the content of a part; names are local ones, without the prefix of their namespace."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Receive a start tag."""

    def end(self, name: str) -> None:
        """Receive an end tag."""

    def text(self, data: str) -> None:
        """Receive a piece of text."""


class _Bounded:
    """A file of which no more is read at once than the list of parts may take."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.seek, self.tell, self.seekable, self.close = file.seek, file.tell, file.seekable, file.close

    def read(self, size: int = -1) -> bytes:
        if size > _MOST_LIST:
            raise DamagedError("its list of parts is too long")
        return self._file.read(size if size >= 0 else _MOST_LIST)


class Package:
    """An open archive; a context manager. ``stored`` is the size of the file in bytes.

    Raises:
        DamagedError: for an archive, or a part of it, that cannot be read.
        DatalintError: if what was decompressed exceeds the limits.
    """

    def __init__(self, path: str, content: Content, stored: int, limits: DecompressionLimits) -> None:
        self.path = path
        self.stored = stored
        self.limits = limits
        self._total = 0
        self._file = _Bounded(content.open())
        try:
            self._archive = zipfile.ZipFile(self._file)
        except BaseException as error:
            self._file.close()
            if not isinstance(error, zipfile.BadZipFile | NotImplementedError | OSError | ValueError | struct.error):
                raise
            raise DamagedError(f"its archive is damaged or cut short: {_words(error)}") from error
        # Names of parts are compared without case; some tools write backslashes.
        infos = self._archive.infolist()
        self._infos = {info.filename.replace("\\", "/").lower(): info for info in infos}

    def __enter__(self) -> Package:
        return self

    def __exit__(self, *_: object) -> None:
        self._archive.close()
        self._file.close()

    def has(self, part: str) -> bool:
        """Return whether there is such a part."""
        return part.lower() in self._infos

    def check(self, total: int) -> None:
        """Refuse a workbook whose content takes ``total`` bytes if that exceeds the limits."""
        self.limits.check(self.path, total, self.stored, _REMEDY)

    def read(self, part: str, reader: Reader) -> Iterator[None]:
        """Parse a part, with a stop after each piece of it."""
        names: dict[str, str] = {}
        parser = ParserCreate(intern=names)
        parser.buffer_text = True
        parser.StartElementHandler = lambda name, found: reader.start(name.rpartition(":")[2], found)
        parser.EndElementHandler = lambda name: reader.end(name.rpartition(":")[2])
        parser.CharacterDataHandler = reader.text
        parser.StartDoctypeDeclHandler = _refuse_doctype
        fed = 0
        try:
            for piece in self._pieces(part):
                parser.Parse(piece, False)
                fed += len(piece)
                if fed - parser.CurrentByteIndex > _MOST_TAG:
                    raise DamagedError(f"a tag of more than {_MOST_TAG >> 20} MiB in {part}")
                if len(names) > _MOST_NAMES:
                    raise DamagedError(f"more than {_MOST_NAMES:,} names of tags in {part}")
                yield
            parser.Parse(b"", True)
        except ExpatError as error:
            raise DamagedError(f"{excerpt(part, 60)} is not XML: {_words(error)}") from error
        yield

    def read_all(self, part: str, reader: Reader) -> None:
        """Parse a part."""
        for _ in self.read(part, reader):
            pass

    def _pieces(self, part: str) -> Iterator[bytes]:
        info = self._infos.get(part.lower())
        if info is None:
            raise DamagedError(f"{excerpt(part, 60)} is missing")
        if info.flag_bits & _IS_ENCRYPTED:
            raise DamagedError("it is encrypted")
        if info.compress_type not in _METHODS:
            raise DamagedError(f"{excerpt(part, 60)} is compressed in a way that workbooks do not use")
        try:
            with self._archive.open(info) as file:
                while piece := file.read(_PIECE):
                    self._total += len(piece)
                    self.check(self._total)
                    yield piece
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError) as error:
            raise DamagedError(f"{excerpt(part, 60)} is damaged: {_words(error)}") from error
        except (zlib.error, struct.error) as error:
            raise DamagedError(f"{excerpt(part, 60)} is damaged: {_words(error)}") from error


def place_of(target: str, source: str) -> str:
    """Return the name of the part that a relationship of the part ``source`` leads to."""
    target = target.replace("\\", "/")
    # Relative to the folder of the source, unless it begins with a slash.
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(source), target)).lstrip("/")


def unreadable(path: str, error: DamagedError) -> DatalintError:
    """Return the error of a workbook that cannot be read."""
    if str(error) == "it is encrypted":
        return encrypted(path)
    return DatalintError(f"{path} is not a readable Excel workbook ({error}): save it again, or its sheet as CSV")


def encrypted(path: str) -> DatalintError:
    """Return the error of a workbook with a password."""
    return DatalintError(f"{path} is an encrypted Excel workbook: save it without a password")


def _refuse_doctype(*_: object) -> None:
    raise DamagedError("its XML has a document type, which workbooks do not have")


def _words(error: BaseException) -> str:
    return excerpt(str(error).split("\n")[0] or type(error).__name__, 80)
