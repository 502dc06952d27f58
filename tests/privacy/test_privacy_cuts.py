"""No function that cuts a text shows a part of a secret in it, wherever the cut is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

import pytest
from secret_samples import KEY, runs, samples, shared

from datalint.engine.map.named_columns import named_columns
from datalint.engine.reduce.marked_text import beginning_of, marked
from datalint.privacy.display import excerpt, printable
from datalint.privacy.redaction import NEAR, Fragments, hide
from datalint.privacy.secret import secrets
from datalint.records.difference import difference
from datalint.records.structure import Alike


def ids(cases: list[tuple[str, str, str]]) -> list[str]:
    return [kind.replace(" ", "-") for kind, _, _ in cases]


SHORT = list(samples())
LONG = list(samples("longest"))
BOTH = pytest.mark.parametrize(
    ("kind", "text", "value"), [*SHORT, *LONG], ids=[*ids(SHORT), *(f"long-{each}" for each in ids(LONG))]
)
BEFORE = "The words before it go on for a while and say nothing at all of any interest, "
AFTER = " and what follows is as long, so that every excerpt has something else to show."


def cuts(begin: int, end: int, most: int = 20) -> Iterator[int]:
    """Yield places around and in a secret, of one of usual length all near its ends, and some of those between."""
    step = 1 if end - begin < 120 else 7
    inside = range(begin, end, max((end - begin) // most, 1))
    places = {*range(begin - 60, begin + 20, step), *inside, *range(end - 20, end + 5, step)}
    return iter(sorted(place for place in places if place >= 0))


@BOTH
def test_excerpts(kind: str, text: str, value: str) -> None:
    whole = BEFORE + text + AFTER
    begin = whole.index(value)
    forbidden = runs([value])
    # Every second place: the even ones for half of the formats, the odd ones for the others.
    for place in islice(cuts(begin, begin + len(value)), len(kind) % 2, None, 2):
        for made in (
            excerpt(whole, 40, start=place),
            excerpt(whole, 40, start=place, stop=place + 24),
            excerpt(whole, 40, stop=place, end=True),
            excerpt(whole, place),
            hide(whole, place, place + 30),
        ):
            assert shared(made, forbidden) == []


@BOTH
def test_long_categories(kind: str, text: str, value: str) -> None:
    forbidden = runs([value])
    # Cut in the middle of the secret, after a third of it, and before it.
    rows = [{"topic": f"{'a' * (199 - text.index(value) - len(value) // part)} {text}"} for part in (2, 3, 50)]
    (columns,) = named_columns([Alike(("topic",), range(len(rows)), rows)], len(rows), None)
    assert all(shared(made, forbidden) == [] for made in columns)


@pytest.mark.parametrize(("kind", "text", "value"), LONG, ids=ids(LONG))
def test_a_secret_far_inside_a_long_text(kind: str, text: str, value: str) -> None:
    filler = "Some words that fill the space. " * 4_000
    whole = f"{filler} {text} {filler}"
    begin = whole.index(value)
    forbidden = runs([value])
    for place in (begin - 30, begin, begin + len(value) // 2, begin + len(value) - 20, begin + len(value)):
        assert shared(excerpt(whole, 60, start=place - 12, stop=place + 12), forbidden) == []
        assert shared(excerpt(whole, 50, stop=place + 10, end=True), forbidden) == []
    assert shared(excerpt(whole, begin + 40), forbidden) == []
    assert excerpt(whole, 60, start=10) == f"{whole[10:70]}…"


@pytest.mark.parametrize(
    "compare", [difference, lambda a, b: "".join(text for _, text in marked(a, b))], ids=["line", "page"]
)
@pytest.mark.parametrize(("kind", "text", "value"), SHORT, ids=ids(SHORT))
def test_differences(compare: Callable[[str, str], str], kind: str, text: str, value: str) -> None:
    forbidden = runs([value])
    # Every fifth gap, beginning at another one for the next format, so that together they cover every gap.
    for gap in range(SHORT.index((kind, text, value)) % 5, 75, 5):
        filler = ("and so on " * 8)[:gap]
        for a, b in (
            (f"old {filler} {text} end", f"new {filler} {text} end"),
            (f"it is {text} {filler} old", f"it is {text} {filler} new"),
            (f"{BEFORE * 9}old {filler} {text}{AFTER * 9}", f"{BEFORE * 9}new {filler} {text}{AFTER * 9}"),
            (f"{BEFORE}{text}", f"{BEFORE[gap:]}"),
        ):
            assert shared(compare(a, b), forbidden) == []
        assert shared(compare(f"{BEFORE[gap:]}", f"{BEFORE}{text}"), forbidden) == []


@pytest.mark.parametrize(("kind", "text", "value"), SHORT, ids=ids(SHORT))
def test_secrets_that_differ_in_one_character(kind: str, text: str, value: str) -> None:
    at = [place for place in range(len(value)) if value[place].isalnum()]
    for place in at[:: max(len(at) // 25, 1)]:
        char = value[place]
        other = ("7" if char == "3" else "3") if char.isdigit() else ("m" if char.lower() == "k" else "k")
        changed = value[:place] + (other.upper() if char.isupper() else other) + value[place + 1 :]
        if [end - start for _, start, end in secrets(text.replace(value, changed))] != [len(value)]:
            continue
        a, b = f"{BEFORE}{text}{AFTER}", f"{BEFORE}{text.replace(value, changed)}{AFTER}"
        forbidden = runs([value, changed])
        assert shared(difference(a, b), forbidden) == []
        # What differs is said, though it looks the same.
        assert difference(a, b) != ""
        assert shared("".join(piece.text for piece in marked(a, b)), forbidden) == []


@BOTH
def test_what_a_rule_has_cut_out_of_a_text(kind: str, text: str, value: str) -> None:
    whole = BEFORE + text + AFTER
    begin = whole.index(value)
    forbidden = runs([value])
    known = Fragments([whole])
    for place in cuts(begin, begin + len(value)):
        for size in (8, 24, 300):
            assert shared(known.hide(f'says "{whole[place : place + size]}"'), forbidden) == []
    assert known.hide(f'says "{BEFORE}"') == f'says "{BEFORE}"'


@pytest.mark.parametrize(("kind", "text", "value"), SHORT, ids=ids(SHORT))
def test_the_beginning_of_a_text_on_a_page(kind: str, text: str, value: str) -> None:
    for gap in range(300, 420, 7):
        words = ("and so on " * 50)[:gap]
        assert shared("".join(piece.text for piece in beginning_of(f"{words} {text}{AFTER}")), runs([value])) == []


@BOTH
def test_what_stands_before_a_value_is_near_it(kind: str, text: str, value: str) -> None:
    if kind != KEY:
        assert len(text) - len(value) <= NEAR
    assert printable(hide(f" {text} ")) == printable(f" {text} ")


@pytest.mark.parametrize(("kind", "text", "value"), list(samples("shortest")), ids=ids(SHORT))
def test_the_shortest_secrets(kind: str, text: str, value: str) -> None:
    assert shared(hide(f"it is {text} and so on"), runs([value])) == []
