"""What a search for near-duplicates is asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field, replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from datalint.core.errors import DatalintError
from datalint.neardup import limits
from datalint.neardup.limits import Limits
from datalint.neardup.text.common import CommonShingles
from datalint.neardup.text.hashing import Mask, Rows
from datalint.neardup.text.shingles import Shingling
from datalint.support.classes import frozen
from datalint.support.duplicates import first_alike

if TYPE_CHECKING:
    from datalint.neardup.compiled.dispatch import Kernels


#: Takes the row numbers of pairs, and returns a mask of them.
Different = Callable[[Rows, Rows], Mask]
#: Rows of a bucket beyond which it is anchored instead of enumerated.
BUCKET_LIMIT = 1000


@frozen
class Query:
    """Which pairs of rows are wanted, and what may be spared; the last two bound searches by sketches alone.

    Attributes:
        threshold: the least Jaccard similarity, in (0, 1].
        shingling: how texts become sets; what sketches were made with.
        identical: (n,) keys; rows of equal key are taken to be identical in all parts and searched as one.
        groups: (n,) group numbers; when given, only pairs of rows of different groups are searched.
        bucket_limit: a bucket of more rows is anchored, see :class:`~datalint.neardup.search.crowds.Anchors`;
            many large buckets lower the limit. None compares all pairs of every bucket: memory stays bounded
            but for the result, time does not.
        spare: verify only as many pairs as connect each component, which is enough for
            :func:`~datalint.neardup.search.clusters.cluster`; of groups, as many as give each row one partner.
            By far fewer, where rows are alike in large numbers or share a template.
        common: shingles without which rows have to be similar too; see
            :class:`~datalint.neardup.text.common.CommonShingles`.
        different: says of pairs of similar rows which are different examples all the same, and no near-duplicates.
        limits: bounds on work and memory.
        kernels: compiled code that does the same faster, if it is loaded.

    Raises:
        DatalintError: when the threshold is out of range.
    """

    threshold: float
    shingling: Shingling
    identical: npt.NDArray[np.uint64] | None = None
    groups: npt.NDArray[np.uint8] | None = None
    bucket_limit: int | None = BUCKET_LIMIT
    spare: bool = False
    common: CommonShingles | None = None
    different: Different | None = None
    limits: Limits = field(default_factory=lambda: limits.DEFAULT)
    kernels: Kernels | None = None

    def __post_init__(self) -> None:
        if not 0 < self.threshold <= 1:
            raise DatalintError(f"a similarity threshold is over 0 and at most 1, not {self.threshold}")

    def among(self, rows: Rows) -> Query:
        """Return the query for a search over some of the rows, whose numbers are their places in ``rows``."""
        different = self.different
        if different is None:
            return self
        return replace(self, different=lambda first, second: different(rows[first], rows[second]))

    def classes(self, filled: Mask) -> Rows:
        """Return the first row identical to each, in its group; itself for rows that are not ``filled``."""
        classes = np.arange(len(filled))
        if self.identical is None:
            return classes
        sides = [filled] if self.groups is None else [filled & (self.groups == each) for each in np.unique(self.groups)]
        for members in map(np.flatnonzero, sides):
            classes[members] = members[first_alike(self.identical[members])]
        return classes
