"""Choice of the category key that the balance factor counts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

import polars as pl

from datalint.core.kind import EVALUATION, SFT, Kind
from datalint.core.needs import NEEDS
from datalint.core.registry import suggestion
from datalint.engine.map.index import CATEGORY_NAMES, LABEL_NAMES, STRONG_CATEGORY_NAMES
from datalint.engine.reduce.label_lists import LISTS, are_word_tags, counted_labels, is_label_set, label_lists
from datalint.engine.reduce.label_vectors import are_named, are_places
from datalint.engine.reduce.scores import GRADES, are_scores, are_shares, key_words
from datalint.privacy.display import excerpt
from datalint.records.category import BETWEEN_LABELS, CONFIGURED, Category
from datalint.shapes.detect import countable
from datalint.shapes.formats import text_label
from datalint.support.empty_cells import EMPTY_CELLS
from datalint.support.letters import letters_of
from datalint.support.numbers import percent

if TYPE_CHECKING:
    from datalint.engine.reduce.category_candidates import Candidates

#: A key found by name counts if at least this share of the rows has it.
_COVERAGE = 0.5
#: Values must repeat: at most one distinct value to this many rows, beyond a handful.
_ROWS_PER_VALUE = 3
_HANDFUL = 12
#: Keys that sort requests even if most values are rare; then the distinct values for each row, and the spaces in one of
#: them, at most.
_INTENTS: Final = frozenset(("intent", "intents"))
_MOSTLY_RARE: Final = 0.7
_BRIEF: Final = 4
#: The letter of an option in an answer key, and the keys that may contain one.
_OPTION: Final = r"^\s*[(\[]?[A-Ha-h][)\].:]?\s*$"
_ANSWER_NAMES: Final = frozenset(("label", "class", "type"))
_LEAST_OPTIONS: Final = 3
#: Values of a label that say whether the response of its row is right.
_IF_RIGHT: Final = ("true", "false", "correct", "incorrect", "right", "wrong")

#: The beginning of the remedy where no key is named like a category.
NO_CATEGORY: Final = NEEDS["category"].remedy.partition(";")[0]
#: Letters and digits of a value from which on an equal file name is no coincidence.
_LEAST_NAME: Final = 4
#: Most different values that are looked at to recognise scores.
_MOST_SCORES: Final = 1_000
#: Least mean bytes of sentences, in UTF-8: a Chinese character, which may be a word, has three.
_SENTENCE_BYTES: Final = 30


def find_category(
    examples: pl.DataFrame,
    configured: str | None,
    expected: Mapping[str, float] | None = None,
    paths: Sequence[str] = (),
    kind: Kind = SFT,
    learned: Collection[str] = (),
    guessed: Collection[str] = (),
) -> Category | None:
    """Return the category key and its counts: the configured key, otherwise the first one by name whose values repeat.

    The names, in order, are :data:`~datalint.engine.map.index.CATEGORY_NAMES`, and then the keys that were inferred to
    be categories; a key inside ``metadata``, ``meta``, ``info`` or ``extra`` counts too. Those in ``learned``, by which
    rows are classified, come first, unless they are letters of options, and then those that a guess that is shown has
    ``guessed``. None when no key qualifies. A value that all
    rows have says where they are from, and is no category, if a file among ``paths`` or its folder is named by it, or
    if the ``kind`` of data is an evaluation set.
    """
    if configured is not None:
        if (lists := label_lists(examples, configured)) is not None:
            return counted_lists(configured, CONFIGURED, lists, expected)
        if f"category:{configured}" not in examples.columns:
            return None
        return counted_category(examples, configured, CONFIGURED, expected)
    if (examples["shape"] == text_label.SHAPE.name).all():
        learned = ("label",)
    for key, lists in _with_lists(examples, _candidates(examples, learned, guessed)):
        origin = "found by name" if _leaf(key) in LABEL_NAMES else "guessed"
        if lists is not None and are_labels(lists, _leaf(key)):
            return counted_lists(key, origin, lists, expected, about=key not in learned)
        named = key in learned or _leaf(key) in STRONG_CATEGORY_NAMES
        if f"category:{key}" in examples.columns and _qualifies(examples, key, paths, kind, named=named):
            return counted_category(examples, key, origin, expected)
    return None


def _candidates(examples: pl.DataFrame, learned: Collection[str], guessed: Collection[str]) -> list[str]:
    """Return the keys, the clearest first: labels that are ``learned`` before the others, unless they are options, and
    those that are ``guessed`` before further ones."""
    keys = _keys(examples)
    clear = [
        key for key in keys if (key in learned or key in guessed) and not is_answer_key(examples[f"category:{key}"])
    ]
    first = {key for key in clear if key in learned}
    lists = {name.removeprefix(LISTS) for name in examples.columns if name.startswith(LISTS)}
    first |= lists.intersection(learned)
    return sorted(lists.union(keys), key=lambda key: (key not in first, key not in clear, _rank(key), "." in key, key))


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


def are_labels(values: pl.Series, leaf: str) -> bool:
    """Return whether lists of a key are labels of a set, and neither right options nor grades."""
    counts = counted_labels(values)
    labels = pl.Series([*counts], dtype=pl.String)
    if values.null_count() > (1 - _COVERAGE) * values.len() or (leaf.startswith("label") and is_answer_key(labels)):
        return False
    return is_label_set(values, counts)


def _qualifies(examples: pl.DataFrame, key: str, paths: Sequence[str], kind: Kind, *, named: bool) -> bool:
    """Return whether the values of a key are categories. All rows may have one value of a key that is ``named`` so."""
    leaf = key.rpartition(".")[2].strip().lower()
    values = examples[f"category:{key}"]
    if leaf == "label" and not countable("label", examples["shape"]):
        return False
    present = _present(values)
    if present < _COVERAGE * values.len() or present < 2:
        return False
    distinct = values.drop_nulls().n_unique()
    if (leaf in _ANSWER_NAMES and is_answer_key(values)) or _are_answers(values):
        return False
    if _are_scores(values, leaf) or _say_if_right(examples, values, leaf) or are_word_tags(values):
        return False
    if distinct == 1:
        return kind != EVALUATION and named and not _names(str(values.drop_nulls()[0]), paths)
    repeat = distinct <= _HANDFUL < present or distinct * _ROWS_PER_VALUE <= present
    return repeat or (leaf in _INTENTS and _are_rare(values, distinct))


def _are_rare(values: pl.Series, distinct: int) -> bool:
    """Return whether values are brief, and several of them repeat: too few examples of each are a finding."""
    texts = values.drop_nulls().cast(pl.String)
    return distinct <= _MOSTLY_RARE * texts.len() and bool((texts.str.count_matches(" ") <= _BRIEF).all())


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
    plain = letters_of(value)
    parts = {letters_of(part) for path in paths for part in (PurePath(path).stem, PurePath(path).parent.name)}
    return len(plain) >= _LEAST_NAME and plain in parts


def is_answer_key(values: pl.Series) -> bool:
    """Return whether the values are letters of options: these are the right answers of rows, not their categories."""
    letters = values.drop_nulls().cast(pl.String).unique()
    return letters.len() >= _LEAST_OPTIONS and bool(letters.str.contains(_OPTION).all())


def _are_answers(values: pl.Series) -> bool:
    """Return whether most values are letters of options, and many others are answers to questions without options."""
    texts = values.drop_nulls().cast(pl.String)
    letters = texts.str.contains(_OPTION)
    options, others = texts.filter(letters), texts.filter(~letters)
    return 2 * options.len() > texts.len() and options.n_unique() >= _LEAST_OPTIONS and others.n_unique() > _HANDFUL


def _are_scores(values: pl.Series, leaf: str) -> bool:
    """Return whether the values are numbers on a scale: shares, or others under a name of answers or of grades."""
    labels = values.drop_nulls().cast(pl.String).unique(maintain_order=True).head(_MOST_SCORES).to_list()
    is_named = leaf in _ANSWER_NAMES or not GRADES.isdisjoint(key_words(leaf))
    return are_shares(labels) or (is_named and are_scores(labels, leaf))


def counted_category(examples: pl.DataFrame, key: str, origin: str, expected: Mapping[str, float] | None) -> Category:
    """Return the values of a column as a category, the most frequent first."""
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


def counted_lists(
    key: str, origin: str, values: pl.Series, expected: Mapping[str, float] | None, *, about: bool = False
) -> Category:
    """Return lists of labels as a category, in which each label of a list counts."""
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
    if leaf in _ANSWER_NAMES and is_answer_key(values):
        return "its values are letters of options"
    if _are_answers(values):
        return "most of its values are letters of options"
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
