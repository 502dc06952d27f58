"""Collects the figures of a dataset: one pass over the rows, and then their columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

import polars as pl

from datalint.engine.execute.row_reader import Reader
from datalint.engine.guesses.columns import with_guesses
from datalint.engine.map.mapper import Mapper
from datalint.engine.map.role_columns import ROLES
from datalint.engine.map.token_ids import are_counted
from datalint.engine.mapping import map_within
from datalint.engine.plan import Plan
from datalint.engine.reduce.categories import find_category
from datalint.engine.reduce.missing_keys import refuse_missing
from datalint.languages.identify import identify
from datalint.privacy.display import excerpt, file_name, printable
from datalint.sources.splits import with_lists
from datalint.stats.figures import CategoryCounts, FileRows, Histogram, RoleFigures, Spread, Stats
from datalint.stats.lengths import LENGTHS, TokenLengths, logarithmic_histogram, numbers
from datalint.stats.packing import Packed, Packing, pack
from datalint.stats.prices import costs_of
from datalint.support.named_tuple import NamedTuple
from datalint.verdict.kind_signs import find_kind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from datalint.cache.store import Store
    from datalint.core.kind import Kind
    from datalint.models.spec import ModelSpec
    from datalint.sources import Source
    from datalint.stats.prices import Price

#: Names of the letters of ``roles``, as the columns of examples have them.
_ROLES: Final = {"s": "system", "u": "user", "a": "assistant", "c": "assistant", "t": "tool", "p": "text"}
_CATEGORIES: Final = 20
_NAME: Final = 60
#: Rows whose language is identified, which takes about two milliseconds for each; the letters that this needs at
#: least, the share of them in one script, and the probability from which a language is counted.
_IDENTIFIED: Final = 200
_LETTERS: Final = 30
_SCRIPT_SHARE: Final = 0.8
_CERTAIN: Final = 0.9
#: The share of rows whose maximum length is shown.
_MOST_ROWS: Final = 0.99


def collect(
    sources: Sequence[Source],
    *,
    columns: Mapping[str, str] | None = None,
    category: str | None = None,
    model: ModelSpec | None = None,
    max_length: int | None = None,
    packing: Packing = "none",
    epochs: float = 1.0,
    batch: int | None = None,
    prices: Sequence[Price] | None = None,
    jobs: int = 1,
    cache: tuple[Store, bytes] | None = None,
    memory_limit: int | None = None,
    loose_keys: frozenset[str] = frozenset(),
    kind: Kind | None = None,
    card: str = "",
) -> Stats:
    """Read ``sources`` as one dataset with ``jobs`` processes and return its figures.

    ``card`` is the README that says that the data is for evaluation, empty for none. ``packing`` and ``max_length`` say
    how a trainer would join rows; ``batch`` is the number of rows of a step. ``prices`` are those that costs are shown
    for, None if none were asked for.

    Raises:
        DatalintError: for a run that needs more than ``memory_limit`` bytes, and for a key that no row has.
    """
    plan = Plan(
        rules=(),
        columns=columns or {},
        kind=kind,
        category_key=category,
        model=model,
        max_length=max_length,
        needs=frozenset(("roles",) if model is None else ("roles", "model", "tokens")),
        loose_keys=loose_keys,
    )
    plan, _ = with_guesses(plan, sources)
    mapper = Mapper(plan)
    merged = map_within(sources, mapper, jobs=jobs, cache=cache, memory_limit=memory_limit)
    refuse_missing(plan, [merged])
    examples = merged.examples
    run = TrainingTokens.of(examples, max_length=max_length, packing=packing, epochs=epochs)
    by_role = {name: _by_role(examples, name) for name in ROLES if int(examples[f"{name}_chars"].sum() or 0)}
    reader = Reader(sources, examples, mapper.detector)
    languages, identified = _languages(reader, examples.height)
    paths = [with_lists(each.path, each.held_lists) for each in merged.files]
    shapes = examples["shape"].value_counts().sort(["count", "shape"], descending=[True, False])
    return Stats(
        exact=not run.exact and are_counted(examples),
        files=tuple(FileRows(file_name(each.path), each.rows_read, each.rows_refused) for each in merged.files),
        rows=examples.height,
        shapes=tuple((printable(name), count) for name, count in shapes.iter_rows()),
        kind=find_kind(kind, examples, paths, plan.mapping, reader, alone=True, card=card).kind,
        turns=Spread.of(examples["roles"].str.len_bytes().cast(pl.Int64).to_numpy()),
        roles=_roles(examples),
        with_system=_count(examples, "has_system"),
        system_prompts=examples.filter("has_system")["system_hash"].n_unique(),
        with_tools=_count(examples, "has_tools"),
        with_tool_calls=_count(examples, "has_tool_calls"),
        with_media=_count(examples, "has_media"),
        preferences=_count(examples, "is_preference"),
        prompts=examples.filter((pl.col("prompt_chars") > 0) | pl.col("has_media"))["context"].n_unique(),
        responses=examples.filter(pl.col("response_chars") > 0)["response_hash"].n_unique(),
        category=_category(examples, plan),
        by_role=by_role,
        languages=languages,
        identified=identified,
        prompt_chars=Spread.of(numbers(examples, "prompt_chars")),
        response_chars=Spread.of(numbers(examples, "response_chars")),
        tokens=Spread.of(run.tokens),
        trained=run.trained,
        unmasked=run.unmasked,
        histograms=_histograms(examples, run.tokens, by_role),
        lengths=tuple(map(run.lengths.effect, LENGTHS)) if len(run.tokens) else (),
        length_99=run.lengths.needed(_MOST_ROWS),
        billed=run.billed,
        epochs=epochs,
        model=printable(model.name) if run.exact and model is not None else None,
        lacks=printable(model.lacks) if model is not None and model.lacks and not run.exact else None,
        truncation=run.lengths.truncation(max_length, examples.height)
        if run.exact and max_length is not None
        else None,
        packing=run.packed,
        steps=None if batch is None else -int(-(run.rows * epochs) // batch),
        costs=None if prices is None else costs_of(prices, run.billed),
    )


class TrainingTokens(NamedTuple):
    """The tokens of a dataset, and what a training run does with them."""

    #: Whether the model's tokenizer counted them.
    exact: bool
    #: Those of each row.
    tokens: NDArray[np.int64]
    lengths: TokenLengths
    #: How many carry loss, and how many rows have no mask of these.
    trained: int
    unmasked: int
    #: How rows are joined, None if they are not, and the number of rows that the trainer reads then.
    packed: Packed | None
    rows: int
    #: Tokens in all epochs, without those that are cut.
    billed: int

    @classmethod
    def of(cls, examples: pl.DataFrame, *, max_length: int | None, packing: Packing, epochs: float) -> TrainingTokens:
        """Return those of the merged rows; the options are as for :func:`collect`."""
        exact = "model_tokens" in examples.columns and examples["model_tokens"].null_count() < examples.height
        tokens = numbers(examples, "model_tokens" if exact else "tokens")
        lengths = TokenLengths.of(examples, exact=exact)
        trained = int(examples["trained_tokens" if exact else "response_tokens"].cast(pl.Int64).sum() or 0)
        unmasked = examples["trained_tokens"].null_count() - examples["model_tokens"].null_count() if exact else 0
        packed = pack(lengths.tokens, max_length, packing) if max_length is not None and packing != "none" else None
        if packed is not None:
            lost = packed.lost
        else:
            lost = pack(tokens, max_length, "none").lost if max_length is not None else 0
        rows = len(lengths.tokens) if packed is None else packed.rows
        return cls(exact, tokens, lengths, trained, unmasked, packed, rows, round((int(tokens.sum()) - lost) * epochs))


def _category(examples: pl.DataFrame, plan: Plan) -> CategoryCounts | None:
    """Return the most common values of the category; None if no key is one."""
    found = find_category(examples, plan.category_key, learned=plan.learned_labels)
    if found is None:
        return None
    return CategoryCounts(
        key=excerpt(found.key, _NAME),
        values=tuple((excerpt(name, _NAME), count) for name, count in list(found.counts.items())[:_CATEGORIES]),
        others=max(len(found.counts) - _CATEGORIES, 0),
        missing=found.missing,
    )


def _histograms(examples: pl.DataFrame, tokens: NDArray[np.int64], roles: Iterable[str]) -> dict[str, Histogram]:
    """Return the histograms of tokens and characters, of whole rows, of prompts and responses, and by role."""
    by_role = (f"{role}_{what}" for role in roles for what in ("chars", "tokens"))
    columns = {name: numbers(examples, name) for name in ("prompt_chars", "response_chars", *by_role)}
    return {name: logarithmic_histogram(values) for name, values in {"tokens": tokens, **columns}.items()}


def _by_role(examples: pl.DataFrame, role: str) -> RoleFigures:
    having = examples.filter(pl.col(f"{role}_chars") > 0)
    return RoleFigures(*(Spread.of(numbers(having, f"{role}_{what}")) for what in ("chars", "tokens")))


def _languages(reader: Reader, rows: int) -> tuple[tuple[tuple[str, int], ...], int]:
    """Return the languages of examples that are spread over all, and the number of those examples."""
    count = min(rows, _IDENTIFIED)
    chosen = [number * rows // count for number in range(count)]
    found: Counter[str] = Counter()
    for text in reader.texts(chosen):
        language = identify(text.response or text.prompt, _LETTERS, _SCRIPT_SHARE)
        if language is not None and language.probability >= _CERTAIN:
            found[language.name] += 1
    return tuple(sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))), len(chosen)


def _count(examples: pl.DataFrame, name: str) -> int:
    return int(examples[name].sum() or 0)


def _roles(examples: pl.DataFrame) -> dict[str, int]:
    """Return the number of turns of each role."""
    counts: dict[str, int] = {}
    for letter, name in _ROLES.items():
        count = int(examples["roles"].str.count_matches(letter, literal=True).sum() or 0)
        if count:
            counts[name] = counts.get(name, 0) + count
    return counts
