"""Connected components of a graph."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt


def components(left: npt.NDArray[np.int64], right: npt.NDArray[np.int64], nodes: int) -> npt.NDArray[np.int64]:
    """Return the lowest node of each node's connected component, for edges ``left[i]``–``right[i]``.

    The lowest labels spread along the edges, and each label jumps to its own label, so the number of rounds grows
    with the logarithm of a chain's length, not with the length.
    """
    labels = np.arange(nodes)
    while True:
        a, b = labels[left], labels[right]
        if np.array_equal(a, b):
            return labels
        least = np.minimum(a, b)
        np.minimum.at(labels, a, least)
        np.minimum.at(labels, b, least)
        while not np.array_equal(labels, jumped := labels[labels]):
            labels = jumped
