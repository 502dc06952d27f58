"""The data of a report's pictures, as frozen values: numbers, and a few texts that are redacted and printable.

The engine gathers them and a renderer draws them. Texts of clusters keep their line breaks.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from datalint.support.classes import frozen

if TYPE_CHECKING:
    from datalint.privacy.display import FileName, Shown

#: A stretch of a text and how it compares with the first row's: ``same``, ``gone``, ``new`` or ``cut``.
Pieces = tuple[tuple[str, "Shown"], ...]


@frozen
class RoleLengths:
    """The lengths of all prompts or all responses in characters; ``counts`` are those of each bin."""

    role: str
    counts: tuple[int, ...]
    empty: int
    median: int
    p95: int
    longest: int


@frozen
class Lengths:
    """Histograms of lengths over the same bins, which ``edges`` divide."""

    edges: tuple[int, ...]
    roles: tuple[RoleLengths, ...]


@frozen
class CategoryValue:
    """A value of the category key; ``expected`` is the share that it is compared with."""

    name: Shown
    count: int
    share: float
    expected: float


@frozen
class CategoryChart:
    """The values of the category key, the most common first; ``others`` is how many are not among ``values``.

    ``declared`` says whether expected shares are the declared ones; otherwise each value's is the same.
    """

    key: Shown
    total: int
    missing: int
    declared: bool
    values: tuple[CategoryValue, ...]
    others: int
    other_count: int
    other_expected: float


@frozen
class ClusterSize:
    """The place of a cluster's first row, and the number of its rows."""

    file: FileName
    line: int | None
    row: int | None
    size: int


@frozen
class ClusterSizes:
    """The sizes of all clusters of repeated rows: ``largest`` clusters, and pairs of a size and its frequency."""

    count: int
    redundant: int
    examples: int
    largest: tuple[ClusterSize, ...]
    by_size: tuple[tuple[int, int], ...]


@frozen
class Similarities:
    """Pairs of a similarity and the number of rows that are at least so similar to the first row of their cluster."""

    threshold: float
    steps: tuple[tuple[float, int], ...]


@frozen
class ThresholdLevel:
    """The result of a near-duplicate search at one ``threshold``.

    ``clusters`` is the number of clusters, ``redundant`` that of their members without the anchors, ``largest`` that of
    the rows of the largest cluster. ``complete`` is true if no pair can be missing.
    """

    threshold: float
    clusters: int
    redundant: int
    largest: int
    complete: bool

    def to_dict(self) -> dict[str, Any]:
        """Return the values as reports contain them."""
        return {
            "threshold": self.threshold,
            "clusters": self.clusters,
            "redundant": self.redundant,
            "largest": self.largest,
            "method": "exact" if self.complete else "sketch",
        }


@frozen
class FilePositions:
    """Where in a file the findings are: for each severity, their number in each of equal parts of its rows."""

    file: FileName
    rows: int
    severities: Mapping[str, tuple[int, ...]]


@frozen
class ClusterMember:
    """A row of a cluster and its texts; ``similarity`` is None for the first row."""

    file: FileName
    line: int | None
    row: int | None
    similarity: float | None
    prompt: Pieces
    response: Pieces


@frozen
class ClusterTexts:
    """The first members of a cluster of ``size`` rows."""

    size: int
    members: tuple[ClusterMember, ...]


@frozen
class Charts:
    """The data of every picture; None or empty where there is nothing to draw.

    ``positions`` are those of the files with the most findings, ``files_with_findings`` counts all. ``members`` are the
    largest clusters with their texts.
    """

    lengths: Lengths | None
    category: CategoryChart | None
    clusters: ClusterSizes | None
    similarity: Similarities | None
    thresholds: tuple[ThresholdLevel, ...]
    positions: tuple[FilePositions, ...]
    files_with_findings: int
    members: tuple[ClusterTexts, ...]
