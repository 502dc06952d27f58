"""Choice of the category key that the balance factor counts, and of the field that marks rows as reviewed."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

import polars as pl

from datalint.core.kind import EVALUATION, SFT, Kind
from datalint.core.needs import NEEDS
from datalint.core.registry import suggestion
from datalint.engine.map.index import (
    CATEGORY_NAMES,
    LABEL_CHARS,
    LABEL_NAMES,
    REVIEW_NAMES,
    STRONG_CATEGORY_NAMES,
    is_reviewed,
)
from datalint.engine.reduce.copied_labels import are_spans
from datalint.engine.reduce.label_lists import (
    LISTS,
    are_combined,
    are_marks,
    are_word_tags,
    counted_labels,
    is_label_set,
    label_lists,
    parted,
)
from datalint.engine.reduce.label_vectors import are_named, are_places, labels_of_vectors
from datalint.engine.reduce.loose_labels import key_of_answer
from datalint.engine.reduce.scores import GRADES, are_results, are_scores, are_shares, key_words
from datalint.privacy.display import excerpt
from datalint.records.analyses import BETWEEN_LABELS, CONFIGURED, Category, Review, Text
from datalint.shapes.detect import countable
from datalint.shapes.formats import text_label
from datalint.support.empty_cells import EMPTY_CELLS
from datalint.support.numbers import percent

if TYPE_CHECKING:
    from datalint.engine.execute.row_reader import Reader
    from datalint.engine.reduce.category_candidates import Candidates

#: A key found by name counts if at least this share of the rows has it.
_COVERAGE = 0.5
#: Values must repeat: at most one distinct value to this many rows, beyond a handful.
_ROWS_PER_VALUE = 3
_HANDFUL = 12
#: The letter of an option in an answer key, and the keys that may contain one.
_OPTION: Final = r"^\s*[(\[]?[A-Ha-h][)\].:]?\s*$"
_ANSWER_NAMES: Final = frozenset(("label", "class", "type"))
_LEAST_OPTIONS: Final = 3
#: Values of a label that say whether the response of its row is right.
_IF_RIGHT: Final = ("true", "false", "correct", "incorrect", "right", "wrong")

#: The beginning of the remedy where no key is named like a category.
NO_CATEGORY: Final = NEEDS["category"].remedy.partition(";")[0]
#: A list of numbers, or of lists of numbers.
_NUMBERS: Final = r"^\[[\s\d.,\[\]-]*\]$"
#: Limits of a set of labels: short responses that each occur in many rows.
_LABEL_ROWS = 50
#: Characters of several labels of a row at most, and the share of the rows with a response at least.
_LIST_CHARS = 300
_ANSWERED = 0.99
#: Letters and digits of a value from which on an equal file name is no coincidence.
_LEAST_NAME: Final = 4
#: Most different values that are looked at to recognise scores.
_MOST_SCORES: Final = 1_000
#: Least mean bytes of sentences, in UTF-8: a Chinese character, which may be a word, has three.
_SENTENCE_BYTES: Final = 30
#: Mean characters of a mark that says that a row was reviewed, or by whom.
_MARK_CHARS = 30


def find_category(
    examples: pl.DataFrame,
    configured: str | None,
    expected: Mapping[str, float] | None = None,
    paths: Sequence[str] = (),
    kind: Kind = SFT,
    learned: Collection[str] = (),
) -> Category | None:
    """Return the category key and its counts: the configured key, otherwise the first one by name whose values repeat.

    The names, in order, are :data:`~datalint.engine.map.index.CATEGORY_NAMES`, and then the keys that were inferred to
    be categories; a key inside ``metadata``, ``meta``, ``info`` or ``extra`` counts too. Those in ``learned``, by which
    rows are classified, come first, unless they are letters of options. None when no key qualifies. A value that all
    rows have says where they are from, and is no category, if a file among ``paths`` or its folder is named by it, or
    if the ``kind`` of data is an evaluation set.
    """
    if configured is not None:
        if (lists := label_lists(examples, configured)) is not None:
            return _of_labels(configured, CONFIGURED, lists, expected)
        if f"category:{configured}" not in examples.columns:
            return None
        return _category(examples, configured, CONFIGURED, expected)
    if (examples["shape"] == text_label.SHAPE.name).all():
        learned = ("label",)
    for key, lists in _with_lists(examples, _candidates(examples, learned)):
        origin = "found by name" if _leaf(key) in LABEL_NAMES else "guessed"
        if lists is not None and _are_labels(lists, _leaf(key)):
            return _of_labels(key, origin, lists, expected, about=key not in learned)
        if f"category:{key}" in examples.columns and _qualifies(examples, key, paths, kind):
            return _category(examples, key, origin, expected)
    return None


def _candidates(examples: pl.DataFrame, learned: Collection[str]) -> list[str]:
    """Return the keys, the clearest first: labels that are ``learned`` before the others, unless they are options."""
    keys = _keys(examples)
    first = {key for key in keys if key in learned and not _is_answer_key(examples[f"category:{key}"])}
    lists = {name.removeprefix(LISTS) for name in examples.columns if name.startswith(LISTS)}
    first |= lists.intersection(learned)
    return sorted(lists.union(keys), key=lambda key: (key not in first, _rank(key), "." in key, key))


def _with_lists(examples: pl.DataFrame, keys: Sequence[str]) -> Iterator[tuple[str, pl.Series | None]]:
    """Yield the keys with their lists of labels; the names of the labels of a vector come before the vector."""
    for key in keys:
        lists = label_lists(examples, key)
        if lists is not None and are_places(lists):
            for other in keys:
                names = label_lists(examples, other) if other != key else None
                if names is not None and are_named(lists, names):
                    yield other, names
        yield key, lists


def _leaf(key: str) -> str:
    return key.rpartition(".")[2].strip().lower()


def _rank(key: str) -> int:
    name = _leaf(key)
    if name not in CATEGORY_NAMES and name.endswith("label"):
        return -1  # a label that was guessed to be learned
    return LABEL_NAMES.index(name) if name in LABEL_NAMES else len(LABEL_NAMES)


def _are_labels(values: pl.Series, leaf: str) -> bool:
    """Return whether lists of a key are labels of a set, and neither right options nor grades."""
    counts = counted_labels(values)
    labels = pl.Series([*counts], dtype=pl.String)
    if values.null_count() > (1 - _COVERAGE) * values.len() or (leaf.startswith("label") and _is_answer_key(labels)):
        return False
    return is_label_set(values, counts)


def _qualifies(examples: pl.DataFrame, key: str, paths: Sequence[str], kind: Kind) -> bool:
    leaf = key.rpartition(".")[2].strip().lower()
    values = examples[f"category:{key}"]
    if leaf == "label" and not countable("label", examples["shape"]):
        return False
    present = _present(values)
    if present < _COVERAGE * values.len() or present < 2:
        return False
    distinct = values.drop_nulls().n_unique()
    if leaf in _ANSWER_NAMES and _is_answer_key(values):
        return False
    if _are_scores(values, leaf) or _say_if_right(examples, values, leaf) or are_word_tags(values):
        return False
    if distinct == 1:
        return kind != EVALUATION and leaf in STRONG_CATEGORY_NAMES and not _names(str(values.drop_nulls()[0]), paths)
    return distinct <= _HANDFUL < present or distinct * _ROWS_PER_VALUE <= present


def _say_if_right(examples: pl.DataFrame, values: pl.Series, leaf: str) -> bool:
    """Return whether a label says if the response of its row is right: true or false, next to different responses."""
    if leaf not in _ANSWER_NAMES or "response_hash" not in examples.columns:
        return False
    words = values.drop_nulls().cast(pl.String).str.to_lowercase().unique()
    answered = examples.filter(pl.col("response_chars") > 0)["response_hash"]
    return bool(words.is_in(_IF_RIGHT).all()) and answered.n_unique() * _ROWS_PER_VALUE > examples.height


def _present(values: pl.Series) -> int:
    """Return the number of rows with a value, without words that stand for a missing one."""
    return int((~values.drop_nulls().cast(pl.String).str.to_lowercase().is_in(EMPTY_CELLS)).sum())


def _names(value: str, paths: Sequence[str]) -> bool:
    """Return whether a file, or the folder that it is in, is named like a value."""
    plain = _plain(value)
    parts = {_plain(part) for path in paths for part in (PurePath(path).stem, PurePath(path).parent.name)}
    return len(plain) >= _LEAST_NAME and plain in parts


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.casefold())


def _is_answer_key(values: pl.Series) -> bool:
    """Return whether the values are letters of options: these are the right answers of rows, not their categories."""
    letters = values.drop_nulls().cast(pl.String).unique()
    return letters.len() >= _LEAST_OPTIONS and bool(letters.str.contains(_OPTION).all())


def _are_scores(values: pl.Series, leaf: str) -> bool:
    """Return whether the values are numbers on a scale: shares, or others under a name of answers or of grades."""
    labels = values.drop_nulls().cast(pl.String).unique(maintain_order=True).head(_MOST_SCORES).to_list()
    is_named = leaf in _ANSWER_NAMES or not GRADES.isdisjoint(key_words(leaf))
    return are_shares(labels) or (is_named and are_scores(labels, leaf))


def _category(examples: pl.DataFrame, key: str, origin: str, expected: Mapping[str, float] | None) -> Category:
    values = examples[f"category:{key}"].alias("value")
    counts = values.drop_nulls().value_counts().sort(["count", "value"], descending=[True, False])
    return Category(
        key=key,
        origin=origin,
        counts=dict(counts.iter_rows()),
        missing=values.null_count(),
        values=values,
        expected=dict(expected) if expected else None,
    )


def _of_labels(
    key: str, origin: str, values: pl.Series, expected: Mapping[str, float] | None, *, about: bool = False
) -> Category:
    counts, declared = counted_labels(values, about=about), dict(expected) if expected else None
    several = bool((values.str.contains(BETWEEN_LABELS, literal=True) | (values == "")).any())
    return Category(key, origin, counts, values.null_count(), values, declared, several)


def why_no_category(examples: pl.DataFrame, configured: str | None, candidates: Callable[[], Candidates | None]) -> str:
    """Return why a dataset has no category, and what to do; ``candidates`` are the keys that may be one."""
    if configured is not None:
        return no_values(examples, configured)
    # A label may be a preference's, whatever its values.
    named = [key for key in _keys(examples) if key.rpartition(".")[2].strip().lower() != "label"]
    named = [key for key in named if not _are_sentences(examples[f"category:{key}"])]
    if not named:
        found = candidates()
        return NEEDS["category"].remedy if found is None else could_be(found)
    values, leaf = examples[f"category:{named[0]}"], named[0].rpartition(".")[2].strip().lower()
    why = _why_not(values, leaf, is_right=_say_if_right(examples, values, leaf))
    found = candidates()
    another = next(iter(found.values)) if found is not None and found.clear else ""
    what = (
        f"{excerpt(another, 40)!r} could be one: --category {another}" if another else "name a key with --category KEY"
    )
    return f"{excerpt(named[0], 40)!r} is no category: {why}; {what}"


def _are_sentences(values: pl.Series) -> bool:
    """Return whether the values of a key are sentences that hardly repeat, which nobody takes for categories."""
    texts = values.drop_nulls().cast(pl.String)
    size = texts.str.len_bytes().mean() if 2 * texts.n_unique() > texts.len() else None
    return isinstance(size, float) and size >= _SENTENCE_BYTES


def _why_not(values: pl.Series, leaf: str, *, is_right: bool = False) -> str:
    """Return why the values of a key are no categories."""
    present = _present(values)
    if present < _COVERAGE * values.len() or present < 2:
        return f"{percent(1 - present / values.len())} of the rows have no value, or a list"
    if values.drop_nulls().n_unique() == 1:
        return "all rows have the same value"
    if leaf in _ANSWER_NAMES and _is_answer_key(values):
        return "its values are letters of options"
    if _are_scores(values, leaf):
        return "its values are scores"
    if is_right:
        return "it says whether a response is right"
    return "its values hardly repeat"


def could_be(found: Candidates) -> str:
    """Return the remedy that names the key of a category, or keys that are examples of one."""
    if found.clear:
        key = next(iter(found.values))
        return f"{NO_CATEGORY}; {excerpt(key, 40)!r} could be one: --category {key}"
    some = [f"--category {key} ({count} values in {found.rows} rows)" for key, count in found.values.items()]
    return f"{NEEDS['category'].remedy}, for example {' or '.join(some)}"


def no_values(examples: pl.DataFrame, configured: str) -> str:
    """Return the message that no row has a value under the configured key, with the key that may be meant."""
    near = suggestion(configured, (name for name in _keys(examples) if name != configured))
    return f"no example has a value under the configured category key {excerpt(configured, 40)!r}{near}"


def _keys(examples: pl.DataFrame) -> list[str]:
    return [name.partition(":")[2] for name in examples.columns if name.startswith("category:")]


def find_classes(examples: pl.DataFrame, reader: Reader) -> Category | None:
    """Return the responses as categories if they are a set of labels.

    A row may have several of them. Marks and grades are no labels: how often each number occurs is no balance.
    """
    found = find_label_set(examples, reader.texts)
    if found is None or are_marks([*found.counts]):
        return None
    if (vectors := labels_of_vectors(found.values)) is not None:
        return _of_labels(found.key, found.origin, vectors, None) if _are_labels(vectors, found.key) else None
    if are_combined([*found.counts]):
        lists = parted(found.values)
        return _of_labels(found.key, found.origin, lists, None) if _are_labels(lists, found.key) else None
    answered = int(examples["response_chars"].arg_max() or 0)
    values = [*found.counts]
    return None if are_shares(values) or are_scores(values, key_of_answer(answered, reader)) else found


def named_by_responses(category: Category | None, examples: pl.DataFrame, reader: Reader) -> Category | None:
    """Return the responses as categories if they name the labels of a ``category`` of vectors, otherwise that."""
    if category is None or category.origin == CONFIGURED or not are_places(category.values):
        return category
    classes = find_classes(examples, reader)
    return classes if classes is not None and are_named(category.values, classes.values) else category


def find_label_set(examples: pl.DataFrame, fetch: Callable[[Sequence[int]], list[Text]]) -> Category | None:
    """Return the responses as categories if they are a set of labels, as in a classification dataset.

    At least 50 rows, nearly all with a response of at most 60 characters (several labels may be longer), and ten rows
    or more to a label. Letters of options are no labels, and neither are scores, lists of numbers, results of
    calculations, words that are copied from the prompts, or answers of which each has a prompt of its own: such rows
    are copies of a few.
    """
    size = examples.height
    chars = examples["response_chars"]
    if size < _LABEL_ROWS or (chars > _LIST_CHARS).any() or (chars > 0).sum() < _ANSWERED * size:
        return None
    if not countable("responses", examples["shape"]) or examples["response_hash"].n_unique() * 10 > size:
        return None
    if _are_copies_of_few(examples):
        return None
    index = pl.int_range(pl.len(), dtype=pl.Int64).alias("i")
    # Labels that differ in case only are two, unless this makes too many.
    spelled = (chars <= LABEL_CHARS).all() and examples["spelling"].n_unique() * 10 <= size
    hashed = "spelling" if spelled else "response_hash"
    first = examples.select(hashed, index).unique(hashed, keep="first", maintain_order=True)
    texts = fetch(first["i"].to_list())
    # Several labels of a row have a line each.
    labels = [", ".join(text.response.strip().split("\n")) for text in texts]
    if (chars > LABEL_CHARS).any() and not are_combined(labels):
        return None
    if pl.Series(labels).str.contains(_NUMBERS).all() or are_scores(labels):
        return None
    prompts = [text.prompt for text in texts]
    if _is_answer_key(pl.Series(labels)) or are_spans(labels, prompts) or are_results(labels, prompts):
        return None
    names = pl.DataFrame({hashed: first[hashed], "category:response": [label or None for label in labels]})
    named = examples.join(names, on=hashed, how="left", maintain_order="left")
    return _category(named, "response", "the responses are a set of labels", None)


def _are_copies_of_few(examples: pl.DataFrame) -> bool:
    """Return whether each of several responses has one prompt, and each prompt one response."""
    prompts = examples.select("prompt_hash", "system_hash", "context", "response_hash").unique()
    responses = prompts["response_hash"].n_unique()
    return prompts.height == responses == prompts["prompt_hash"].n_unique() > 1


def find_review(examples: pl.DataFrame, read: Collection[str] = ()) -> Review | None:
    """Return the field that marks rows as reviewed, the first by name; None when rows have none.

    What is ``read`` as a prompt or response, such as the reviews of customers, is no such field.

    A row counts as reviewed unless the field is empty, null, false or a word that means "not yet".
    """
    keys = [name.partition(":")[2] for name in examples.columns if name.startswith("review:")]
    keys = [key for key in keys if key not in read]
    # A column "review" may hold the reviews of customers.
    lengths = examples.select(pl.col([f"review:{key}" for key in keys]).str.len_chars().mean()) if keys else None
    keys = [key for key in keys if lengths is not None and (lengths[f"review:{key}"][0] or 0) <= _MARK_CHARS]
    if not keys:
        return None
    key = min(keys, key=lambda each: (REVIEW_NAMES.index(each.rpartition(".")[2].strip().lower()), each))
    marks = examples.select(is_reviewed(pl.col(f"review:{key}")).alias("mark"))["mark"]
    unreviewed = (~marks).arg_true()
    return Review(key, int(marks.sum()), marks.len(), int(unreviewed[0]) if len(unreviewed) else None)
