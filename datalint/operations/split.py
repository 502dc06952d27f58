"""The operation behind ``datalint split``: sources in, the side of each row and a certificate out."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from datalint.core.errors import DatalintError
from datalint.engine.execute.row_reader import Reader
from datalint.engine.guesses.columns import with_guesses
from datalint.engine.map.mapper import Mapper
from datalint.engine.mapping import bytes_each, map_sources
from datalint.engine.reduce.leaks.rare_responses import shared_responses
from datalint.engine.reduce.missing_keys import refuse_missing
from datalint.engine.reduce.other_sides import sides_of
from datalint.fixes.certificate import SCHEMA, is_certificate, members_of
from datalint.fixes.division import divide, reunited
from datalint.fixes.groups import Groups, find_groups, in_words, key_numbers
from datalint.fixes.result import Fixes
from datalint.fixes.sides import Share, Sides
from datalint.fixes.split_leaks import LeakSearch
from datalint.privacy.display import file_name, printable
from datalint.records.unasked import to_join
from datalint.setup.plan import located_keys, make_plan
from datalint.setup.resources import cached_chunks
from datalint.sources.local_files import LocalFiles
from datalint.support.named_tuple import NamedTuple
from datalint.support.numbers import counted

if TYPE_CHECKING:
    import polars as pl

    from datalint.cache.store import Store
    from datalint.config.model import Settings
    from datalint.core.registry import Registry
    from datalint.sources import Source

#: Times that rows with leaks are connected and all rows are divided again, and times in all. Dividing again gives every
#: side its share, but its new rows may leak as well; after that, rows that leak are moved to training.
_DRAWN: Final = 4
_PASSES: Final = 40
#: Share of a side's rows that are moved to training rather than all rows divided again, since every row is read again
#: to search a new division for leaks; and rows of a side from which it may lose some.
_MOVED: Final = 0.03
_LARGE: Final = 1000


class Split(NamedTuple):
    """Rows divided into sides; ``fixes``, which changes nothing, writes them.

    ``divided_key`` is a key of groups of rows, such as ``source_id``, most of which are on several sides; empty for
    none.
    """

    sides: Sides
    groups: Groups
    fixes: Fixes
    certificate: dict[str, Any]
    divided_key: str = ""


def run_split(
    settings: Settings,
    registry: Registry,
    sources: Sequence[Source],
    shares: Mapping[str, Share],
    *,
    seed: int = 0,
    earlier: Mapping[str, Any] | None = None,
    progress: Callable[[int], None] | None = None,
    jobs: int = 1,
    partial: bool = False,
    cache: tuple[Store, bytes] | None = None,
) -> Split:
    """Divide opened sources so that no row leaks from one side into another.

    ``shares`` are the sides but for ``train``. Values of the keys of ``group-by`` stay on one side. ``earlier`` is the
    certificate of an earlier run on fewer rows, which then keep their side.

    Raises:
        DatalintError: if the rows cannot be divided: there are none, all are connected, another file has a line for
            each line of a text, or they are requests or answers whose other half is in another file.
    """
    _refuse_sides(sources)
    plan = make_plan(settings, registry, partial=partial).also_needing("near", "category")
    plan, _ = with_guesses(plan, sources)
    # Only keys and sketches are needed.
    mapped = replace(plan, rules=(), sketches_prompts=True)
    mapper = Mapper(mapped, bytes_each(sources, jobs))
    with located_keys(settings):
        merged = map_sources(sources, mapper, progress, jobs=jobs, cache=cached_chunks(cache, mapped))
        refuse_missing(plan, [merged])
    if not merged.examples.height:
        raise DatalintError("no row could be read, so there is nothing to split")
    _refuse_halves(merged.examples)
    _refuse_more(shares, merged.examples.height)
    merged.keep_sketches = True
    reader = Reader(sources, merged.examples, mapper.detector, merged.kept, mapper.kernels)
    groups = find_groups(merged, reader, plan.near, [key_numbers(sources, key) for key in plan.group_keys])
    settled = _settled(earlier, shares, seed, plan.group_keys)
    search = LeakSearch(merged, reader, plan, by_prompt=groups.common_prompt is None)
    sides = _without_leaks(
        search, groups, lambda: divide(merged, reader, groups, shares, seed=seed, plan=plan, earlier=settled)
    )
    if not all(sides.counts().values()):
        empty = next(name for name, count in sides.counts().items() if not count)
        connected = in_words(groups.connected, plan.group_keys)
        why = f"too many rows are connected by {connected}" if connected else "its share is less than a row"
        raise DatalintError(f"no row is left for {empty}: {why}")
    certificate = _certificate(merged.files, sides, groups, shares, seed, plan.group_keys)
    certificate["same_responses"] = _same_responses(groups, sides)
    certificate["members"] = members_of(merged, sides)
    fixes = Fixes(plan, sources, merged.files, merged.examples, standard=True)
    return Split(sides, groups, fixes, certificate, _divided_key(reader, sides, plan.group_keys))


def _without_leaks(search: LeakSearch, groups: Groups, drawn: Callable[[], Sides]) -> Sides:
    """Return the sides of ``drawn`` once rows that leak are connected, and ``groups`` with these connections."""
    sides = drawn()
    for number in range(_PASSES):
        leaks = search.find(sides)
        if not leaks:
            break
        groups.connect(leaks)
        moved = reunited(sides, groups)
        if number < _DRAWN and not _lose_few(sides, moved):
            sides = drawn()
            search.divided()
            continue
        changed = moved.sides != sides.sides
        # Each of these rows had one leak named, and may have more.
        changed[[leak.training for leak in leaks]] = True
        search.moved(changed)
        sides = moved
    sides.leaks = len(leaks)
    return sides


class _Side(NamedTuple):
    """Reads the records of the rows of a side, by their numbers in it."""

    reader: Reader
    rows: Sequence[int]

    def records(self, rows: Sequence[int]) -> list[dict[str, Any]]:
        return self.reader.records([self.rows[row] for row in rows])


def _divided_key(reader: Reader, sides: Sides, named: Sequence[str]) -> str:
    """Return the key of groups of which most rows outside of training have some in training; empty for none."""
    from datalint.engine.reduce.leaks.shared_keys import find_shared_key

    training, held = (np.flatnonzero(mask).tolist() for mask in (sides.sides == 0, sides.sides != 0))
    found = find_shared_key(
        (_Side(reader, training), _Side(reader, held)), (len(training), len(held)), leaked=(), named=named
    )
    return "" if found is None else found.key


def _refuse_sides(sources: Sequence[Source]) -> None:
    """Refuse a plain text of which another file has a line for each, such as its labels."""
    for number, other in sides_of(sources, LocalFiles([source.path for source in sources])).items():
        name = file_name(sources[number].path)
        there = file_name(os.path.normpath(Path(sources[number].path).parent / other))
        raise DatalintError(
            f"{there} may have a line for each line of {name}, which would lose it: join both first "
            f"(`paste {shlex.quote(there)} {shlex.quote(name)} > joined.tsv`), or rename one of them"
        )


def _refuse_halves(examples: pl.DataFrame) -> None:
    """Refuse answers without their prompts, by which rows are kept together, and requests without their responses."""
    if halves := to_join(examples):
        raise DatalintError(f"the rows are {halves}; split the result")


def _refuse_more(shares: Mapping[str, Share], rows: int) -> None:
    """Refuse parts that leave no row for training."""
    if sum(share.of(rows) for share in shares.values()) >= 1:
        parts = " and ".join(f"{share} for {name}" for name, share in shares.items())
        raise DatalintError(f"no row would be left for training: there are {counted(rows, 'row')}, and you ask {parts}")


def _lose_few(sides: Sides, moved: Sides) -> bool:
    """Return whether no side other than training loses more than a small share of many rows."""
    before, after = (np.bincount(each.sides, minlength=len(sides.names))[1:] for each in (sides, moved))
    return bool((before - after <= np.where(before >= _LARGE, _MOVED * before, 0)).all())


def _settled(
    earlier: Mapping[str, Any] | None, shares: Mapping[str, Share], seed: int, group_by: Sequence[str]
) -> Mapping[str, Any] | None:
    """Return the certificate of an earlier run if it was asked for the same."""
    asked = {name: str(share) for name, share in shares.items()}
    if earlier is None or earlier.get("schema") != SCHEMA or not is_certificate(earlier, asked):
        return None
    same = (earlier.get("asked"), earlier.get("seed"), earlier.get("group_by")) == (asked, seed, [*group_by])
    return earlier if same else None


def _same_responses(groups: Groups, sides: Sides) -> dict[str, int]:
    """Return for each side but training the rows whose long and rare response is in training too."""
    if groups.responses is None:
        return dict.fromkeys(sides.names[1:], 0)
    shared = sides.sides[shared_responses(groups.responses, sides.sides)]
    return {name: int(np.count_nonzero(shared == i)) for i, name in enumerate(sides.names) if i}


def _certificate(
    files: Sequence[Any],
    sides: Sides,
    groups: Groups,
    shares: Mapping[str, Share],
    seed: int,
    group_by: Sequence[str],
) -> dict[str, Any]:
    sizes = np.bincount(groups.labels)
    together = sizes[sizes > 1]
    return {
        "schema": SCHEMA,
        "asked": {name: str(share) for name, share in shares.items()},
        "seed": seed,
        "group_by": [*group_by],
        "inputs": [{"path": file_name(file.path), "sha256": file.sha256, "rows": file.rows_read} for file in files],
        "unreadable": sum(file.rows_refused for file in files),
        "rows": sides.counts(),
        "kept_together": {
            "groups": len(together),
            "rows": int(together.sum()),
            "largest": int(sizes.max(initial=0)),
            "connected_by": groups.connected,
            "common_prompt": groups.common_prompt,
            "near_prompts": sides.near_prompts,
        },
        "leaks": sides.leaks,
        "category": None if sides.category is None else printable(sides.category),
        "strata": sides.table.to_dicts(),
        "limits": sides.limits,
        "bounds": sides.bounds,
        "largest": sides.largest,
    }
