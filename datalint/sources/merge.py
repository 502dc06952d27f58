"""Merge the facts that chunks report about one file; associative, in file order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from datalint.records.record import FileFacts, Problem
from datalint.sources.base import MAX_PROBLEMS

#: Rules that are reported only once per file, at the first line: every further line would have the same problem.
_ONCE = frozenset({"pretty-printed-json"})


def merge_facts(parts: Sequence[FileFacts]) -> FileFacts:
    """Merge ``parts``, in file order, into the facts of the file.

    Lines and record indices of a part are shifted by those of earlier parts. Those of ``source.facts()``, which may be
    at any position, are absolute, and its size and hash are those of the file. Raises ValueError if ``parts`` is empty.
    """
    if not parts:
        raise ValueError("nothing to merge")
    parts = sorted(parts, key=lambda part: not _is_own(part))
    first = parts[0]
    whole = FileFacts(path=first.path, container=first.container)
    problems: list[Problem] = []
    for part in parts:
        problems.extend(_shifted(part.problems, whole.lines, whole.rows_read))
        _add(whole, part)
    whole.problems = bounded(problems)
    return whole


def _is_own(part: FileFacts) -> bool:
    """Return whether ``part`` is from ``source.facts()`` rather than from a chunk."""
    return bool(part.sha256) and not part.lines


def bounded(problems: Iterable[Problem]) -> list[Problem]:
    """Return ``problems`` in order, at most ``MAX_PROBLEMS`` of a rule, and one of each rule in ``_ONCE``."""
    counts: Counter[str] = Counter()
    kept = []
    for problem in problems:
        counts[problem.rule] += 1
        if counts[problem.rule] <= (1 if problem.rule in _ONCE else MAX_PROBLEMS):
            kept.append(problem)
    return kept


def _shifted(problems: Iterable[Problem], lines: int, records: int) -> Iterable[Problem]:
    if not lines and not records:
        return problems
    return (
        problem._replace(
            line=None if problem.line is None else problem.line + lines,
            record=None if problem.record is None else problem.record + records,
        )
        for problem in problems
    )


def _add(whole: FileFacts, part: FileFacts) -> None:
    before = whole.lines

    def shifted(mine: int | None, theirs: int | None) -> int | None:
        return mine if mine is not None or theirs is None else theirs + before

    whole.first_blank = shifted(whole.first_blank, part.first_blank)
    whole.first_crlf = shifted(whole.first_crlf, part.first_crlf)
    whole.first_lf = shifted(whole.first_lf, part.first_lf)
    whole.first_bare_cr = shifted(whole.first_bare_cr, part.first_bare_cr)
    whole.first_tabbed = shifted(whole.first_tabbed, part.first_tabbed)
    whole.first_spaced = shifted(whole.first_spaced, part.first_spaced)
    whole.long_lines.extend((line + before, size) for line, size in part.long_lines)
    whole.long_texts.extend((line + before, size) for line, size in part.long_texts)
    if part.lines:
        whole.final_newline = part.final_newline
    if part.sha256:
        whole.size, whole.sha256 = part.size, part.sha256
    elif not whole.sha256:
        whole.size += part.size
    whole.part = whole.part or part.part
    whole.held_lists = whole.held_lists or part.held_lists
    whole.rows_of = whole.rows_of or part.rows_of
    whole.is_grouped = whole.is_grouped or part.is_grouped
    whole.lines += part.lines
    whole.blank_lines += part.blank_lines
    whole.rows_read += part.rows_read
    whole.rows_refused += part.rows_refused
    whole.crlf += part.crlf
    whole.lf += part.lf
    whole.bare_cr += part.bare_cr
    whole.tabbed += part.tabbed
    whole.spaced += part.spaced
    whole.markup += part.markup
    whole.first_markup = whole.first_markup or part.first_markup
