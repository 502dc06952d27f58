"""Recognition of files that have no rows as text: archives, office files, and other formats."""

from __future__ import annotations

from typing import Final

from datalint.core.errors import DatalintError
from datalint.sources.content import Content
from datalint.sources.data_files import WORKBOOKS

#: The name of a part of every Excel workbook; names are not compressed.
_WORKBOOK: Final = b"xl/workbook.xml"
#: The stream of an encrypted workbook, which is no ZIP archive.
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
#: Suffixes of office files and others: most are ZIP archives, for which unpacking is no remedy.
_OFFICE: Final = {
    ".xlsb": "a binary Excel workbook: save it as .xlsx, or its sheet as CSV",
    ".xls": "an Excel workbook of before 2007: save it as .xlsx, or its sheet as CSV",
    **dict.fromkeys((".ods", ".numbers"), "a spreadsheet: save its sheet as CSV"),
    **dict.fromkeys((".docx", ".doc", ".odt"), "a text document: save it as plain text (.txt)"),
    **dict.fromkeys((".pt", ".pth", ".ckpt"), "a file of PyTorch: check the texts that its tensors were made of"),
    ".npz": "a file of NumPy arrays: write the texts in them as JSON Lines",
    **dict.fromkeys((".pptx", ".ppt", ".odp"), "a presentation: save its text as plain text (.txt)"),
}
_OFFICE_FILES: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_BINARY: Final = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a Microsoft Office file: save its sheet as CSV, or its text as .txt"),
    (b"PK\x03\x04", "a ZIP archive: unpack it"),
    (b"%PDF", "a PDF: extract its text"),
    (b"SQLite format 3\0", "an SQLite database: export its rows"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive: unpack it"),
    (b"Rar!\x1a\x07", "a RAR archive: unpack it"),
    (b"\x93NUMPY", "a NumPy array: write its rows as JSON Lines"),
    (b"Obj\x01", "an Avro file: write its table as Parquet"),
    (b"\x89HDF", "an HDF5 file: write its rows as JSON Lines"),
    (b"#version: 0.2\n", "the list of merges of a tokenizer, which has no rows: leave it out"),
    *((b"\x80" + bytes((protocol,)), "a Python pickle: write its rows as JSON Lines") for protocol in range(2, 6)),
)
#: The mark of a tar archive, which follows the header of its first file.
_TAR: Final = slice(257, 262), b"ustar"
#: Bytes at either end of an archive that are searched for the names of its parts.
_END: Final = 1 << 16


def refuse_binary(content: Content, head: bytes, suffix: str, shown: str) -> None:
    """Raise an error with the format of a file and the remedy, if it has no rows as text.

    Raises:
        DatalintError: for an office file, an archive or another binary format.
    """
    if (
        suffix in WORKBOOKS
        and head.startswith(_OFFICE_FILES[1])
        and any(_ENCRYPTED in each for each in content.blocks())
    ):
        raise DatalintError(f"{shown} is an encrypted Excel workbook: save it without a password")
    place, mark = _TAR
    if head[place] == mark:
        raise DatalintError(f"{shown} is a tar archive: unpack it first")
    for magic, what in _BINARY:
        if head.startswith(magic):
            if magic in _OFFICE_FILES and (office := _OFFICE.get(suffix)):
                raise DatalintError(f"{shown} is {office}")
            raise DatalintError(f"{shown} is {what} first" if "unpack" in what else f"{shown} is {what}")


def is_workbook(content: Content, head: bytes, suffix: str) -> bool:
    """Return whether a file is an Excel workbook: a ZIP archive, by its name or the names of its parts at both ends."""
    if not head.startswith(_OFFICE_FILES[0]) or suffix in _OFFICE:
        return False
    ends = (head, content.read(max(0, content.size - _END), content.size))
    return suffix in WORKBOOKS or any(_WORKBOOK in end for end in ends)
