"""No function that cuts a text shows a part of a secret in it, wherever the cut is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

import pytest
from secret_samples import KEY, runs, samples, shared

from datalint.engine.map.named_columns import named_columns
from datalint.engine.reduce.marked_text import beginning_of, marked
from datalint.privacy.display import excerpt, printable
from datalint.privacy.redaction import FAR, NEAR, Fragments, hide
from datalint.privacy.secret import secrets
from datalint.records.difference import difference
from datalint.records.structure import Alike

BOTH = pytest.mark.parametrize("length", ["usual", "longest"])
BEFORE = "The words before it go on for a while and say nothing at all of any interest, "
AFTER = " and what follows is as long, so that every excerpt has something else to show."
#: Number of characters of the longest filler between a difference and a secret.
GAPS = 75


def leaks(length: str, texts: Callable[[int, str, str], Iterator[str]]) -> dict[str, list[str]]:
    """Return for each kind of secret what ``texts`` of its sample show of it: number, text and secret."""
    found: dict[str, list[str]] = {}
    for number, (kind, text, value) in enumerate(samples(length)):
        forbidden = runs([value])
        if shown := [leak for made in texts(number, text, value) for leak in shared(made, forbidden)]:
            found[kind] = shown
    return found


def cuts(begin: int, end: int, most: int = 20) -> Iterator[int]:
    """Yield places around and in a secret, of one of usual length all near its ends, and some of those between."""
    step = 1 if end - begin < 120 else 7
    inside = range(begin, end, max((end - begin) // most, 1))
    places = {*range(begin - 60, begin + 20, step), *inside, *range(end - 20, end + 5, step)}
    return iter(sorted(place for place in places if place >= 0))


@BOTH
def test_excerpts(length: str) -> None:
    def texts(number: int, text: str, value: str) -> Iterator[str]:
        whole = BEFORE + text + AFTER
        begin = whole.index(value)
        # Every third place, beginning at another one for the next format.
        for place in islice(cuts(begin, begin + len(value)), number % 3, None, 3):
            yield excerpt(whole, 40, start=place)
            yield excerpt(whole, 40, start=place, stop=place + 24)
            yield excerpt(whole, 40, stop=place, end=True)
            yield excerpt(whole, place)
            yield hide(whole, place, place + 30)

    assert leaks(length, texts) == {}


@BOTH
def test_long_categories(length: str) -> None:
    def texts(_: int, text: str, value: str) -> Iterator[str]:
        # Cut in the middle of the secret, after a third of it, and before it.
        rows = [{"topic": f"{'a' * (199 - text.index(value) - len(value) // part)} {text}"} for part in (2, 3, 50)]
        (columns,) = named_columns([Alike(("topic",), range(len(rows)), rows)], len(rows), None)
        yield from columns

    assert leaks(length, texts) == {}


def test_a_secret_far_inside_a_long_text() -> None:
    filler = "Some words that fill the space. " * (FAR // 30)

    def texts(_: int, text: str, value: str) -> Iterator[str]:
        whole = f"{filler} {text} {filler}"
        begin = whole.index(value)
        for place in (begin - 30, begin, begin + len(value) // 2, begin + len(value) - 20, begin + len(value)):
            yield excerpt(whole, 60, start=place - 12, stop=place + 12)
            yield excerpt(whole, 50, stop=place + 10, end=True)
        yield excerpt(whole, begin + 40)[FAR // 2 :]
        assert excerpt(whole, 60, start=10) == f"{whole[10:70]}…"

    assert leaks("longest", texts) == {}


@pytest.mark.parametrize(
    "compare", [difference, lambda a, b: "".join(text for _, text in marked(a, b))], ids=["line", "page"]
)
def test_differences(compare: Callable[[str, str], str]) -> None:
    def texts(number: int, text: str, _: str) -> Iterator[str]:
        # Every fifteenth gap, beginning at another one for the next format, so that together they cover every gap.
        for gap in range(number % 15, GAPS, 15):
            filler = ("and so on " * 8)[:gap]
            yield compare(f"old {filler} {text} end", f"new {filler} {text} end")
            yield compare(f"it is {text} {filler} old", f"it is {text} {filler} new")
            yield compare(f"{BEFORE}{text}", f"{BEFORE[gap:]}")
            yield compare(f"{BEFORE[gap:]}", f"{BEFORE}{text}")
        filler = ("and so on " * 8)[: number % GAPS]
        yield compare(f"{BEFORE * 9}old {filler} {text}{AFTER * 9}", f"{BEFORE * 9}new {filler} {text}{AFTER * 9}")

    assert leaks("usual", texts) == {}


def test_secrets_that_differ_in_one_character() -> None:
    compared = 0
    for number, (kind, text, value) in enumerate(samples()):
        at = [place for place in range(len(value)) if value[place].isalnum()]
        step = max(len(at) // 25, 1) * 3
        for place in at[number % step :: step]:
            char = value[place]
            other = ("7" if char == "3" else "3") if char.isdigit() else ("m" if char.lower() == "k" else "k")
            changed = value[:place] + (other.upper() if char.isupper() else other) + value[place + 1 :]
            if [end - start for _, start, end in secrets(text.replace(value, changed))] != [len(value)]:
                continue
            compared += 1
            a, b = f"{BEFORE}{text}{AFTER}", f"{BEFORE}{text.replace(value, changed)}{AFTER}"
            forbidden = runs([value, changed])
            line, page = difference(a, b), "".join(piece.text for piece in marked(a, b))
            assert (shared(line, forbidden), shared(page, forbidden)) == ([], []), kind
            # What differs is said, though it looks the same.
            assert line != "", kind
    assert compared > 1_000


@BOTH
def test_what_a_rule_has_cut_out_of_a_text(length: str) -> None:
    def texts(number: int, text: str, value: str) -> Iterator[str]:
        whole = BEFORE + text + AFTER
        begin = whole.index(value)
        known = Fragments([whole])
        for place in islice(cuts(begin, begin + len(value)), number % 2, None, 2):
            for size in (8, 24, 300):
                yield known.hide(f'says "{whole[place : place + size]}"')
        assert known.hide(f'says "{BEFORE}"') == f'says "{BEFORE}"'

    assert leaks(length, texts) == {}


def test_the_beginning_of_a_text_on_a_page() -> None:
    def texts(_: int, text: str, value: str) -> Iterator[str]:
        for gap in range(300, 420, 7):
            words = ("and so on " * 50)[:gap]
            yield "".join(piece.text for piece in beginning_of(f"{words} {text}{AFTER}"))

    assert leaks("usual", texts) == {}


@BOTH
def test_what_stands_before_a_value_is_near_it(length: str) -> None:
    for kind, text, value in samples(length):
        if kind != KEY:
            assert len(text) - len(value) <= NEAR, kind
        assert printable(hide(f" {text} ")) == printable(f" {text} "), kind


def test_the_shortest_secrets() -> None:
    assert leaks("shortest", lambda _, text, value: iter([hide(f"it is {text} and so on")])) == {}


def test_a_range_beyond_the_text_is_empty() -> None:
    assert excerpt("the dock", 40, start=10**18, stop=10**18 + 4) == ""
    assert excerpt("the dock", 40, start=4, stop=2) == ""
