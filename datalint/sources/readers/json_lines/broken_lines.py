"""Handle lines of JSON Lines that orjson refuses: join records on several lines, and refuse the rest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from datalint.records.record import FileFacts, Problem
from datalint.sources.base import Places
from datalint.sources.encoding import UTF8_BOM
from datalint.sources.json_truth.fast_path import ParsedValues, reread
from datalint.sources.json_truth.truth import READ, Parsed, parse_exactly
from datalint.sources.limits import MOST_VALUES
from datalint.sources.readers.json_lines.ends import group_end
from datalint.sources.readers.json_lines.glued_lines import RULE, Spans, problem_of, rows_on
from datalint.sources.readers.json_lines.joined_lines import next_record, read_group, without_blank_end
from datalint.sources.readers.json_lines.right_brackets import right_brackets
from datalint.sources.readers.json_lines.row_keys import RowKeys
from datalint.sources.readers.lines import SPACE

#: Beginnings of JSON values, including the non-standard ones that Python's parser accepts.
_VALUES: Final = (*(bytes([first]) for first in b'{["-0123456789'), b"true", b"false", b"null", b"NaN", b"Infinity")


#: The end of a line that lacks only brackets, and the most that it may lack.
_ENDS: Final = (b'"', b"}", b"]", *(bytes([digit]) for digit in b"0123456789"), b"true", b"false", b"null")
_CLOSERS: Final = 3
#: Blank lines between two rows, at most, where the first one does not end.
_BLANK: Final = 4


class Recovery:
    """Handles lines that orjson refuses.

    ``keys`` are those of the first rows of the file. ``numbers`` are those of the lines, if several rows of a line are
    pieces of their own. ``glued`` collects the places of rows in lines with several, and ``joints`` the problems of
    these lines.
    """

    def __init__(
        self, pieces: Sequence[bytes], last: bool, facts: FileFacts, keys: RowKeys, numbers: Places | None = None
    ) -> None:
        self.pieces = pieces
        self.last = last
        self.keys = keys
        self.facts = facts
        self.numbers = numbers
        self.glued: dict[int, Spans] = {}
        self.joints: list[Problem] = []
        self.tried = 0  # lines before this one are part of a record that could not be joined
        self.group_end = 0  # end of the lines that may belong to the record of the current line
        self.whole_end = 0  # end of a group of lines that is no single record
        self.budget = 8 * facts.size  # bytes that may be joined, so that a hostile file does not take quadratic time

    def line_of(self, index: int) -> int:
        """Return the number of the line of a piece."""
        return index + 1 if self.numbers is None else int(self.numbers[index])

    def __call__(self, index: int, values: ParsedValues) -> int:
        piece = self.pieces[index]
        line = self.line_of(index)
        if not piece.strip(SPACE):
            return self._blanks(index, values)
        if values.is_enough("invalid-json") and index + 1 < len(self.pieces) and _is_no_value(piece):
            return self._no_values(index, values)
        found = parse_exactly(piece)
        if not found.refused:
            values.keep(found, line)
            return 1
        if found.problems[-1].rule == RULE and (spans := rows_on(piece)):
            self.glued[index] = spans
            self.joints.append(problem_of(found.problems[-1], line))
        if found.incomplete and index >= self.tried and piece.lstrip(SPACE)[:1] == b"{":
            if index >= self.group_end:
                self.group_end = self._end_of(index)
            if self.group_end > index + 1 and (taken := self._joined(index, self.group_end, values)):
                return taken
            self.tried = self.group_end
        if (row := self._with_brackets(index, found)) is not None:
            values.keep(row, line)
            return 1
        if found.incomplete and self.last and index + 1 == len(self.pieces):
            found.problems[-1] = truncated(found.problems[-1])
        elif found.incomplete and index + 1 < len(self.pieces) and (closers := self._missing_at_end(index)):
            found.problems[-1] = unclosed(found.problems[-1], closers)
        values.refuse(index, found.problems, line)
        return 1

    def _with_brackets(self, index: int, found: Parsed) -> Parsed | None:
        """Return the only meaning of a line in which only brackets are wrong; None for any other line.

        ``found`` is why it is refused. Its row has the keys of the first rows at every level, so that nothing of it is
        missing, and if it ends too early, another one follows.
        """
        problem, piece = found.problems[-1], self.pieces[index]
        if problem.rule != "invalid-json" or not self.keys.objects:
            return None
        if (found.incomplete and not self._begins_after(index)) or (made := right_brackets(piece)) is None:
            return None
        row = parse_exactly(made)
        if row.refused or row.standard is not None or not self.keys.fits(row.value):
            return None
        row.standard = made.decode()
        message = f"{problem.message}{READ}"
        if found.incomplete:
            where, missing = problem.message.split(":")[0], made[len(piece.rstrip(SPACE)) :].strip(SPACE).decode()
            message = f"{where}: {missing!r} is missing at the end{READ}"
        row.problems = [*found.problems[:-1], problem._replace(message=message, rewritable=True), *row.problems]
        return row

    def _begins_after(self, index: int) -> bool:
        """Return whether another row begins after a line; chunks end where one does."""
        for place in range(index + 1, index + 1 + _BLANK):
            if place == len(self.pieces):
                return not self.last
            if after := self.pieces[place].strip(SPACE):
                return after.startswith(b"{")
        return False

    def _missing_at_end(self, index: int) -> str:
        """Return the few brackets with which a line is a row with the keys of the next one; empty for other lines."""
        from datalint.sources.json_truth.explain import missing_closers

        piece, after = self.pieces[index].strip(SPACE), self.pieces[index + 1].strip(SPACE)
        if not after.startswith(b"{") or not piece.startswith(b"{") or not piece.endswith(_ENDS):
            return ""
        if not self._may_join(len(piece) + len(after)):
            return ""
        closers = missing_closers(piece.decode("utf-8", "replace"))
        if not 0 < len(closers) <= _CLOSERS:
            return ""
        row, other = reread(piece + closers.encode()), reread(after)
        return closers if row is not None and other is not None and row.keys() == other.keys() else ""

    def _end_of(self, index: int) -> int:
        """Return the end of the lines that may belong to the record that begins at ``index``.

        Within a group that is no single record, the next record ends them: a file without any closing bracket would
        otherwise be joined to its end from each of its lines.
        """
        if index < self.whole_end:
            return next_record(self.pieces, index, self.whole_end, self._may_join)
        return group_end(self.pieces, index)

    def _may_join(self, size: int) -> bool:
        self.budget -= size
        return self.budget >= 0

    def _joined(self, index: int, end: int, values: ParsedValues) -> int:
        """Read lines ``index`` to ``end`` as one record; return how many lines it has, 0 if that fails."""
        group = self.pieces[index:end]
        if not self._may_join(sum(map(len, group))):
            return 0
        found, group = read_group(group)
        if not found.refused:
            why = (
                "a raw line break inside a string, written \\n in JSON"
                if found.raw_breaks
                else "JSON Lines: one line each"
            )
            message = f"records on several lines, of which the first has {len(group):,} ({why})"
            values.problems.append(Problem("pretty-printed-json", message, self.line_of(index)))
            values.keep(found, self.line_of(index))
        elif one := self._without_comma(index, end, found) or self._one_refused(index, group, found):
            found, group = one
            values.refuse(index, found.problems, self.line_of(index))
            values.refused += sum(1 for line in group[1:] if line.strip(SPACE))
        else:
            return 0
        values.dropped.extend(range(index + 1, index + len(group)))
        self.tried = index + len(group)
        for place, line in enumerate(group, index):
            # A line inside a string is text.
            if not found.raw_breaks and not line.strip(SPACE):
                self._blank(self.line_of(place))
        return len(group)

    def _without_comma(self, index: int, end: int, found: Parsed) -> tuple[Parsed, Sequence[bytes]] | None:
        """Return the lines of a record that lacks a comma between two objects, before line ``end``, and why it is
        refused; None if a comma there does not make it one record."""
        if not found.incomplete or end == len(self.pieces):
            return None
        stop = group_end(self.pieces, end)
        first, rest = (b"\n".join(self.pieces[slice(*lines)]) for lines in ((index, end), (end, stop)))
        if not self._may_join(2 * (len(first) + len(rest))) or parse_exactly(first + b"," + rest).refused:
            return None
        found = parse_exactly(first + b"\n" + rest)
        # Nothing but the comma says that these lines are one record, so that they are not read as one.
        found.problems = [
            each._replace(message=each.message.removesuffix(READ), rewritable=False) for each in found.problems
        ]
        found.refused = True
        return found, self.pieces[index:stop]

    def _one_refused(self, index: int, group: Sequence[bytes], found: Parsed) -> tuple[Parsed, Sequence[bytes]] | None:
        """Return the lines that are refused as one record and why; None if each is refused on its own.

        ``found`` is why ``group``, which begins at ``index``, is refused.
        """
        end = index + len(group)
        self.whole_end = max(self.whole_end, end)
        self.group_end = next_record(self.pieces, index, end, self._may_join)
        if self.group_end < end:
            group = without_blank_end(group[: self.group_end - index])
            if len(group) == 1:
                return None
            found = parse_exactly(b"\n".join(group))
            # The record before the next one is cut, or several lines are broken.
            return (found, group) if found.incomplete else None
        if found.incomplete and self.last and end == len(self.pieces):
            found.problems[-1] = truncated(found.problems[-1])
            return found, group
        # Values with "} {" between them have one cause; those with commas are the items of an array.
        problem = found.problems[-1]
        is_stream = problem.rule != "concatenated-json" or "separated by commas" not in problem.message
        return (found, group) if group[-1].rstrip(SPACE).endswith(b"}") and is_stream else None

    def _blanks(self, index: int, values: ParsedValues) -> int:
        """Drop the blank lines from ``index`` on; return their number."""
        end = index + 1
        while end < len(self.pieces) and not self.pieces[end].strip(SPACE):
            end += 1
        values.dropped.extend(range(index, end))
        self._blank(self.line_of(index), end - index)
        return end - index

    def _no_values(self, index: int, values: ParsedValues) -> int:
        """Refuse the lines from ``index`` on that are no values, without a problem of their own; return their number.

        The last line is left out: it may be cut.
        """
        end = index + 1
        while end < len(self.pieces) - 1 and _is_no_value(self.pieces[end]):
            end += 1
        values.dropped.extend(range(index, end))
        values.refused += end - index
        return end - index

    def _blank(self, line: int, count: int = 1) -> None:
        self.facts.blank_lines += count
        self.facts.first_blank = self.facts.first_blank or line


def unclosed(problem: Problem, closers: str) -> Problem:
    """Return the problem of a line that lacks brackets at its end, which no fix removes."""
    where = problem.message.split(":")[0]
    return problem._replace(
        message=f"{where}: {closers!r} is missing at the end; with it, the row has the keys of the next one",
        fixable=False,
    )


def truncated(problem: Problem) -> Problem:
    """Return the problem of the last record of a file as that of a truncated file."""
    reason = problem.message.removeprefix("not JSON at ").split(" (")[0]
    return problem._replace(rule="truncated-file", message=f"the last record stops in the middle, at {reason}")


def _is_no_value(line: bytes) -> bool:
    """Return whether a line is not blank and is UTF-8 but, by its first bytes, does not begin with a JSON value."""
    text = line.lstrip(SPACE)
    if text.startswith(_VALUES) or not text or line.startswith(UTF8_BOM) or len(line) > MOST_VALUES:
        return False
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True
