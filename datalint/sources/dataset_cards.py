"""The splits that a dataset card declares: ``configs`` with ``data_files`` in the front matter of ``README.md``.

Hugging Face's ``datasets`` loads a repository by them, whatever the names of the files are:
https://huggingface.co/docs/hub/datasets-manual-configuration.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Final

from datalint.sources.split_words import kind_of
from datalint.support.named_tuple import NamedTuple

#: The name of a card, the marks around its front matter, and the key without which nothing is declared.
CARD: Final = "README.md"
_FENCE: Final = b"---"
_DECLARES: Final = b"data_files"
#: Bytes of a card that are read, and its configurations, and patterns and characters of one, that are looked at.
_READ: Final = 1 << 18
_CONFIGS: Final = 200
_PATTERNS: Final = 200
_LONGEST: Final = 300
#: The split of files that are declared without one.
TRAIN: Final = "train"


class _Pattern(NamedTuple):
    """The parts of a pattern of paths below the folder of the card, and the split of the files that match it."""

    parts: Sequence[str]
    split: str


def card_of(folder: Path) -> bytes:
    """Return the beginning of the card of a folder; empty if there is none that can be read."""
    from datalint.core.files import open_regular

    try:
        with open_regular(folder / CARD) as file:
            return file.read(_READ)
    except OSError:
        return b""


def declared_splits(card: bytes, folder: Path, paths: Sequence[Path]) -> dict[Path, str]:
    """Return the split of each file below a folder that the folder's card declares.

    A file that is in several splits, of several configurations, is in the training split if one of these is.
    """
    found: dict[Path, str] = {}
    for config in _configs(card):
        for path in paths:
            split = _split_of(path.relative_to(folder).parts, config)
            if split is not None and (path not in found or split == TRAIN):
                found[path] = split
    return found


def declared_evaluation(card: bytes, folder: Path, file: Path, paths: Iterable[Path]) -> list[Path] | None:
    """Return the evaluation files of the configurations in which a file below a folder is for training.

    None if the card of the folder does not declare it as such. ``paths``, the data files of the folder, are only read
    if it does.
    """
    configs = [each for each in _configs(card) if _split_of(file.relative_to(folder).parts, each) == TRAIN]
    if not configs:
        return None
    others = [(path, path.relative_to(folder).parts) for path in paths]
    return [
        path
        for path, parts in others
        if any((split := _split_of(parts, each)) is not None and kind_of(split) is not None for each in configs)
    ]


def _configs(card: bytes) -> list[list[_Pattern]]:
    """Return the patterns of each configuration that a card declares."""
    configs = islice(_listed(_front_matter(card).get("configs")), _CONFIGS)
    files = [each.get("data_files") for each in configs if isinstance(each, Mapping)]
    return [found for each in files if (found := list(islice(_patterns(each), _PATTERNS)))]


def _front_matter(card: bytes) -> Mapping[str, Any]:
    """Return the front matter of a card; empty if there is none that declares files, or it is no YAML."""
    fence, _, rest = card[:_READ].partition(b"\n")
    matter, closed, _ = rest.partition(b"\n" + _FENCE)
    if fence.strip() != _FENCE or not closed or _DECLARES not in matter:
        return {}
    import yaml

    try:
        found = yaml.safe_load(matter.decode("utf-8"))
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, Mapping) else {}


def _patterns(files: object) -> Iterator[_Pattern]:
    """Yield the patterns of ``data_files``: a pattern, a list of them, or one or more for each split."""
    if isinstance(files, Mapping):
        pairs = ((str(split), each) for split, patterns in files.items() for each in _listed(patterns))
    else:
        pairs = (pair for item in _listed(files) for pair in _of_item(item))
    for split, pattern in pairs:
        if isinstance(pattern, str) and len(pattern) <= _LONGEST:
            yield _Pattern([part for part in pattern.split("/") if part not in ("", ".")], split)


def _of_item(item: object) -> Iterator[tuple[str, object]]:
    if not isinstance(item, Mapping):
        yield TRAIN, item
        return
    for each in _listed(item.get("path")):
        yield str(item.get("split", TRAIN)), each


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _split_of(parts: Sequence[str], config: Iterable[_Pattern]) -> str | None:
    """Return the split of a path in a configuration; None for none."""
    return next((each.split for each in config if _matches(parts, each.parts)), None)


def _matches(parts: Sequence[str], pattern: Sequence[str]) -> bool:
    """Whether a path matches a pattern, in which ``**`` stands for any number of folders.

    Places in the pattern are followed for each part of the path, so that many ``**`` take no longer.
    """
    from fnmatch import fnmatchcase

    places = _skipped({0}, pattern)
    for part in parts:
        here = [at for at in places if at < len(pattern)]
        deep = {at for at in here if pattern[at] == "**"}
        after = {at + 1 for at in here if at not in deep and fnmatchcase(part, pattern[at])}
        places = _skipped(deep | after, pattern)
    return len(pattern) in places


def _skipped(places: set[int], pattern: Sequence[str]) -> set[int]:
    """Return places, with that after each ``**`` among them, which may stand for no folder."""
    found = set(places)
    for at, part in enumerate(pattern):
        if at in found and part == "**":
            found.add(at + 1)
    return found
