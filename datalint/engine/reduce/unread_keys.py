"""Keys of texts and labels that nothing reads, and that nothing else in a report names."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from datalint.engine.guesses.named_labels import is_label_name
from datalint.privacy.display import Shown, excerpt, printable
from datalint.shapes import mapped
from datalint.shapes.detect import Detector
from datalint.shapes.evidence.references import is_reference
from datalint.shapes.formats import SHAPES
from datalint.shapes.side_keys import is_media, use_of
from datalint.support.lazy_pattern import lazy_pattern
from datalint.support.word_scripts import has_words

if TYPE_CHECKING:
    from datalint.engine.plan import Plan
    from datalint.records.dataset import Dataset

#: Kinds of data whose other keys are not for a reward function or a comparison.
_KINDS: Final = frozenset(("sft", "text"))
#: Shapes whose turns are texts under keys of their own, and those of columns that were guessed.
_SHAPES: Final = frozenset(
    (*(shape.name for shape in SHAPES if shape.fields is not None), "text-label", mapped.NAME, mapped.LABELS)
)
#: The key of the tools that a model may call.
_TOOLS: Final = "tools"
#: Rows that are looked at, spread over the dataset, at least and at most, and keys of a row.
_LEAST: Final = 3
_SAMPLE: Final = 40
_MOST: Final = 64
_TEXTS: Final = "text"
#: Share of these that must hold something, also of lists of objects, and characters of a key and of a value.
_PART: Final = 0.25
_RARE: Final = 0.05
_LONGEST: Final = 40
_LOOKED_AT: Final = 500
#: Characters from which on a text that contains another one repeats it.
_COPIED: Final = 20
#: Names of labels, perhaps with a number or another word.
_LABEL: Final = lazy_pattern(r"(?i)(?:.{0,30}[_ -])?(?:labels?|class(?:es)?|tags?|spans?|entities)(?:[_ -]?\w{1,10})?")
#: Names of what a tool is asked and what it returns, from which an answer is made, however few rows use one.
_OF_TOOL: Final = lazy_pattern(r"(?i)(?:tool|function)[_ -]?(?:queries|query|inputs?|results?|outputs?|responses?)")
#: Names of what a question of an evaluation set is about, or is to be found in.
_EVALUATION: Final = "evaluation"
_OF_PASSAGES: Final = lazy_pattern(r"(?i)(?:.{0,30}[_ -])?(?:documents?|docs?|passages?|chunks?|contexts?|paragraphs?)")
#: The first word of names of what is expected of an answer.
_EXPECTED: Final = lazy_pattern(r"(?i)expect(?:ed)?[_ -]")
#: Words of a sentence at least.
_WORDS: Final = 4
#: Words of the names of what a judge or an audit says of a row.
_JUDGED: Final = frozenset(
    """audit audits certification evaluation judge judgement judgment quality review reviews validation verdict
    verification""".split()
)
_LETTER: Final = lazy_pattern(r"[^\W\d_]")
#: Messages about what is read, and which option names a key.
_OF_READING: Final = lazy_pattern(r"\b(?:un)?read\b|--\w")


def unread_keys(dataset: Dataset, plan: Plan, said: Iterable[str]) -> tuple[Shown, ...]:
    """Return the keys of rows with texts or labels that are not read, in their order; none if the user maps columns.

    Those that are named by the messages in ``said`` are left out, if these say what is read or which option names a
    key: what differs between copies may be unread. Only a few rows are looked at.
    """
    if plan.columns or dataset.size < _LEAST:
        return ()
    step = max(dataset.size // _SAMPLE, 1)
    records = dataset.records(list(range(0, dataset.size, step))[:_SAMPLE])
    used = {dataset.category.key} if dataset.category else set()
    if dataset.examples["has_tools"].any():
        used.add(_TOOLS)  # a template writes them before the turns
    used.update(plan.idle_keys)
    shapes = dataset.examples["shape"].unique()
    keys = keys_left(records, Detector(plan.columns, plan.guesses), used, shapes=shapes, kind=dataset.kind)
    named = " ".join(filter(_OF_READING.search, said)) if keys else ""
    return tuple(printable(excerpt(key, _LONGEST)) for key in keys if not _is_named(key, named))


def keys_left(
    records: Sequence[dict[str, Any]], detector: Detector, used: Collection[str], *, shapes: Iterable[str], kind: str
) -> list[str]:
    """Return the keys of ``records`` with texts or labels that are neither read nor ``used``, in their order.

    ``shapes`` are those of all rows. There are none for kinds of data whose other keys are for a reward function or a
    comparison, except for the passages of an evaluation set and what it expects, and for shapes whose turns are in
    lists.
    """
    shapes = frozenset(shapes)
    # Texts alone compare nothing, also those of an evaluation set.
    kind = _TEXTS if shapes == {_TEXTS} else kind
    if not records or kind not in (*_KINDS, _EVALUATION) or not _SHAPES.issuperset(shapes) or len(records[0]) > _MOST:
        return []
    marks = detector.shape(records[0]).marks
    using = next((row for row in records if any(map(_OF_TOOL.fullmatch, row))), records[0])
    # An empty key is read for no part of a shape: the next of its names is.
    held = {key for row in records for key, value in row.items() if value is not None}
    sides = dict(detector.side_keys(tuple(key for key in records[0] if key in held), about=True))
    sides |= {key: use for key, use in detector.side_keys(tuple(using)) if _OF_TOOL.fullmatch(key)}
    keys = [key for key in sides if key not in used and key not in marks and len(key) <= _LONGEST]
    if kind == _EVALUATION:
        # Other keys are for a comparison, but what else is expected by its name may be learned or compared as well.
        keys = [key for key in keys if _OF_PASSAGES.fullmatch(key) or _EXPECTED.match(key) or _is_given(key, records)]
    return [key for key in keys if _is_learnable(key, records, kind) and not all(_repeats(row, key) for row in records)]


def _is_named(key: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(key)}(?!\w)", text) is not None


def _is_learnable(key: str, records: Sequence[Mapping[str, Any]], kind: str) -> bool:
    """Whether a part of the rows has texts or labels under a key, and not the same in all.

    Lists of objects next to texts alone may be their labels, which few texts of a corpus have; few rows may use a tool.
    """
    of_tool = _OF_TOOL.fullmatch(key) is not None
    labelled = of_tool or _LABEL.fullmatch(key) is not None or is_label_name(key)
    if not labelled and use_of(key) == "metadata":
        return False
    values = [value for row in records if (value := row.get(key)) not in (None, "", [], {})]
    lists = (isinstance(value, list) and isinstance(value[0], dict) for value in values)
    rare = of_tool or (kind == _TEXTS and all(lists))
    if (
        len(values) < (_RARE if rare else _PART) * len(records)
        or len({str(value)[:_LOOKED_AT] for value in values}) < 2
    ):
        return False
    return all(_may_be_read(value, labelled=labelled) for value in values)


def _is_given(key: str, records: Sequence[Mapping[str, Any]]) -> bool:
    """Whether most rows have objects with sentences under a key that is by its name not for a comparison.

    Such are the records that a question is about, or what an agent remembers.
    """
    values = [value for row in records if (value := row.get(key)) not in (None, [], {})]
    found = sum(_has_sentence(value) for value in values)
    if 2 * found <= len(records) or not all(_is_object(value) for value in values):
        return False
    from datalint.shapes.evidence.checking import checks, describes, is_right
    from datalint.support.names.column_names import Strength, fold_name, strength

    compared = checks(key) or describes(key) or is_right(key) or not _JUDGED.isdisjoint(fold_name(key))
    return not compared and all(strength(key, each) < Strength.HEAD for each in ("response", "test"))


def _is_object(value: object) -> bool:
    """Whether a value is an object, or a list of objects."""
    return isinstance(value, dict) or (isinstance(value, list) and all(isinstance(each, dict) for each in value))


def _has_sentence(value: object) -> bool:
    """Whether an object, or one of a list, has a text of several words under a key."""
    objects = [each for each in (value if isinstance(value, list) else [value]) if isinstance(each, dict)]
    return any(isinstance(text, str) and has_words(text, _WORDS) for each in objects for text in each.values())


def _repeats(row: Mapping[str, Any], key: str) -> bool:
    """Whether a text contains that of another key, or is part of it, as a rendered prompt is."""
    value = row.get(key)
    if not isinstance(value, str) or len(value) < _COPIED:
        return value in (None, "")
    others = (other for name, other in row.items() if name != key and isinstance(other, str) and len(other) >= _COPIED)
    return any(other in value or value in other for other in others)


def _may_be_read(value: object, *, labelled: bool) -> bool:
    if isinstance(value, str):
        some = value[:_LOOKED_AT].strip()
        return (labelled or _LETTER.search(some) is not None) and not is_reference(some) and not is_media(value)
    if isinstance(value, Collection):
        return not is_media(value)
    return labelled and isinstance(value, int | float)
