"""The query of a search for near-duplicates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from datalint.core.errors import DatalintError
from datalint.neardup import limits
from datalint.neardup.limits import Limits
from datalint.neardup.text.common import CommonShingles
from datalint.neardup.text.hashing import Mask, Rows
from datalint.neardup.text.shingles import Shingling
from datalint.support.classes import frozen
from datalint.support.distinct import distinct
from datalint.support.duplicates import first_alike

if TYPE_CHECKING:
    from datalint.neardup.compiled.written import Kernels
    from datalint.neardup.verify.compare import Compare, Comparer


#: Takes the row numbers of pairs and returns a mask of the pairs that are different examples.
Different = Callable[[Rows, Rows], Mask]
#: A bucket of more rows is anchored instead of enumerated.
BUCKET_LIMIT = 1000


@frozen
class Query:
    """The parameters of a search: which pairs of rows to find, and bounds on the work.

    Attributes:
        threshold: minimum Jaccard similarity, in (0, 1].
        shingling: how texts become sets; the same as that of the sketches.
        identical: (n,) keys; rows with equal keys are assumed to be identical in all parts and searched as one row.
        groups: (n,) group numbers; if given, only pairs of rows of different groups are searched.
        bucket_limit: a bucket of more rows is anchored, see :class:`~datalint.neardup.search.crowds.Anchors`;
            many large buckets lower the limit. None compares all pairs of every bucket: memory stays bounded,
            except for the result, but time does not. Only searches by sketches use it.
        spare: verify just enough pairs to connect each component, which is sufficient for
            :func:`~datalint.neardup.search.clusters.cluster`; with groups, just enough to give each row one partner.
            These are far fewer if many rows are similar or share a template. Only searches by sketches use it.
        common: shingles that are removed for a second comparison, in which rows have to be similar too; see
            :class:`~datalint.neardup.text.common.CommonShingles`.
        different: returns which pairs of similar rows are different examples and therefore not near-duplicates.
        families: (n,) keys, used with ``different``; rows with equal keys are filled into one template. Most pairs of
            them are similar and different, and seeing that they differ takes less than comparing all of their texts,
            so it is done first.
        limits: bounds on work and memory.
        kernels: compiled code, if it is loaded.
        scratch: makes an array of a shape and type for the keys of all rows.
        elsewhere: returns what compares the texts of rows in place of a comparer, such as the workers of a cluster;
            only searches by sketches use it.

    Raises:
        DatalintError: if the threshold is out of range.
    """

    threshold: float
    shingling: Shingling
    identical: npt.NDArray[np.uint64] | None = None
    groups: npt.NDArray[np.uint8] | None = None
    bucket_limit: int | None = BUCKET_LIMIT
    spare: bool = False
    common: CommonShingles | None = None
    different: Different | None = None
    families: npt.NDArray[np.uint64] | None = None
    limits: Limits = field(default_factory=lambda: limits.DEFAULT)
    kernels: Kernels | None = None
    scratch: Callable[[tuple[int, ...], Any], npt.NDArray[Any]] = np.empty
    elsewhere: Callable[[Comparer], Compare] | None = None

    def __post_init__(self) -> None:
        if not 0 < self.threshold <= 1:
            raise DatalintError(f"the similarity threshold must be over 0 and at most 1, not {self.threshold}")

    def among(self, rows: Rows) -> Query:
        """Return the query for a search over some of the rows, numbered by their position in ``rows``."""
        different = self.different
        if different is None:
            return self
        families = None if self.families is None else self.families[rows]
        return replace(self, different=lambda first, second: different(rows[first], rows[second]), families=families)

    def classes(self, filled: Mask) -> Rows:
        """Return the first row of its group identical to each row; for rows that are not ``filled``, the row itself."""
        classes = np.arange(len(filled))
        if self.identical is None:
            return classes
        sides = [filled] if self.groups is None else [filled & (self.groups == each) for each in distinct(self.groups)]
        for members in map(np.flatnonzero, sides):
            classes[members] = members[first_alike(self.identical[members])]
        return classes
