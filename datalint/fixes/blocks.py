"""Writes text whose rows are blocks of lines, such as the sentences of CoNLL: blocks that no fix touches keep their
bytes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from datalint.core.fix import Action
from datalint.fixes.decisions import Decisions, Lost, Pieces, record_of
from datalint.fixes.repair import as_utf8
from datalint.sources.content import Content
from datalint.sources.encoding import UTF8_BOM
from datalint.sources.readers.lines import SPACE
from datalint.sources.readers.tagged.columns import Columns
from datalint.sources.readers.tagged.not_tokens import NOT_TOKENS, is_left_out
from datalint.sources.readers.texts.blocks import TextBlocks
from datalint.sources.window import one_pass

#: Comments above a sentence that are about all sentences after it.
_OF_MORE: Final = (b"# newdoc", b"# newpar")
#: Bytes that stay in memory.
_BLOCK: Final = 1 << 20
#: What separates the fields of a line without tabs, and what no field has.
_BETWEEN: Final = re.compile("([ \r]+)")
_ENDS_FIELD: Final = re.compile(r"[\t\r\n]")
_LINE: Final = re.compile(rb"[^\n]*\n|[^\n]+")
_BLANK_LINE: Final = re.compile(r"\n[ \t\r]*\n")


def as_blocks(decisions: Decisions, source: TextBlocks) -> Pieces:
    """Yield the file after its fixes, with the comments and separators of the blocks that stay.

    A row whose lines cannot hold what its fixes make of it stays as it is.
    """
    if source.start and Action.BYTE_ORDER_MARK not in decisions.layouts:
        yield UTF8_BOM
    with one_pass(source.content, source.chunk_bytes) as content:
        for piece in _Writer(decisions, source, content).run():
            yield piece if isinstance(piece, Lost) else _laid_out(piece, decisions)


class _Writer:
    """Writes blocks; ``line`` is the number of the line that comes next."""

    def __init__(self, decisions: Decisions, source: TextBlocks, content: Content) -> None:
        self.decisions = decisions
        self.source = source
        self.content = content
        self.columns = source.columns if isinstance(source.columns, Columns) else None
        self.line = 1

    def run(self) -> Pieces:
        """Yield what :func:`as_blocks` does, with the line ends and encoding of the file."""
        offsets = self.decisions.rows["offset"].to_list()
        done = passed = self.source.start
        for row, (start, after) in enumerate(zip(offsets, [*offsets[1:], self.content.size], strict=True)):
            between, heading = self._parted(self.content.read(done, start))
            yield from self._between(between)
            done = min(self.source.row_end(self.content, start + 1), after)
            data = self.content.read(start, done)
            self.line += heading.count(b"\n") + data.count(b"\n")
            if (why := self.decisions.removed(row)) is not None:
                yield b"".join(each for each in _LINE.findall(heading) if each.startswith(_OF_MORE))
                yield self.decisions.lost(row, why, data)
            elif (line := self.decisions.repaired(row)) is not None:
                edited = self._edited(data, row, record_of(line))
                if edited is None:
                    self.decisions.leave(row)
                yield heading + (data if edited is None else edited)
            else:
                yield heading + data
            if done - passed > _BLOCK:
                self.content.pass_over(passed := done)
        yield from self._between(self.content.read(done, self.content.size))

    def _parted(self, data: bytes) -> tuple[bytes, bytes]:
        """Return what is between two rows, and the comments directly above the second one."""
        if self.columns is None or not data:
            return data, b""
        lines = _LINE.findall(data)
        size = len(lines)
        while size and lines[size - 1].startswith(b"#"):
            size -= 1
        return b"".join(lines[:size]), b"".join(lines[size:])

    def _between(self, data: bytes) -> Pieces:
        """Yield lines without a row: comments, blank lines, and blocks that cannot be read."""
        lines = list(enumerate(_LINE.findall(data), self.line))
        self.line += data.count(b"\n")
        unread = [number for number, line in lines if line.strip(SPACE + b"\n") and not is_left_out(line, NOT_TOKENS)]
        reasons = dict(zip(unread, self.decisions.reasons(unread), strict=True))
        for number, line in lines:
            why = reasons.get(number)
            yield line if why is None else self.decisions.lost_line(number, why, line)

    def _edited(self, data: bytes, row: int, after: Mapping[str, Any]) -> bytes | None:
        """Return the lines of a block with the values that its row has after its fixes; None if they cannot."""
        before = self.source.at(self.decisions.rows["offset"][row])
        data = b"\n".join(map(as_utf8, data.split(b"\n")))
        if self.columns is not None and "tokens" in before:
            return _with_tokens(data, self.columns, before, after)
        return _with_text(data, before, after)


def _with_text(data: bytes, before: Mapping[str, Any], after: Mapping[str, Any]) -> bytes | None:
    """Return the lines of a text with another text; None if they would be several, or are not the text alone."""
    text, made = data.decode(errors="replace").replace("\r\n", "\n"), str(after.get("text", ""))
    if before.keys() != after.keys() or not text.startswith(before["text"]) or not made.strip():
        return None
    return None if _BLANK_LINE.search(f"{made}\n") else (made + text[len(before["text"]) :]).encode()


def _with_tokens(data: bytes, columns: Columns, before: Mapping[str, Any], after: Mapping[str, Any]) -> bytes | None:
    """Return the lines of a sentence with other tokens; None if something else changes, or a token is none."""
    given, wanted = before["tokens"], after.get("tokens")
    same = {key: value for key, value in after.items() if key != "tokens"}
    if same != {key: value for key, value in before.items() if key != "tokens"}:
        return None
    if not isinstance(wanted, list) or len(wanted) != len(given):
        return None
    lines = data.decode(errors="replace").split("\n")
    done = 0
    for number, line in enumerate(lines):
        if done == len(given):
            break
        if is_left_out(line.encode(), columns.not_tokens):
            continue
        tabbed = "\t" in line
        parts = line.split("\t") if tabbed else _BETWEEN.split(line)
        place = columns.token if tabbed else 2 * (columns.token + (parts[0] == ""))
        if place >= len(parts) or parts[place].strip(" \r") != given[done]:
            continue
        made = str(wanted[done])
        if not made.strip() or _ENDS_FIELD.search(made) or (" " in made and not tabbed):
            return None
        parts[place] = parts[place].replace(given[done], made)
        lines[number] = ("\t" if tabbed else "").join(parts)
        done += 1
    return "\n".join(lines).encode() if done == len(given) else None


def _laid_out(data: bytes, decisions: Decisions) -> bytes:
    """Return lines with the encoding and line ends that they are to have."""
    if Action.ENCODING in decisions.layouts:
        data = b"\n".join(map(as_utf8, data.split(b"\n")))
    return data.replace(b"\r\n", b"\n") if Action.LINE_ENDINGS in decisions.layouts else data
