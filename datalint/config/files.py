"""Configuration, schema and baseline files, and where they are read from."""

from __future__ import annotations

from pathlib import Path
from typing import Final, Protocol

from datalint.checkout.confine import ANYWHERE, Confinement
from datalint.core.errors import DatalintError, unreadable
from datalint.core.files import MOST_BYTES, read_regular
from datalint.privacy.display import printable
from datalint.support.classes import frozen


class Files(Protocol):
    """Files by their paths: those of the working tree, or of a git revision."""

    @property
    def confine(self) -> Confinement:
        """The folders that every path is confined to."""

    def trusting(self, path: str | Path) -> Files:
        """Return the same with one file more, as :meth:`Confinement.trusting` does."""

    def is_file(self, path: Path) -> bool:
        """Return whether there is a file, in a place where one is looked for."""

    def read(self, path: Path, *, most: int = MOST_BYTES) -> bytes:
        """Return the bytes of a regular file of at most ``most`` bytes.

        Raises:
            OSError: when it can't be read.
            DatalintError: when it may not be read.
        """

    def schema(self, path: str) -> str:
        """Return a JSON Schema as rules take it: a path, or the text of the schema.

        Raises:
            DatalintError: when the file may not be read.
        """


@frozen
class Disk:
    """The files of the working tree. With ``texts`` a schema is its text, so that two of them can be compared."""

    confine: Confinement = ANYWHERE
    texts: bool = False

    def trusting(self, path: str | Path) -> Disk:
        """See :class:`Files`."""
        return Disk(self.confine.trusting(path), self.texts)

    def is_file(self, path: Path) -> bool:
        """See :class:`Files`. Above the folders of the confinement there is none."""
        try:
            return self.confine.names_inside(path) and path.is_file()
        except (OSError, ValueError):
            return False

    def read(self, path: Path, *, most: int = MOST_BYTES) -> bytes:
        """See :class:`Files`."""
        self.confine.check(path)
        return read_regular(path, most)

    def schema(self, path: str) -> str:
        """See :class:`Files`."""
        self.confine.check(path)
        return schema_text(self, path) if self.texts else path


def schema_text(files: Files, path: str) -> str:
    """Return the text of a JSON Schema.

    Raises:
        DatalintError: when it can't be read, or is not a JSON object.
    """
    name = printable(path)
    try:
        text = files.read(Path(path)).decode("utf-8-sig")
    except OSError as error:
        raise DatalintError(f"schema: {unreadable(name, error)}") from None
    except UnicodeDecodeError as error:
        raise DatalintError(f"schema {name} is not UTF-8 at byte {error.start}") from None
    if not is_inline(text):
        raise DatalintError(f"schema {name} is not a JSON object; write one with its keywords")
    return text


#: The files of the working tree, wherever they are.
DISK: Final = Disk()


def is_inline(schema: str) -> bool:
    """Return whether a setting is the text of a JSON Schema rather than the path of one."""
    return schema.lstrip()[:1] == "{"
