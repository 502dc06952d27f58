"""Notes on texts next to what is read that stand in nearly all rows, and that no other note or rule names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from datalint.engine.guesses.notes.sampling import LEAST, MOST_KEYS, ROWS
from datalint.privacy.display import excerpt
from datalint.records.places import joined
from datalint.shapes.base import Shape
from datalint.shapes.fields import fields_of, keys_of
from datalint.shapes.guess import JOIN, PARTS, Guess, can_be_typed
from datalint.shapes.side_keys import use_of
from datalint.support.names.model_names import is_model
from datalint.support.names.thought_keys import is_thought

if TYPE_CHECKING:
    from datalint.shapes.base import Field
    from datalint.shapes.evidence.sampled import SampledColumn

#: The kind of data whose responses are learned.
_KIND: Final = "sft"
#: Keys that are shown, and characters of one.
_SHOWN: Final = 3
_LONGEST: Final = 40
#: Words of a sentence, on average; the share of the rows that have one, and of different ones, at least.
_WORDS: Final = 4
_NEARLY_ALL: Final = 0.9
_VARIED: Final = 0.5
#: Share of the words of two texts that both have from which on one is a version of the other, and of such rows.
_SAME: Final = 0.5
_MANY: Final = 0.5
#: From this share of the text of rows on, a rule reports a key.
_REPORTED: Final = 0.5
#: Meanings of names of what is said about a row, checks its answer, made it, or is another answer.
_ASIDE: Final = ("remark", "test", "system", "about", "response")
#: Words of the names of wrong answers to choose from.
_WRONG: Final = frozenset(("distractor", "distractors", "incorrect", "wrong"))
#: The name of what somebody says, which may also be a remark on a row.
_COMMENT: Final = ("comment",)
#: Words of the names of what made a row, or says in other words what it is for.
_MADE_BY: Final = frozenset(
    """prompt instruction template generator generation seed style persona annotator annotation reviewer judge judgement
    feedback critique comments note notes remark remarks
    evidence hint hints purpose why expected original raw clean cleaned normalized tokenized lemmatized translation
    translated transliteration gloss bio biography profile signature license disclaimer""".split()
)


def unread_texts(
    first: Mapping[str, Any], shape: Shape, rows: Iterable[Mapping[str, Any]], said: Sequence[str] = ()
) -> str:
    """Return the note on texts that are neither read nor learned next to a prompt and its response; empty for none.

    A text is varied, and of some words, in nearly all rows. Names say which are about the row instead: remarks,
    reasons, what it was made with, and its writer. Those that ``said``, the other notes, name are left out, and so are
    versions of what is read.
    """
    if shape.kind != _KIND or shape.fields is None or len(first) > MOST_KEYS:
        return ""
    parts = fields_of(shape, first)
    read = {key for key, _ in parts}
    others = [key for key, value in first.items() if key not in read and isinstance(value, str)]
    others = [key for key in others if not any(f'"{excerpt(key, _LONGEST)}"' in each for each in said)]
    if not keys_of(parts, "prompt") or not keys_of(parts, "response") or not any(map(_may_be_read, others)):
        return ""
    some = list(islice(rows, ROWS))
    found = _texts(some, [key for key in others if _may_be_read(key)], read)
    if not found or len(some) < LEAST:
        return ""
    if wrong := [key for key in found if _is_wrong(key)]:
        more = [key for key in others if _is_wrong(key) and _is_text(some, key)]
        be = "is a wrong answer" if len(wrong) == 1 else "are wrong answers"
        return f"{_listed(more)} {be} and not read; if these are options, write all of them into the prompt"
    verb, them = ("is", "it") if len(found) == 1 else ("are", "them")
    option = _option(parts, found)
    return f"{_listed(found)} {verb} not read" + (f"; to have {them} read with the prompt: {option}" if option else "")


def _listed(keys: Sequence[str]) -> str:
    return joined([f'"{excerpt(key, _LONGEST)}"' for key in keys], _SHOWN)


def _is_wrong(key: str) -> bool:
    """Whether a key names an answer that is wrong: ``distractor-0``."""
    from datalint.support.names.column_names import fold_name

    return not _WRONG.isdisjoint(fold_name(key))


def _may_be_read(key: str) -> bool:
    """Whether a key may hold a text that an answer or label depends on, by its name."""
    from datalint.shapes.evidence.checking import checks, demands, prescribes
    from datalint.shapes.evidence.names import REASONS
    from datalint.support.names.column_names import Strength, fold_name, strength
    from datalint.support.names.translated_names import pieces_of, translated

    key = "_".join(translated(pieces_of(key)))
    words = fold_name(key)
    # A number only says that a row has several of a kind, and texts on which people comment are data too.
    plain = key.rstrip("0123456789").rstrip("_- ") or key
    if (use_of(plain) == "metadata" and words[-1:] != _COMMENT) or is_thought(key) or is_model(key):
        return False
    if any(strength(key, meaning) >= Strength.HEAD for meaning in _ASIDE):
        return False
    if checks(key) or demands(key) or prescribes(key):
        return False
    return _MADE_BY.isdisjoint(words) and not {*words} & {*REASONS}


def _texts(rows: Sequence[Mapping[str, Any]], keys: Sequence[str], read: set[str]) -> list[str]:
    """Return those of the keys whose values are texts of their own in nearly all rows."""
    from datalint.shapes.evidence.sampled import Holds
    from datalint.shapes.evidence.sampling import columns_of
    from datalint.shapes.inference.copied_columns import without_copies
    from datalint.shapes.inference.labelled.preprocessed_copies import without_processed
    from datalint.shapes.inference.writer_columns import without_writers

    columns: Sequence[SampledColumn] = columns_of(rows)
    for leave_out in (without_copies, without_processed):
        columns = leave_out(columns, rows)
    columns = [each for each in without_writers(columns) if each.key in keys and each.holds is Holds.TEXT]
    columns = [each for each in columns if not (each.listed or each.code or each.within or each.contains or each.edits)]
    columns = [each for each in columns if each.distinct >= _VARIED and not each.sparse and not each.spoken]
    return [each.key for each in columns if _is_text(rows, each.key) and _is_own(rows, each.key, read)]


def _is_text(rows: Sequence[Mapping[str, Any]], key: str) -> bool:
    """Whether nearly all rows have some words under a key."""
    words = [len(value.split()) for row in rows if isinstance(value := row.get(key), str) and value.strip()]
    return len(words) >= _NEARLY_ALL * len(rows) and sum(words) >= _WORDS * len(words)


def _is_own(rows: Sequence[Mapping[str, Any]], key: str, read: set[str]) -> bool:
    """Whether a text is no version of what is read, and not most of the text of its rows, which a rule reports."""
    versions, chars, others = 0, 0, 0
    for row in rows:
        words = _words_of(row.get(key))
        chars += len(str(row.get(key, "")))
        versions += any(_are_versions(words, _words_of(row.get(each))) for each in read)
        others += sum(len(str(row.get(each, ""))) for each in read)
    return versions < _MANY * len(rows) and chars < _REPORTED * (chars + others)


def _words_of(value: object) -> set[str]:
    return {word.strip(".,;:!?()'\"") for word in value.casefold().split()} if isinstance(value, str) else set()


def _are_versions(one: set[str], other: set[str]) -> bool:
    return len(one & other) >= _SAME * max(len(one | other), 1)


def _option(parts: Sequence[Field], texts: Sequence[str]) -> str:
    """Return the option that reads texts next to the prompt; empty if no option does."""
    keys = {part: keys_of(parts, part) for part in PARTS}
    if sum(map(len, keys.values())) < len(parts) or not all(map(can_be_typed, (*(key for key, _ in parts), *texts))):
        return ""
    keys |= {"context": [*keys["context"], *texts]}
    return Guess.of({part: JOIN.join(named) for part, named in keys.items() if named}).option
