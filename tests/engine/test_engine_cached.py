"""A chunk that was mapped before is not mapped again, and nobody can tell from the report."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from datalint.api import Chunk, Dataset, Hit, Options, Severity, option, rule
from datalint.cache.store import VERSION, Store
from datalint.config.load import load_settings
from datalint.core.registry import Registry
from datalint.engine.execute import chunk_cache as cached
from datalint.engine.execute.chunk_cache import ChunkCache, plan_digest
from datalint.engine.execute.codec import ForeignError
from datalint.engine.execute.executor import LEAST_CHUNKS, map_chunks
from datalint.engine.map.mapper import Mapper, Partial
from datalint.engine.plan import Active, NearSettings, Plan
from datalint.operations.check import run_lint
from datalint.report.json_report import to_json
from datalint.setup.plan import make_plan
from datalint.sources import open_sources

FIXTURES = Path(__file__).parents[2] / "fixtures"
#: Bytes of a chunk.
SMALL = 8_192
#: Rows of a few chunks, which are as many as a cache is for.
SHORT = (FIXTURES / "good" / "train.jsonl").read_bytes()[: 5 * SMALL].rpartition(b"\n")[0] + b"\n"
#: Bytes of a chunk of fixtures.
LARGE = 32_768
#: Fixtures of several chunks, with findings of many kinds.
LONG = sorted(path for path in FIXTURES.rglob("*.jsonl") if path.stat().st_size > 5 * LARGE)
IDENTITY = b"code"


@dataclass(frozen=True)
class MadeUpOptions(Options):
    words: frozenset[str] = option(frozenset(("a", "b", "c")), "words")
    limit: float = option(0.5, "limit")


@rule("XX001", "made-up", severity=Severity.WARNING, since="0.1")
def made_up(data: Dataset, options: MadeUpOptions) -> Iterator[Hit]:
    """Yield a hit that tells what was measured."""
    yield Hit(f"measured {data.measured}")


@made_up.measure
def measure(chunk: Chunk, options: MadeUpOptions) -> Any:
    """Return the rows."""
    if "fail" in options.words:
        raise ValueError("no")
    return chunk.examples.height if "foreign" not in options.words else Foreign(chunk.examples.height)


@made_up.merge
def merge(one: Any, other: Any) -> Any:
    """Add up."""
    return one + other


class Foreign(int):
    pass


@pytest.fixture(autouse=True)
def _small_chunks_pay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cached, "LEAST", 0)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "cache", bytes(32))


def default_plan(**overrides: Any) -> Plan:
    registry = Registry.default()
    return make_plan(load_settings(registry=registry, isolated=True, overrides=overrides), registry)


def cache_of(store: Store, plan: Plan) -> ChunkCache:
    cache = ChunkCache.of(store, plan, IDENTITY)
    assert cache is not None
    return cache


def partials(
    path: Path, cache: ChunkCache | None, plan: Plan, *, rules: bool = True, chunk_bytes: int = SMALL
) -> list[Partial]:
    (source,) = open_sources([str(path)], chunk_bytes=chunk_bytes)
    chunks = ((source.path, chunk) for chunk in source.chunks(0))
    mapper = Mapper(plan)
    if not rules:
        mapper, cache = mapper.without_rules(), cache and cache.without_rules()
    return [partial for partial, _ in map_chunks(chunks, mapper, jobs=1, cache=cache)]


def entries(store: Store) -> set[str]:
    return {path.name for path in (store.root / VERSION / "chunks").glob("*")}


def assert_same(ones: list[Partial], others: list[Partial]) -> None:
    assert len(ones) == len(others)
    for one, other in zip(ones, others, strict=True):
        assert one.files == other.files
        assert one.examples.equals(other.examples)
        assert one.examples.schema == other.examples.schema
        assert one.hits.equals(other.hits)
        assert one.hits.schema == other.hits.schema
        for mine, theirs in ((one.sketches, other.sketches), (one.prompts, other.prompts)):
            assert (mine is None) == (theirs is None)
            if mine is not None and theirs is not None:
                same(mine.signatures, theirs.signatures)
                same(mine.sizes, theirs.sizes)
        assert written(one.measured) == written(other.measured)


def written(value: object) -> str:
    """Return a value as text, with the items of its sets in order: theirs differs by process."""
    return re.sub(r"set\(\{([^{}]*)\}\)", lambda found: f"set({sorted(found[1].split(', '))})", repr(value))


def same(one: Any, other: Any) -> None:
    assert one.dtype == other.dtype
    assert one.shape == other.shape
    assert (one == other).all()


class Refusing(Mapper):
    """Stands where nothing is to be mapped."""

    def __call__(self, raw: Any, *, keep_texts: bool = False) -> Partial:
        raise AssertionError("mapped again")


# A file of one kind, and one of all fixtures, whose chunks have all hits and measures that any of these has. Without
# rules there are neither.
@pytest.mark.parametrize(("mixed", "rules"), [(False, True), (True, True), (True, False)])
def test_a_partial_result_comes_back_as_it_was(mixed: bool, rules: bool, store: Store, tmp_path: Path) -> None:
    plan = replace(default_plan(), sketches_prompts=True)
    path = tmp_path / "mixed.jsonl" if mixed else LONG[0]
    if mixed:
        every = [each.read_bytes() for each in sorted(FIXTURES.rglob("*.jsonl"))]
        path.write_bytes(b"\n".join(every))
    # Hardly more chunks than a cache is for: each takes as long as a hundred rows.
    size = path.stat().st_size // (LEAST_CHUNKS + 1)
    first = partials(path, cache_of(store, plan), plan, rules=rules, chunk_bytes=size)
    assert entries(store)
    plain = partials(path, None, plan, rules=rules, chunk_bytes=size)
    again = partials(path, cache_of(store, plan), plan, rules=rules, chunk_bytes=size)
    assert_same(plain, first)
    assert_same(plain, again)


def test_what_is_known_is_not_mapped(store: Store) -> None:
    plan = default_plan()
    (source,) = open_sources([str(FIXTURES / "good" / "train.jsonl")], chunk_bytes=SMALL)
    cache = cache_of(store, plan)
    chunk = next(source.chunks(0))
    cache.map(chunk, Mapper(plan))
    for _ in range(2):
        cache.map(chunk, Refusing(plan))
        assert cache.recall(chunk) is not None
        assert cache.without_rules().recall(chunk) is None


def test_rows_at_the_end_leave_what_came_before_known(store: Store, tmp_path: Path) -> None:
    plan = default_plan()
    path = tmp_path / "train.jsonl"
    path.write_bytes(SHORT)
    partials(path, cache_of(store, plan), plan)
    before = entries(store)
    assert len(before) > 1
    path.write_bytes(SHORT + b'{"prompt": "Where is the lamp?", "completion": "Beside the door."}\n')
    assert_same(partials(path, None, plan), partials(path, cache_of(store, plan), plan))
    assert len(entries(store) - before) == 1


def test_a_chunk_is_known_in_another_file_and_place(store: Store, tmp_path: Path) -> None:
    plan = default_plan()
    first = SHORT[: SHORT.index(b"\n", SMALL) + 1]
    one, other = tmp_path / "one.jsonl", tmp_path / "other.jsonl"
    one.write_bytes(first + SHORT)
    other.write_bytes(SHORT)
    partials(one, cache_of(store, plan), plan)
    assert entries(store)
    assert_same(partials(other, None, plan), partials(other, cache_of(store, plan), plan))


def test_a_last_line_that_is_cut_short_is_not_that_of_a_longer_file(store: Store, tmp_path: Path) -> None:
    plan = default_plan()
    path = tmp_path / "train.jsonl"
    line = b'{"prompt": "Where is it?", "completion": "Here."}\n'
    cut = line * 700 + b'{"prompt": "Wh'
    for data in (cut, cut + b"\n" + line * 700):
        path.write_bytes(data)
        assert_same(partials(path, None, plan), partials(path, cache_of(store, plan), plan))
        assert entries(store)


def changed(plan: Plan, **values: Any) -> Plan:
    return dataclasses.replace(plan, **values)


MINE = Active(made_up, MadeUpOptions(), Severity.WARNING)


@pytest.mark.parametrize(
    "plan",
    [
        Plan((), needs=frozenset({"near"})),
        Plan((MINE._replace(options=MadeUpOptions(limit=0.6)),)),
        Plan((MINE._replace(options=MadeUpOptions(words=frozenset("ab"))),)),
        Plan((MINE,), columns={"prompt": "question"}),
        Plan((MINE,), category_key="topic"),
        Plan((MINE,), near=NearSettings(view="prompt")),
        Plan((MINE,), near=NearSettings(shingle="word-3")),
        Plan((MINE,), needs=frozenset({"near"})),
        Plan((MINE,), sketches_prompts=True),
        Plan((MINE, MINE)),
    ],
)
def test_whatever_changes_a_chunk_changes_the_digest(plan: Plan) -> None:
    assert plan_digest(plan, IDENTITY) != plan_digest(Plan((MINE,)), IDENTITY)


def test_what_changes_no_chunk_leaves_the_digest() -> None:
    digest = plan_digest(Plan((MINE,)), IDENTITY)
    assert digest != plan_digest(Plan((MINE,)), b"other code")
    same = Plan((MINE._replace(severity=Severity.ERROR),), expected={"a": 1.0}, near=NearSettings(threshold=0.9))
    assert plan_digest(replace(same, profile="strict"), IDENTITY) == digest
    unordered = MINE._replace(options=MadeUpOptions(words=frozenset(("c", "b", "a"))))
    assert plan_digest(Plan((unordered,)), IDENTITY) == digest


def test_a_schema_counts_by_its_content(tmp_path: Path) -> None:
    schema = tmp_path / "schema.json"
    digests = set()
    for text in ('{"type": "object"}', '{"type": "array"}'):
        schema.write_text(text)
        digests.add(plan_digest(default_plan(schema=str(schema)), IDENTITY))
    assert len(digests) == 2


def test_options_and_rules_that_can_not_be_told_apart_are_refused(store: Store) -> None:
    odd = MINE._replace(options=MadeUpOptions(limit=object()))  # type: ignore[arg-type]
    with pytest.raises(ForeignError):
        plan_digest(Plan((odd,)), IDENTITY)
    local = dataclasses.replace(made_up, module="datalint_local_12ab")
    assert ChunkCache.of(store, Plan((MINE._replace(rule=local),)), IDENTITY) is None


@pytest.mark.parametrize("word", ["fail", "foreign"])
def test_what_failed_or_can_not_be_written_is_not_kept(word: str, store: Store, tmp_path: Path) -> None:
    plan = Plan((MINE._replace(options=MadeUpOptions(words=frozenset((word,)))),))
    path = tmp_path / "train.jsonl"
    path.write_bytes(SHORT)
    assert_same(partials(path, None, plan), partials(path, cache_of(store, plan), plan))
    assert not entries(store)


SECRET = "sk_test_" + "4eC39HqLyjWDarjtT1zdp7dc"


def test_no_entry_holds_what_is_redacted(store: Store, tmp_path: Path) -> None:
    plan = default_plan()
    path = tmp_path / "train.jsonl"
    private = (SECRET, "anna.berg@firm.org")
    rows = ('{"messages": [], "%s": 1}', '{"prompt": "%s is it", "completion": "Hello."}')
    made = "".join(f"{row % each}\n" * 20 for row in rows for each in private)
    path.write_bytes(made.encode() + SHORT)
    assert_same(partials(path, None, plan), partials(path, cache_of(store, plan), plan))
    assert entries(store)
    for name in entries(store):
        payload = store.get("chunks", name)
        assert payload is not None
        for each in private:
            assert each.encode() not in bytes(payload), each


def test_entries_that_make_no_sense_are_mapped_and_written_again(store: Store, tmp_path: Path) -> None:
    plan = default_plan()
    path = tmp_path / "train.jsonl"
    path.write_bytes(SHORT)
    plain = partials(path, cache_of(store, plan), plan)
    odd = (b"", b"\0" * 8, json.dumps([1]).encode(), bytes(100))
    names = sorted(entries(store))[: len(odd)]
    assert len(names) == len(odd)
    for name, payload in zip(names, odd, strict=True):
        store.put("chunks", name, payload)
    assert_same(plain, partials(path, cache_of(store, plan), plan))
    for name, payload in zip(names, odd, strict=True):
        assert store.get("chunks", name) != payload


def test_few_chunks_are_mapped_each_time(store: Store) -> None:
    plan = default_plan()
    partials(FIXTURES / "tiny.jsonl", cache_of(store, plan), plan)
    assert not entries(store)


def test_workers_give_what_one_process_gives(store: Store, tmp_path: Path) -> None:
    registry = Registry.default()
    settings = load_settings(registry=registry, isolated=True)
    path = tmp_path / "train.jsonl"
    path.write_bytes(SHORT)

    def report(jobs: int, cache: tuple[Store, bytes] | None) -> bytes:
        sources = open_sources([str(path)], chunk_bytes=len(SHORT) // 6)
        return to_json(run_lint(settings, registry, sources, jobs=jobs, cache=cache))

    plain = report(1, None)
    assert report(2, (store, IDENTITY)) == plain
    # Chunks this small are stored by this process alone, where the limit is changed: workers map the others.
    assert len(entries(store)) >= 2
    for jobs in (1, 2):
        assert report(jobs, (store, IDENTITY)) == plain
    # A chunk amid the others is not known.
    (store.root / VERSION / "chunks" / sorted(entries(store))[0]).unlink()
    assert report(2, (store, IDENTITY)) == plain
