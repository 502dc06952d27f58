"""The summary of a comparison in one or two sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from datalint.compare.model import Comparison, EditKind, FieldChange, What
from datalint.privacy.display import Shown, printable

#: The maximum number of renamed keys that a sentence lists.
_NAMED: Final = 4
_DIALECTS: Final = {"conversations[].value": " (ShareGPT)", "messages[].content": " (OpenAI chat)"}
_MILD: Final = {
    EditKind.KEYS: "keys",
    EditKind.WHITESPACE: "white space",
    EditKind.ESCAPES: r"escapes (a literal \n became a newline, or the like)",
    EditKind.SPELLING: "letter case and character width",
}


def summarize(found: Comparison) -> list[Shown]:
    """Return the summary of a comparison."""
    total = found.new.rows
    if found.identical:
        return [printable(f"Byte-identical: {_files(found)} did not change.")]
    lines: list[str] = []
    if found.added or found.removed:
        lines.append(_counts(found))
        if set(found.kinds) == {EditKind.KEYS}:
            lines.append(f"The edited rows have the same values; {keys_in_words(found.fields)}.")
    elif not found.edits:
        lines.append(_same_rows(found))
    elif set(found.kinds) == {EditKind.KEYS}:
        lines.append(_keys(found))
    elif set(found.kinds) <= set(_MILD):
        what = [f"{_MILD[kind]} in {_rows(found.kinds[kind])}" for kind in _MILD if kind in found.kinds]
        lines.append(f"Only the writing of {len(found.edits):,} of {_rows(total)} changed: {', '.join(what)}.")
    else:
        lines.append(_counts(found))
    if found.edits and found.same_text == len(found.edits) and not set(found.kinds) <= set(_MILD):
        lines.append("Prompts and responses are the same in every edited row.")
    if found.new.refused or found.old.refused:
        lines.append(_refused(found))
    return [printable(line) for line in lines]


def _files(found: Comparison) -> str:
    return "the file" if len(found.new.files) == 1 else f"the {len(found.new.files)} files"


def _rows(count: int) -> str:
    return f"{count:,} row" if count == 1 else f"{count:,} rows"


def _counts(found: Comparison) -> str:
    parts = [
        f"{count:,} {word}"
        for count, word in (
            (len(found.added), "added"),
            (len(found.removed), "removed"),
            (len(found.edits), "edited"),
            (found.unchanged, "unchanged"),
        )
        if count
    ]
    old, new = found.old.rows, found.new.rows
    head = f"{_rows(new)} as before" if old == new else f"{_rows(old)} became {new:,}"
    return f"{head}: {', '.join(parts)}."


def _same_rows(found: Comparison) -> str:
    if not found.new.rows:
        return "Neither has a row."
    if found.moved:
        return f"The same {_rows(found.new.rows)} in another order; {found.moved:,} moved."
    same = f"The same {_rows(found.new.rows)} in the same order"
    return f"{same}; only the bytes differ (spacing, order of keys, format)." if found.hashed else f"{same}."


def _keys(found: Comparison) -> str:
    renamed = [change for change in found.fields if change.what is What.MOVED]
    plainly = len(renamed) == len(found.fields) and all(_is_rename(change) for change in renamed)
    where = "all" if len(found.edits) == found.new.rows else f"{len(found.edits):,} of"
    rows = f"in {where} {_rows(found.new.rows)}"
    if plainly:
        one = "Only a key was renamed" if len(renamed) == 1 else "Only keys were renamed"
        return f"{one} {rows}: {keys_in_words(renamed)}; every value is the same."
    return f"Only the keys changed {rows}; every text is the same: {keys_in_words(found.fields)}."


def _is_rename(change: FieldChange) -> bool:
    """Return whether a value is in the same object under another key."""
    old, new = change.old or "", change.new or ""
    return old.rpartition(".")[0] == new.rpartition(".")[0] and old.endswith("[]") == new.endswith("[]")


def keys_in_words(changes: Sequence[FieldChange]) -> str:
    """Format changes of keys, renames first: ``a → b, c dropped``."""
    parts = []
    for change in sorted(changes, key=lambda each: each.what is not What.MOVED)[:_NAMED]:
        if change.what is What.DROPPED:
            parts.append(f"{change.old} dropped")
        elif change.what is What.ADDED:
            parts.append(f"{change.new} added")
        elif change.what is What.ENCODED:
            parts.append(f"{change.new} from or to JSON text")
        elif change.what is What.REORDERED:
            parts.append(f"{change.new} is JSON with its keys in another order")
        else:
            dialect = _DIALECTS.get(change.new or "", "")
            parts.append(f"{change.old} → {change.new}{dialect}")
    rest = len(changes) - len(parts)
    return ", ".join(parts) + (f" and {rest} more" if rest else "")


def _refused(found: Comparison) -> str:
    # Equal numbers need not mean the same lines, so the text states both.
    return f"Unreadable lines: {found.old.refused:,} before, {found.new.refused:,} now."
