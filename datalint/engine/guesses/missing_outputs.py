"""Instructions and questions without an answer in any row: prompts, such as those of a test that people judge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from datalint.shapes.evidence.checking import is_found
from datalint.shapes.side_keys import CONTEXT, use_of

if TYPE_CHECKING:
    from datalint.shapes.guess import Guess

_PROMPT: Final = "instruction"
#: The key of what is asked in rows that are meant to be prompts; in others, the answer may be under any name.
_QUESTION: Final = "question"
#: Keys of the turns before the instruction.
_SYSTEM: Final = ("system", "system_prompt")
#: Rows of which none has an output, so that it is no slip, and such rows where prompts are meant.
_LEAST: Final = 5
_MEANT: Final = 2
#: Characters of a text that may be the output under another name.
_LONG: Final = 40


def unanswered(rows: Sequence[Mapping[str, Any]], *, sure: bool) -> Guess | None:
    """Return the guess about rows that have an instruction and what it is about, and nothing else to read; or None.

    ``sure`` says that the rows are meant to be prompts, which may be questions; otherwise, the guess is only proposed.
    """
    prompt = _QUESTION if sure and _PROMPT not in rows[0] else _PROMPT
    if len(rows) < (_MEANT if sure else _LEAST) or not all(isinstance(row.get(prompt), str) for row in rows):
        return None
    keys = {key: None for row in rows for key, value in row.items() if key == prompt or not _is_blank(value)}
    found = [key for key in keys if sure and is_found(key, keys)]
    read = [key for key in keys if key in CONTEXT and key not in found]
    system = next((key for key in _SYSTEM if key in keys), None)
    others = [key for key in keys if key not in (prompt, system, *read, *found)]
    if any(use_of(key) != "metadata" or any(_is_text(row.get(key)) for row in rows) for key in others):
        return None
    from datalint.shapes.guess import JOIN, Guess

    columns = {"prompt": prompt} | ({"context": JOIN.join(read)} if read else {})
    columns |= {} if system is None else {"system": system}
    return Guess.of(columns, clear=sure, basis="names")._replace(keys=frozenset(key for row in rows for key in row))


def _is_blank(value: object) -> bool:
    return value in (None, [], {}) or (isinstance(value, str) and not value.strip())


def _is_text(value: object) -> bool:
    return isinstance(value, list | dict) or (isinstance(value, str) and len(value) >= _LONG)
