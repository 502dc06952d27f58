"""The base of ``--base-ref``: the data files at a git revision, and which rows of a run are new since then."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from datalint.compare.git import Blob, Repository
from datalint.config.paths import covers
from datalint.core.errors import DatalintError
from datalint.core.findings import Findings
from datalint.core.results import Outcome
from datalint.core.table_format import DETECTED, TableFormat
from datalint.engine.reduce.findings import count_rules
from datalint.privacy.display import printable
from datalint.records.canonical import exact_hash
from datalint.sources.base import PARALLEL
from datalint.sources.data_files import ABOUT, KNOWN, TEXT
from datalint.sources.inflate import SUFFIXES
from datalint.sources.sniff import OpenSettings, open_content

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from datalint.engine.run import Examined
    from datalint.sources import Source

_POINTER_RULE: Final = "git-lfs-pointer"


def sources_at(
    repository: Repository,
    inputs: Sequence[str],
    left_out: Callable[[str], bool] = lambda path: False,
    table: TableFormat = DETECTED,
) -> list[Source]:
    """Return a source for each data file that ``inputs`` (files, folders, globs) match at the revision.

    ``left_out`` returns whether a path, relative to the repository's top, is excluded. A path that did not exist at
    the revision has no source, so all its rows are new. Sources are named ``REF:PATH``. ``table`` is the format of CSV
    and TSV files.

    Raises:
        DatalintError: for inputs that are not in git (standard input, the Hub, files outside of the repository), and
            for the same reasons as :meth:`Repository.content`.
    """
    blobs: dict[str, Blob] = {}
    for given in inputs:
        blobs |= {blob.path: blob for blob in _meant(repository, given)}
    return [_open(repository, blob, table) for blob in blobs.values() if not left_out(blob.path)]


def _meant(repository: Repository, given: str) -> list[Blob]:
    if given == "-" or given.startswith("<") or "://" in given:
        raise DatalintError(f"{printable(given)} is not in a git revision; --base-ref compares only files")
    if any(sign in given for sign in "*?[") and not os.path.lexists(given):
        # A pattern on Windows may contain backslashes; git's paths and the matcher use slashes.
        folder = os.path.relpath(os.path.realpath(Path(given).parent), os.path.realpath(repository.top))
        pattern = f"{folder.replace(os.sep, '/')}/{Path(given).name}"
        return _data(blob for blob in repository.blobs() if covers(pattern, blob.path, "."))
    path = repository.relative(given)
    found = repository.blobs(path)
    return found if [blob.path for blob in found] == [path] else _data(found, below=path)


def _data(blobs: Iterable[Blob], below: str = "") -> list[Blob]:
    """Drop files of a folder that are not data (hidden files, text files next to data), as reading a folder does."""
    shown = [blob for blob in blobs if not any(part.startswith(".") for part in _below(blob.path, below))]
    found = [b for b in shown if _suffix(b.path) in KNOWN and PurePosixPath(b.path).name not in ABOUT]
    return [blob for blob in found if _suffix(blob.path) not in TEXT] or found


def _below(path: str, folder: str) -> tuple[str, ...]:
    return PurePosixPath(path).relative_to(folder).parts if folder else PurePosixPath(path).parts


def _suffix(path: str) -> str:
    name = path.lower()
    for compression in (*SUFFIXES, ".zstd"):
        name = name.removesuffix(compression)
    return PurePosixPath(name).suffix


def _open(repository: Repository, blob: Blob, table: TableFormat) -> Source:
    source = open_content(repository.content(blob), f"{repository.label}:{blob.path}", OpenSettings(table=table))
    refuse_pointers([source])
    return source


def refuse_pointers(sources: Iterable[Source]) -> None:
    """Raise DatalintError for a Git LFS pointer: comparing it would report every row as removed."""
    for source in sources:
        if any(problem.rule == _POINTER_RULE for problem in source.facts().problems):
            raise DatalintError(
                f"{printable(source.path)} is a Git LFS pointer, not the data; run `git lfs pull`, "
                "or give actions/checkout `lfs: true`"
            )


def without_ref(ignored: Callable[[str], frozenset[str]], repository: Repository) -> Callable[[str], frozenset[str]]:
    """Return per-file ignores that treat ``REF:PATH`` as ``PATH`` in the working tree."""
    return lambda path: ignored(str(repository.top / path.removeprefix(f"{repository.label}:")))


@dataclass(frozen=True, slots=True)
class Base:
    """The rows of each file at a revision as hashes of their canonical form, by the file's name in the run.

    ``whole`` contains the SHA-256 digests of the files. A file that did not exist is in neither.
    """

    ref: str
    rows: Mapping[str, NDArray[np.uint64]]
    whole: Mapping[str, str]


def read_base(
    repository: Repository,
    sources: Sequence[Source],
    evaluation: Sequence[Source] = (),
    table: TableFormat = DETECTED,
) -> Base:
    """Read the files of ``sources`` at the revision; for ``table``, see :func:`sources_at`.

    An ``evaluation`` set outside of the repository is assumed to be unchanged.

    Raises:
        DatalintError: for the same reasons as :func:`sources_at`.
    """
    rows: dict[str, NDArray[np.uint64]] = {}
    whole: dict[str, str] = {}
    for source in (*sources, *evaluation):
        elsewhere = source in evaluation and not repository.holds(source.path)
        then = [source] if elsewhere else at_revision(repository, source, table)
        if then:
            rows[source.path] = np.concatenate([_hashes(each) for each in then])
            is_one = len(then) == 1 and source.container != PARALLEL
            whole[source.path] = then[0].facts().sha256 if is_one else ""
    return Base(repository.label, rows, whole)


def at_revision(repository: Repository, source: Source, table: TableFormat = DETECTED) -> list[Source]:
    """Return a source at the revision, with the other sides of parallel texts; none if a file of it did not exist.

    Raises:
        DatalintError: for the same reasons as :func:`sources_at`.
    """
    others = getattr(source, "read_nearby", ())
    if not others:
        return sources_at(repository, [source.path], table=table)
    from datalint.sources.parallel.pairing import read_again

    blobs = [[*repository.blobs(repository.relative(path))][:1] for path in (source.path, *others)]
    if not all(blobs):
        return []
    return [read_again(source, [repository.content(blob) for [blob] in blobs], repository.label)]  # type: ignore[arg-type]


def _hashes(source: Source) -> NDArray[np.uint64]:
    parts = [np.array([exact_hash(r) for r in chunk.load().records], np.uint64) for chunk in source.chunks(0)]
    return np.concatenate(parts) if parts else np.empty(0, np.uint64)


def changed_rows(examples: pl.DataFrame, paths: Sequence[str], base: Base) -> NDArray[np.bool_]:
    """Return a mask of the rows that their file does not contain at the base.

    Of equal rows, the first ones are old, as many as the base has; each further copy is a change.
    """
    changed = np.ones(examples.height, np.bool_)
    index = pl.int_range(pl.len(), dtype=pl.Int64).alias("at")
    frame = examples.select("file", "exact", index, pl.int_range(pl.len()).over("file", "exact").alias("copy"))
    known = [
        pl.DataFrame({"exact": base.rows[path]}).with_columns(pl.lit(number, dtype=frame.schema["file"]).alias("file"))
        for number, path in enumerate(paths)
        if path in base.rows
    ]
    if known:
        had = pl.concat(known).group_by("file", "exact").agg(pl.len().alias("had"))
        mine = frame.join(had, on=["file", "exact"], how="inner")
        changed[mine.filter(pl.col("copy") < pl.col("had"))["at"].to_numpy()] = False
    return changed


def narrow(examined: Examined, base: Base) -> Outcome:
    """Return the outcome with only the findings on changed rows; gates and scores still count all rows.

    A finding that relates several rows stays if any of them changed, a finding about a file without a row if the file
    changed, and a finding about the dataset always.
    """
    outcome, dataset = examined.outcome, examined.dataset
    splits = [(dataset.examples, dataset.files, 0)]
    if dataset.evaluation is not None:
        splits.append((dataset.evaluation, dataset.evaluation_files, len(dataset.files)))
    changed: set[tuple[int, int]] = set()
    rows = 0
    for examples, files, offset in splits:
        fresh = examples.filter(pl.Series(changed_rows(examples, [facts.path for facts in files], base)))
        changed |= {(int(file) + offset, int(row)) for file, row in fresh.select("file", "row").iter_rows()}
        rows += fresh.height if not offset else 0
    facts = [*dataset.files, *dataset.evaluation_files]
    moved = [each.sha256 != base.whole.get(each.path) for each in facts]
    table = outcome.findings.table
    places = table.select("file", "row", "related").iter_rows()
    kept = [_is_changed(file, row, related, changed, moved) for file, row, related in places]
    names = [file.path for file in outcome.files]
    findings = Findings(table.filter(pl.Series(kept, dtype=pl.Boolean)), names)
    note = printable(
        f"findings on {rows:,} changed of {dataset.size:,} rows since {base.ref}; "
        f"{table.height - len(findings):,} on unchanged rows are not listed, gates count all"
    )
    fired = count_rules(findings, examined.plan.rules, dataset.examples)
    return replace(outcome, findings=findings, rules=fired, notes=(*outcome.notes, note))


def _is_changed(
    file: int | None,
    row: int | None,
    related: Sequence[Mapping[str, int]] | None,
    changed: set[tuple[int, int]],
    moved: Sequence[bool],
) -> bool:
    if file is None:
        return True
    if row is None:
        return moved[file]
    return (file, row) in changed or any((other["file"], other["row"]) in changed for other in related or ())
