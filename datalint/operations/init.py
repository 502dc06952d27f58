"""How a file of rows is read, from a sample of it: for ``datalint init``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from datalint.core.kind import EVALUATION, RL, SFT, TEXT, Kind
from datalint.engine.guesses.first_rows import first_rows, has_further
from datalint.engine.guesses.sampling import ROWS
from datalint.engine.guesses.source_columns import guess_columns
from datalint.engine.map.index import CATEGORY_NAMES, REVIEW_NAMES
from datalint.engine.reduce.unread_keys import keys_left
from datalint.operations.init_category import category_of, possible_categories
from datalint.operations.init_keys import keys_read, read_keys
from datalint.records.canonical import as_text
from datalint.shapes.detect import UNKNOWN, Detector
from datalint.shapes.evidence.sampled import Holds, SampledColumn
from datalint.shapes.evidence.sampling import columns_of
from datalint.shapes.flatten import flatten
from datalint.shapes.guess import NESTED
from datalint.shapes.inference.nested_texts import open_objects
from datalint.shapes.side_keys import use_of
from datalint.sources.splits import evaluation_name
from datalint.support.chat_texts.recognized import are_conversations
from datalint.verdict.evaluation_hint import agreeing_key
from datalint.verdict.evaluation_keys import evaluation_keys
from datalint.verdict.kind_signs import is_for_training
from datalint.verdict.split_rows import held_out_key

if TYPE_CHECKING:
    from datalint.core.table_format import TableFormat
    from datalint.shapes.base import Shape
    from datalint.shapes.flatten import Flat
    from datalint.shapes.guess import Guess
    from datalint.sources import Source

#: Mean characters from which on a key that nothing reads is worth a word, if it has as many as the rest in ten.
_MUCH: Final = 40
#: Rows in which unread keys are looked for.
_LOOKED_AT: Final = 40
#: Most texts of an object that are shown by themselves.
_INNER: Final = 8
#: Most distinct values of a category, as a share of the rows.
_FEW: Final = 0.5
#: Mean characters of a mark that says that a row was reviewed.
_MARK: Final = 30


@dataclass(frozen=True, slots=True)
class Understanding:
    """How the rows of a source are read.

    ``rows`` are those sampled, ``whole`` says that there are no others. ``shape`` is that of most rows, and ``others``
    are the shapes of the rest, each with its number of rows. ``keys`` are the top-level keys by part of a
    row, ``labels`` those of the labels of a text's words or spans, ``tools`` that of its tools, and ``media`` those of
    images and recordings. ``guess`` is about keys of no known shape.
    ``category`` is found as by a check, with its number of ``values``; without one, ``candidates`` may be it.
    ``review`` is a key found by name. ``unread`` are keys that no part has: those with texts or labels, and next to a
    text, lists and objects that could be its labels. ``metadata`` are the others. ``samples`` are the first
    values by key where no key is read, so that the user can tell what they mean. ``table`` is how a table of
    text is written, if that was detected and differs from what its name says. ``rows_of`` says what a row of two files
    is.
    """

    path: str
    container: str
    rows: int
    whole: bool
    shape: str
    others: Mapping[str, int]
    title: str
    kind: str
    keys: Mapping[str, tuple[str, ...]]
    examples: Mapping[str, str]
    guess: Guess | None
    category: str | None
    values: int
    candidates: tuple[str, ...]
    review: str | None
    metadata: tuple[str, ...]
    unread: tuple[str, ...]
    samples: Mapping[str, str]
    table: TableFormat
    rows_of: str = ""


def understand(
    source: Source,
    columns: Mapping[str, str],
    category: str | None = None,
    *,
    held: bool | None = None,
    kind: Kind | None = None,
    card: str = "",
) -> Understanding:
    """Return how a sample of a source is read; ``columns`` and ``category`` are what the user says.

    ``held`` says that it is read as an evaluation set; by default, its name does. ``kind`` is what the user says.
    ``card`` is the README that says that the data is for evaluation, empty for none.
    """
    guess = None if columns else guess_columns(source, Detector(), held=held)
    detector = Detector(columns, () if guess is None else (guess,))
    guesses = () if guess is None else (guess,)
    drawn = [row for row in islice(first_rows(source), ROWS + 1) if row]
    rows, whole = drawn[:ROWS], len(drawn) <= ROWS and not has_further(source)
    flat = flatten(rows, detector, hashes=False)
    shapes = Counter(shape.name for shape in flat.shapes)
    name = shapes.most_common(1)[0][0] if shapes else UNKNOWN.name
    shape = next((each for each in flat.shapes if each.name == name), UNKNOWN)
    found = columns_of(rows)
    keys, examples = read_keys(flat, guess, shape, rows, found)
    read = keys_read(keys, guess)
    what = kind or _kind(source.path, shape, rows, flat, card)
    counted = category_of(rows, flat, category, columns=columns, guesses=guesses, path=source.path, kind=what)
    named = counted.key if counted is not None else category or (None if whole else _category(found, len(rows)))
    review = _review(found, read)
    rest = [each for each in found if each.key not in read and each.key not in (named, review)]
    sample = rows[:: max(len(rows) // _LOOKED_AT, 1)][:_LOOKED_AT] if not columns else []
    left = keys_left(sample, detector, read, shapes=shapes, kind=what)
    much = [each for each in rest if each.key in left or _is_much(each) or (name == "text" and _may_be_learned(each))]
    unread = [row for row, each in zip(rows, flat.shapes, strict=True) if each.name == UNKNOWN.name]
    return Understanding(
        path=source.path,
        container=source.container,
        rows=len(rows),
        whole=whole,
        shape=name,
        others={other: count for other, count in shapes.most_common() if other != name},
        title=shape.title,
        kind=what,
        keys=keys,
        examples=examples,
        guess=guess,
        category=named,
        values=len(counted.counts) if counted is not None else _values(rows, named),
        candidates=() if named is not None or columns else possible_categories(rows, read),
        review=review,
        metadata=tuple(each.key for each in rest if each not in much),
        unread=tuple(each.key for each in much),
        samples={} if keys and name != UNKNOWN.name else _samples(found, unread or rows),
        table=_table(source),
        rows_of=getattr(source, "rows_of", ""),
    )


def _review(columns: Sequence[SampledColumn], read: Collection[str]) -> str | None:
    """Return the key of marks that say that a row was reviewed, by its name."""
    # A column "review" may hold the reviews of customers.
    marks = [each for each in columns if each.key not in read and each.length <= _MARK]
    return next((each.key for name in REVIEW_NAMES for each in marks if each.key.strip().lower() == name), None)


def _samples(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Return the first value of each column that these rows have; those of texts in an object have dotted keys."""
    inner = [row for row in open_objects(rows[:_LOOKED_AT]) if row]
    samples = {}
    for key in (each.key for each in columns if any(each.key in row for row in rows)):
        paths = dict.fromkeys(path for row in inner for path in row if path.startswith(f"{key}{NESTED}"))
        texts = {path: said for path in paths if " " in (said := _first(inner, path)).strip()}
        samples.update(texts if 0 < len(texts) <= _INNER else {key: _first(rows, key)})
    return samples


