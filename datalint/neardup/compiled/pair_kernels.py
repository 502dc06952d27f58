"""Kernels of the search for pairs: plain Python over arrays, which numba compiles."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from datalint.neardup.text.hashing import Halves, Mask, Rows, Words
from datalint.support.named_tuple import NamedTuple

# Pairs whose prints are compared before testing whether one of them is close.
_STRIDE = 64


class PairKernels(NamedTuple):
    """The functions of this module that replace numpy code, under the same names."""

    fill_prints: Callable[..., None]
    fill_keys: Callable[..., None]
    shared_keys: Callable[..., int]
    close_pairs: Callable[..., int]
    mark_near: Callable[..., None]
    drop_repeats: Callable[..., int]
    count_shared: Callable[..., None]
    look_up: Callable[..., None]
    count_equal: Callable[..., None]


def fill_prints(signatures: npt.NDArray[np.uint16], rows: Rows, words: Words) -> None:
    """Write the parity of each bin of ``rows`` to ``words`` (2, rows), the first bin to the highest bit of a byte."""
    for i in range(len(rows)):
        bins = signatures[rows[i]]
        for half in range(2):
            word = np.uint64(0)
            for place in range(64):
                value = np.uint32(bins[64 * half + place])
                value ^= value >> np.uint32(8)
                value ^= value >> np.uint32(4)
                value ^= value >> np.uint32(2)
                value ^= value >> np.uint32(1)
                word |= np.uint64(value & np.uint32(1)) << np.uint64(place ^ 7)
            words[half, i] = word


def fill_keys(
    signatures: npt.NDArray[np.uint16], rows: Rows, first: int, width: int, odd: np.uint64, keys: npt.NDArray[np.uint32]
) -> None:
    """Write the keys of consecutive bands, starting at bin ``first``, to ``keys`` (bands, rows)."""
    for i in range(len(rows)):
        bins = signatures[rows[i], first : first + width * len(keys)]
        for band in range(len(keys)):
            place = band * width
            word = np.uint64(bins[place]) | np.uint64(bins[place + 1]) << np.uint64(16)
            # Cheaper than a loop: a band has two to four bins.
            if width > 2:
                word |= np.uint64(bins[place + 2]) << np.uint64(32)
            if width > 3:
                word |= np.uint64(bins[place + 3]) << np.uint64(48)
            keys[band, i] = np.uint32((word * odd) >> np.uint64(32))


def shared_keys(keys: Halves, shift: np.uint32, seen: Words, packed: Words) -> int:
    """Write the keys that may occur more than once, in the bits above their position, to ``packed``; return the number.

    ``seen``, initially zeros, has two words for each 64 values of ``keys >> shift``: bits of the values that occurred,
    and of those that occurred again. ``packed`` has room for all keys and one more.
    """
    for key in keys:
        slot = key >> shift
        word, bit = 2 * (slot >> np.uint32(6)), np.uint64(1) << np.uint64(slot & np.uint32(63))
        seen[word + 1] |= seen[word] & bit
        seen[word] |= bit
    found: Any = 0
    for place in range(len(keys)):
        slot = keys[place] >> shift
        packed[found] = np.uint64(keys[place]) << np.uint64(32) | np.uint64(place)
        again = seen[2 * (slot >> np.uint32(6)) + 1] >> np.uint64(slot & np.uint32(63))
        # Whether a key repeats is unpredictable, so adding is faster than a branch.
        found += np.int64(again & np.uint64(1))
    return found  # type: ignore[no-any-return]


def close_pairs(words: Words, owners: Rows, partners: Rows, ends: Rows, most: Rows, first: Rows, second: Rows) -> int:
    """Write the pairs whose prints differ in few bits to ``first`` and ``second``; return the number of pairs.

    ``words`` (2, n) are prints. The candidates of row ``owners[i]`` are the rows ``partners[i]`` up to ``ends[i]``.
    ``most`` is the number of bits in which the first words may differ, and both words together.
    """
    found = 0
    for i in range(len(owners)):
        one, other = words[0, owners[i]], words[1, owners[i]]
        for begin in range(partners[i], ends[i], _STRIDE):
            ones = words[0, begin : min(begin + _STRIDE, ends[i])]
            others = words[1, begin : min(begin + _STRIDE, ends[i])]
            close = 0
            # Without a branch, so that the compiler vectorises the loop; most strides end here.
            for j in range(len(ones)):
                close += count_bits(one ^ ones[j]) + count_bits(other ^ others[j]) <= most[1]
            if close:
                for j in range(len(ones)):
                    differing = count_bits(one ^ ones[j])
                    if differing <= most[0] and differing + count_bits(other ^ others[j]) <= most[1]:
                        first[found], second[found] = owners[i], begin + j
                        found += 1
    return found


def mark_near(
    own: Halves,
    wanted: Halves,
    words: Words,
    shift: np.uint32,
    heads: Rows,
    members: Rows,
    crowd: int,
    most: Rows,
    near: Mask,
) -> None:
    """Mark the rows of ``own`` whose key is among ``wanted`` and whose prints are close to those of a row there.

    ``own`` (n,) and ``wanted`` (m,) are the keys of a band, and ``words`` (2, n + m) the prints of both. ``heads``,
    initially zeros, has a place for each value of ``key >> shift`` and two more, and ``members`` m places. A row with
    more than ``crowd`` equal keys is marked without a comparison. For ``most``, see :func:`close_pairs`.
    """
    for key in wanted:
        heads[(key >> shift) + np.uint32(2)] += 1
    for slot in range(1, len(heads)):
        heads[slot] += heads[slot - 1]
    # Now the rows of a slot begin at the head after it, which moves to their end while they are filled in.
    for place in range(len(wanted)):
        slot = (wanted[place] >> shift) + np.uint32(1)
        members[heads[slot]] = place
        heads[slot] += 1
    for row in range(len(own)):
        slot = own[row] >> shift
        begin, end = heads[slot], heads[slot + np.uint32(1)]
        if begin == end or near[row]:
            continue
        equal = 0
        for member in members[begin:end]:
            if wanted[member] == own[row]:
                equal += 1
                other = len(own) + member
                differing = count_bits(words[0, row] ^ words[0, other])
                is_close = differing <= most[0] and differing + count_bits(words[1, row] ^ words[1, other]) <= most[1]
                if is_close or equal > crowd:
                    near[row] = True
                    break


def count_bits(word: np.uint64) -> np.int64:
    """Return how many bits of ``word`` are set; compilers replace this way of writing it by one instruction."""
    word -= (word >> np.uint64(1)) & np.uint64(0x5555555555555555)
    word = (word & np.uint64(0x3333333333333333)) + ((word >> np.uint64(2)) & np.uint64(0x3333333333333333))
    word = (word + (word >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return np.int64((word * np.uint64(0x0101010101010101)) >> np.uint64(56))


def count_equal(signatures: npt.NDArray[np.uint16], first: Rows, second: Rows, equal: npt.NDArray[np.uint8]) -> None:
    """Write the number of equal bins of the rows ``first[i]`` and ``second[i]`` to ``equal``."""
    for i in range(len(equal)):
        one, other = signatures[first[i]], signatures[second[i]]
        # As narrow as the bins, so that a vector register fits as many counts as bins.
        same = np.uint16(0)
        for j in range(len(one)):
            same = np.uint16(same + np.uint16(one[j] == other[j]))
        equal[i] = same


def drop_repeats(hashes: Words, counts: Rows, odd: np.uint64, table: Words, stamps: Rows, sizes: Rows) -> int:
    """Remove repeated hashes from each run of ``counts`` hashes, keeping the first; return how many are left in total.

    They move to the beginning of ``hashes``; ``sizes`` gets the number left in each run. ``table`` and ``stamps``,
    initially zeros, have a power of two of slots, at least twice as many as the longest run; ``odd`` is an odd number.
    """
    shift = leading_bits(len(table))
    found, place = 0, 0
    for run in range(len(counts)):
        begin = found
        for i in range(place, place + counts[run]):
            slot = find_slot(hashes[i], odd, shift, table, stamps, run + 1)
            if stamps[slot] != run + 1:
                table[slot], stamps[slot] = hashes[i], run + 1
                hashes[found] = hashes[i]
                found += 1
        place += counts[run]
        sizes[run] = found - begin
    return found


def count_shared(
    hashes: Words, starts: Rows, left: Rows, right: Rows, odd: np.uint64, table: Words, stamps: Rows, shared: Rows
) -> None:
    """Write the number of hashes that the sets ``left[i]`` and ``right[i]`` have in common to ``shared``.

    Set k is ``hashes[starts[k] : starts[k + 1]]``, all distinct; for the other arguments, see :func:`drop_repeats`.
    """
    shift = leading_bits(len(table))
    stamp = 0
    for i in range(len(left)):
        # Pairs of one set are mostly adjacent.
        if i == 0 or left[i] != left[i - 1]:
            stamp += 1
            for place in range(starts[left[i]], starts[left[i] + 1]):
                slot = find_slot(hashes[place], odd, shift, table, stamps, stamp)
                table[slot], stamps[slot] = hashes[place], stamp
        found = 0
        for place in range(starts[right[i]], starts[right[i] + 1]):
            found += stamps[find_slot(hashes[place], odd, shift, table, stamps, stamp)] == stamp
        shared[i] = found


def look_up(
    center: Words,
    hashes: Words,
    counts: Rows,
    odd: np.uint64,
    table: Words,
    stamps: Rows,
    seen: Rows,
    others: Words,
    others_stamps: Rows,
    shared: Rows,
    more: Rows,
) -> None:
    """Count the hashes of each run of ``counts`` that are in ``center`` (``shared``) and those that are not (``more``).

    A hash that repeats within its run counts once. The hashes of ``center`` are distinct. ``table``, ``stamps`` and
    ``seen`` are its hash table, ``others`` and ``others_stamps`` that of all other hashes; see :func:`drop_repeats`.
    """
    shift, others_shift = leading_bits(len(table)), leading_bits(len(others))
    for hash_ in center:
        slot = find_slot(hash_, odd, shift, table, stamps, 1)
        table[slot], stamps[slot] = hash_, 1
    place = 0
    for run in range(len(counts)):
        known, unknown = 0, 0
        for i in range(place, place + counts[run]):
            slot = find_slot(hashes[i], odd, shift, table, stamps, 1)
            if stamps[slot] == 1:
                known += seen[slot] != run + 1
                seen[slot] = run + 1
            else:
                slot = find_slot(hashes[i], odd, others_shift, others, others_stamps, run + 1)
                unknown += others_stamps[slot] != run + 1
                others[slot], others_stamps[slot] = hashes[i], run + 1
        place += counts[run]
        shared[run], more[run] = known, unknown


def find_slot(hash_: np.uint64, odd: np.uint64, shift: np.uint64, table: Words, stamps: Rows, stamp: int) -> Any:
    """Return the slot of a hash, or the free slot for it; a slot with another stamp is free."""
    slot = (hash_ * odd) >> shift
    while stamps[slot] == stamp and table[slot] != hash_:
        slot = (slot + np.uint64(1)) & np.uint64(len(table) - 1)
    return slot


def leading_bits(slots: int) -> np.uint64:
    """Return the shift that reduces a 64-bit number to one below ``slots``, a power of two."""
    shift = 64
    while slots > 1:
        slots >>= 1
        shift -= 1
    return np.uint64(shift)


#: The kernels as plain Python, before they are compiled, and the functions that they call.
WRITTEN: Final = PairKernels(
    fill_prints, fill_keys, shared_keys, close_pairs, mark_near, drop_repeats, count_shared, look_up, count_equal
)
CALLED: Final = (count_bits, find_slot, leading_bits)
