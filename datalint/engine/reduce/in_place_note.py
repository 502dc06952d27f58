"""The note on rows that repeat others and are no copies, as their place has a meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from datalint.privacy.display import FileName
from datalint.support.numbers import counted

if TYPE_CHECKING:
    from datalint.records.analyses import InPlace


def in_place_note(found: InPlace, path: FileName) -> str:
    """Return why equal lines of a plain text, or sides of pairs, are no copies."""
    if found.pairs:
        many = f", and {counted(found.lines, 'text')} of several pairs not counted as copies" if found.lines else ""
        return f"each '{found.pairs}' has one row of each label: sides of a pair, to join by '{found.pairs}'{many}"
    name = path.rpartition("/")[2]
    what = "short exchange" if found.exchanges else "sentence" if found.tagged and not found.other else "line"
    what = "answer" if found.unasked else "turn" if found.dialogue else what
    lines = counted(found.lines, what)
    repeat = "repeats an earlier one" if found.lines == 1 else "repeat earlier ones"
    if found.unasked:
        return f"{name}: {lines} {repeat}, and none counts as a copy, as the prompts are in another file"
    if found.dialogue:
        return f"{name}: {lines} of dialogues {repeat}, as replies do: not counted as copies, as earlier turns differ"
    if found.other:
        return f"{name}: {lines} {repeat}, and none counts as a copy, as {found.other} may differ there"
    if found.tagged:
        return f"{name}: {lines} of a few tokens {repeat}, as headings and short replies do: not counted as copies"
    if found.spoken:
        return f"{name}: {lines} of people who speak in turn {repeat}, as replies do: not counted as copies"
    if found.signs:
        return f"{name}: {lines} without a letter or digit {repeat}, as between two sections: not counted as copies"
    if found.running or found.exchanges:
        whole = "dialogue" if found.exchanges else "text"
        return f"{name}: {lines} of a running {whole} {repeat}: not counted as copies"
    return f"{name}: {lines} of a few words, before longer ones, {repeat}, as headings do: not counted as copies"
