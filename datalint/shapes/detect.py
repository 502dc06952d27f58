"""Detection of the shape of each row by its keys, cached for each set of keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from datalint.shapes import mapped
from datalint.shapes.base import Categories, Shape, never, strings
from datalint.shapes.fields import present_keys
from datalint.shapes.formats import SHAPES
from datalint.shapes.guess_choice import Lack, guess_about, lacking_of, layout_of
from datalint.shapes.key_paths import has_key
from datalint.shapes.side_keys import Use, databases, use_of
from datalint.shapes.sink import Sink
from datalint.shapes.slips import Slips
from datalint.support.exports import is_export

if TYPE_CHECKING:
    import polars as pl

    from datalint.shapes.guess import Guess


def _read_nothing(value: dict[str, Any], sink: Sink) -> None:
    return


UNKNOWN: Final = Shape(
    "unknown", "unknown", "sft", never, strings(required=()), _read_nothing, (), categories=("label",)
)

#: Every top-level key that some shape knows, for spelling suggestions.
KNOWN_KEYS: Final = frozenset(key for shape in SHAPES for key in shape.keys) | {
    "category",
    "source",
    "images",
    "kto_tag",
    "label",
    "completions",
}
#: Where rows may have lists of messages, over all shapes.
MESSAGE_LISTS: Final = tuple(dict.fromkeys(path for shape in SHAPES for path in shape.lists))
_UNCOUNTED: Final = {
    what: frozenset(shape.name for shape in (*SHAPES, UNKNOWN) if what not in shape.categories)
    for what in ("label", "responses")
}
#: Maximum number of cached sets of keys, so that rows with generated keys do not fill the memory.
_REMEMBERED: Final = 10_000
#: Sets of keys whose shapes are kept for all detectors.
_SHARED: Final = 256
#: Keys of a row beyond which they are data themselves, such as a vocabulary, and name nothing.
_MOST_KEYS: Final = 256
_Test = Callable[[object], bool]


class Detector:
    """Finds the shape of rows; one per run, as the user may map columns.

    ``guesses`` are about rows whose keys fit no shape: clear ones are used for them. ``held`` says that rows are those
    of an evaluation set, which may lack the response that the user maps. Rows that differ only under ``idle`` keys are
    the same examples.
    """

    def __init__(
        self,
        columns: Mapping[str, str] | None = None,
        guesses: Sequence[Guess] = (),
        *,
        held: bool = False,
        idle: Sequence[str] = (),
    ) -> None:
        self._columns = columns or {}
        self._held = held
        self.idle = frozenset(idle)
        self.mapped = mapped.make(self._columns)
        self._unanswered = mapped.unanswered(self._columns) if held else None
        self._guesses = guesses
        self._own = [guess for guess in guesses if held or not guess.held]
        self._clear = [guess for guess in self._own if guess.clear]
        self._guessed = [mapped.guessed(guess) for guess in self._clear]
        self._by_keys: dict[tuple[str, ...], list[Shape]] = {}
        self._about: dict[tuple[str, ...], Guess | None] = {}
        self._slips = Slips(KNOWN_KEYS)

    def __reduce__(self) -> tuple[Callable[..., Detector], tuple[Mapping[str, str], Sequence[Guess], bool, list[str]]]:
        return _detector, (self._columns, self._guesses, self._held, sorted(self.idle))

    def of_evaluation(self) -> Detector:
        """Return the detector for the rows of an evaluation set."""
        return Detector(self._columns, self._guesses, held=True, idle=[*self.idle])

    def without(self, idle: Sequence[str]) -> Detector:
        """Return a detector that does not compare rows by their values under ``idle`` keys."""
        return Detector(self._columns, self._guesses, held=self._held, idle=idle)

    def fits(self, value: dict[str, Any]) -> list[Shape]:
        """Return the shapes whose keys the row has, the preferred one first; empty for an unknown shape."""
        candidates = self._candidates(tuple(value))
        if len(candidates) == 1 and candidates[0].decided_by is None:
            return candidates
        if not candidates and not self._guessed:
            return []
        present = present_keys(value)
        alive = candidates if len(present) == len(value) else [each for each in candidates if each.fits(present)]
        found = _resolved(alive or candidates, value)
        return found or [each for each in self._guessed if each.fits(present)][:1]

    def shape(self, value: dict[str, Any]) -> Shape:
        """Return the row's shape, :data:`UNKNOWN` if none."""
        found = self.fits(value)
        if not found:
            return UNKNOWN
        shape = found[0] if found[0].dialect is None else found[0].dialect(value)
        if shape is None:
            return UNKNOWN
        return self._slips.noting(shape) if self._slips.has(value, shape) else shape

    def by_keys(self, value: dict[str, Any]) -> str:
        """Return the name of the first shape that the keys of a row fit, whatever its values are."""
        return next((each.name for each in self._candidates(tuple(value))), UNKNOWN.name)

    def plain_shape(self, value: dict[str, Any]) -> Shape | None:
        """Return the shape of rows with the keys of ``value`` if they can be read as plain texts, else None.

        It is the same for all rows for which :meth:`tests` has the same results.
        """
        found = self.fits(value)
        if not found:
            return None
        shape = found[0] if found[0].plain is None else found[0].plain(value)
        if shape is None or (shape.turns is None and shape.fields is None):
            return None
        if not shape.extras.isdisjoint(present_keys(value)) or self._slips.has(value, found[0]):
            return None
        return shape

    def proposal(self, value: dict[str, Any]) -> str | None:
        """Return the option ``--columns`` for a row of unknown shape; None if nothing can be proposed."""
        from datalint.shapes.inference.translated_keys import propose

        guess = self.guess_of(value) or propose(value)
        return None if guess is None or not guess.option else guess.option

    def guess_of(self, value: dict[str, Any]) -> Guess | None:
        """Return the guess for a row of unknown shape; None if there is none."""
        keys = tuple(value)
        if keys not in self._about:
            if len(self._about) >= _REMEMBERED:
                self._about.clear()
            self._about[keys] = guess_about(self._own, value)
        return self._about[keys]

    def varied(self, value: dict[str, Any]) -> bool:
        """Return whether a row of unknown shape is one of many with different keys, seen or not in the first rows."""
        guess = self.guess_of(value)
        return any(each.varied for each in self._own) if guess is None else guess.varied

    def layout(self, value: dict[str, Any]) -> tuple[tuple[str, ...], int]:
        """Return the keys that all rows like this one of unknown shape have, and how many others they may have."""
        return layout_of(self.guess_of(value), value)

    def lacking(self, value: dict[str, Any]) -> Lack | None:
        """Return the only key of a clear guess that a row of unknown shape lacks."""
        return lacking_of(self._clear, value)

    def tests(self, keys: tuple[str, ...], with_nulls: Sequence[str]) -> list[tuple[str, _Test]]:
        """Return the keys whose values decide the shape of rows with ``keys``, each with the test of its value.

        ``with_nulls`` are those of the keys that are null in some row.
        """
        candidates = self._candidates(keys)
        tests = [each.decided_by for each in candidates if each.decided_by is not None]
        tests = [test for test in (*tests, *(test for each in candidates for test in each.told_by)) if test[0] in keys]
        if not with_nulls:
            return tests
        mapped = [each for each in (self.mapped, *self._guessed) if each is not None]
        ours = frozenset().union(*(each.keys for each in candidates), *(each.turn_keys(keys) for each in mapped))
        return tests + [(key, _is_null) for key in with_nulls if key in KNOWN_KEYS or key in ours]

    def side_keys(self, keys: tuple[str, ...], *, about: bool = False) -> list[tuple[str, Use]]:
        """Return the ``keys`` of a row that are not turns but may be read or learned; none for unknown shapes.

        ``about`` adds those that say something about the row.
        """
        candidates = [*self._candidates(keys), *(each for each in self._guessed if each.fits(keys))]
        if not candidates or len(keys) > _MOST_KEYS:
            return []
        turns = frozenset().union(*(shape.turn_keys(keys) for shape in candidates))
        marks = frozenset(mark for shape in candidates for mark in shape.marks)
        sides: list[tuple[str, Use]] = [(key, "context" if key in marks else use_of(key)) for key in keys]
        return [(key, use) for key, use in sides if (about or use != "metadata") and key not in turns]

    def compared_keys(self, keys: tuple[str, ...]) -> list[tuple[str, Use]]:
        """Return the :meth:`side_keys` that make rows with the same turns different examples, and keys of databases.

        If the user maps columns, only keys that are certain to be read count.
        """
        named = databases(keys)
        sides = [(key, "context" if key in named else use) for key, use in self.side_keys(keys, about=bool(named))]
        sides = [(key, use) for key, use in sides if use != "metadata" and key not in self.idle]
        is_mapped = self.mapped is not None and self.mapped.name != mapped.PROMPTS and self.mapped.fits(keys)
        is_mapped = is_mapped or (self._unanswered is not None and self._unanswered.fits(keys))
        return [(key, use) for key, use in sides if use == "context"] if is_mapped else sides

    def uncertain_keys(self, keys: tuple[str, ...]) -> list[tuple[str, Use, list[tuple[str, _Test]]]]:
        """Return the ``keys`` that are turns only if a value passes a test, each with its use otherwise and the tests.

        In a row that passes none, such a key is one of :meth:`compared_keys`.
        """
        candidates = [*self._candidates(keys), *(each for each in self._guessed if each.fits(keys))]
        # A key that the rows lack decides nothing.
        tests = {id(each): by for each in candidates if (by := each.decided_by) is not None and by[0] in keys}
        if not tests or len(keys) > _MOST_KEYS:
            return []
        sure = frozenset().union(*(each.turn_keys(keys) for each in candidates if id(each) not in tests))
        found: list[tuple[str, Use, list[tuple[str, _Test]]]] = []
        for key in keys:
            readers = [by for each in candidates if (by := tests.get(id(each))) and key in each.turn_keys(keys)]
            if readers and key not in sure and (use := use_of(key)) != "metadata":
                found.append((key, use, readers))
        return found

    def aims(self, keys: tuple[str, ...]) -> list[str]:
        """Return the keys of a row with ``keys`` that may hold the aim of a question about its text, in a few words.

        They may reach into an object, as those of ``--columns`` do.
        """
        candidates = [*self._candidates(keys), *(each for each in self._guessed if each.fits(keys))]
        aims = dict.fromkeys(aim for shape in candidates for aim in shape.aims)
        return [aim for aim in aims if has_key(keys, aim)]

    def _candidates(self, keys: tuple[str, ...]) -> list[Shape]:
        found = self._by_keys.get(keys)
        if found is None:
            if len(self._by_keys) >= _REMEMBERED:
                self._by_keys.clear()
            found = self._by_keys[keys] = list(self._fitting(frozenset(keys)))
        return found

    def _fitting(self, keys: frozenset[str]) -> Iterator[Shape]:
        named = next((each for each in (self.mapped, self._unanswered) if each is not None and each.fits(keys)), None)
        if named is not None:
            yield named
            return
        if len(keys) > _MOST_KEYS or is_export(keys):
            return
        known: Sequence[Shape] = _known(keys)
        first = known[0].name if known else ""
        guesses = zip(self._clear, self._guessed, strict=True)
        better = [shape for guess, shape in guesses if shape.fits(keys) and (not known or first in guess.over)]
        if any(first in guess.over and guess.keys >= keys for guess in self._guesses if not guess.clear):
            known = ()  # the values do not fit the shape, and only the user can say what they are
        yield from better[:1] or known