def _first(rows: Sequence[Mapping[str, Any]], key: str) -> str:
    return next((as_text(row[key]) for row in rows if row.get(key) not in (None, "", [], {})), "")


def _kind(path: str, shape: Shape, rows: Sequence[Mapping[str, Any]], flat: Flat, card: str) -> Kind:
    """Return what rows are for, by the name of their file, their shape and, as for a check, what they show."""
    if evaluation_name(path):
        return EVALUATION
    if shape.kind == TEXT:
        texts = [text for row in range(len(rows)) for role, text, _, _ in flat.words(row) if role == "text"]
        return SFT if are_conversations(texts) else TEXT
    few = len(rows) < ROWS and not is_for_training(path)
    keyed = shape.kind in (SFT, RL) and evaluation_keys(rows, shape.kind, few=few)
    agreed = card or (shape.kind == SFT and rows and agreeing_key([path], map(str, rows[0])))
    held = not is_for_training(path) and held_out_key(rows)[0]
    return EVALUATION if rows and (keyed or agreed or held) else shape.kind


def _is_much(column: SampledColumn) -> bool:
    return column.holds is Holds.TEXT and column.length >= _MUCH


def _may_be_learned(column: SampledColumn) -> bool:
    """Whether a list or an object next to a text could be its labels: its name does not say otherwise."""
    listed = column.holds in (Holds.LIST, Holds.OBJECT) and not column.sparse
    return listed and use_of(column.key) in ("unknown", "learned")


def _category(columns: Sequence[SampledColumn], rows: int) -> str | None:
    """Return the key that is taken for the category because of its name, where its values repeat."""
    by_name = {each.key.strip().lower(): each for each in columns}
    found = (by_name[name] for name in CATEGORY_NAMES if name in by_name)
    repeats = (each for each in found if each.holds in (Holds.LABEL, Holds.NUMBER) or each.distinct <= _FEW)
    first = next(repeats, None)
    return None if first is None or rows < 2 else first.key


def _values(rows: Sequence[Mapping[str, Any]], key: str | None) -> int:
    return 0 if key is None else len({str(row[key]) for row in rows if row.get(key) is not None})


def _table(source: Source) -> TableFormat:
    from datalint.core.table_format import DETECTED

    found = getattr(source, "detected", None)
    return DETECTED if found is None else found


def same_columns(found: Iterable[Understanding]) -> Guess | None:
    """Return the guess that holds for all files, None where there is none or they differ."""
    guesses = {each.guess and each.guess._replace(typical="") for each in found}
    return guesses.pop() if len(guesses) == 1 else None


def configuration_of(found: Sequence[Understanding], own: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the keys of a configuration, dotted, that are not the default, or guessed; ``own`` are the user's own."""
    yield from own.items()
    kinds, named = {each.kind for each in found}, all(evaluation_name(each.path) for each in found)
    if "kind" not in own and kinds == {EVALUATION} and not named:
        # Names of files say so in each run; what rows or a README show is for the user to read here.
        yield "kind", EVALUATION
    tables = {each.table for each in found}
    if len(tables) == 1:
        for key, value in tables.pop()._asdict().items():
            if value is not None and key not in own:
                yield key, "tab" if value == "\t" else value
    guess = same_columns(found)
    if guess is not None and guess.clear:
        for meaning, key in guess.columns:
            yield f"columns.{meaning}", key
