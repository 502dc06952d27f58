"""The kernels as plain Python functions, and which of them are compiled."""

from __future__ import annotations

from collections.abc import Callable

from datalint.neardup.compiled import pair_kernels
from datalint.neardup.compiled import sketch_kernels as kernels
from datalint.neardup.compiled import text_kernels as rewriting
from datalint.neardup.compiled.pair_kernels import PairKernels
from datalint.support.named_tuple import NamedTuple


class Kernels(NamedTuple):
    """The kernels that replace numpy and Polars code, under the same names."""

    add_weights: Callable[..., None]
    fold_texts: Callable[..., None]
    mask_texts: Callable[..., None]
    fill_texts: Callable[..., None]
    fill_hashes: Callable[..., None]
    pairs: PairKernels


#: The kernels as plain Python, before they are compiled, and the functions that they call.
WRITTEN = Kernels(
    *(rewriting.add_weights, rewriting.fold_texts, rewriting.mask_texts),
    *(kernels.fill_texts, kernels.fill_hashes, pair_kernels.WRITTEN),
)
CALLED = (
    *(rewriting.fold, rewriting.shift, rewriting.has_gaps, rewriting.squeeze),
    *(rewriting.is_wide, rewriting.mask, rewriting.number_end, rewriting.name_end, rewriting.quote_end),
    *(rewriting.is_digit, rewriting.is_upper, rewriting.is_letter, rewriting.is_word),
    *(kernels.add_bytes, kernels.add_windows, kernels.decode, kernels.fill_bins),
    *(kernels.longest, kernels.distinct, kernels.least_in),
    *pair_kernels.CALLED,
)