@lru_cache(maxsize=_SHARED)
def _known(keys: frozenset[str]) -> tuple[Shape, ...]:
    """Return the shapes that ``keys`` fit; found once for all detectors of a run, which has several."""
    return tuple(shape for shape in SHAPES if shape.fits(keys))


def _detector(columns: Mapping[str, str], guesses: Sequence[Guess], held: bool, idle: list[str]) -> Detector:
    return Detector(columns, guesses, held=held, idle=idle)


def countable(what: Categories, shapes: pl.Series) -> bool:
    """Return whether the key ``label``, or the response, may be a category in all of these ``shapes``."""
    return _UNCOUNTED[what].isdisjoint(shapes.unique())


def _resolved(candidates: Sequence[Shape], value: dict[str, Any]) -> list[Shape]:
    """Return the shapes among ``candidates`` that a row has by its values."""
    found: list[Shape] = []
    families: dict[str, Shape] = {}
    for shape in candidates:
        if shape.decided_by is not None:
            key, test = shape.decided_by
            if key in value and not test(value[key]):
                continue
        if shape.sole:
            return [shape]
        first = families.setdefault(shape.family, shape) if shape.family else shape
        # The first of a family counts; but two variants of one shape are two readings of the row.
        if first is shape or first.name == shape.name:
            found.append(shape)
    return found


def described(shapes: Sequence[Shape]) -> tuple[str, ...]:
    """Return the names of the shapes that a row fits, or their titles where names are not enough."""
    names = tuple(shape.name for shape in shapes)
    return names if len(set(names)) == len(names) else tuple(shape.title for shape in shapes)


def _is_null(item: object) -> bool:
    return item is None
