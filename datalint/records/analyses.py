"""What the analyses of a dataset found, and how rows are read again for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Protocol

from datalint.records.category import Category
from datalint.records.leaks import Contamination, Leak, Paraphrase, SharedGroup, SharedPart
from datalint.support.classes import frozen, mutable
from datalint.support.named_tuple import NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from datalint.advise.facts import Training
    from datalint.core.targets import TargetResult

#: The fewest rows of a common template family, and their least share of all rows.
_LEAST_OF_FAMILY: Final = 10
_LEAST_SHARE: Final = 0.01


#: What is shown of an example without a text, such as one of token ids.
NO_TEXT: Final = "(no text)"


class Text(NamedTuple):
    """The texts of one example: what is read, what is learned, the system prompt, and what a preference prefers.

    ``response`` has both sides of a preference; ``chosen`` is empty if the example is no preference.
    """

    prompt: str
    response: str
    system: str
    chosen: str = ""


@dataclass(slots=True)
class Group:
    """Rows that are one and the same by some measure; ``rows[0]`` is the anchor.

    ``rows`` are indices into ``Dataset.examples``; ``similarities[i]`` is that of ``rows[i]`` to the anchor.
    ``names[i]`` is the name of the intent of ``rows[i]``, where rows are of intents that have names. ``key`` is one
    that is not read and differs in all of the rows, where it does so in most groups.
    """

    rows: list[int]
    similarities: list[float] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    key: str = ""


@dataclass(slots=True)
class Family(Group):
    """A template family: rows whose prompts are equal once numbers, names and quoted words are masked.

    ``repeated`` is the share of its rows whose response is then that of other rows too, estimated from some of them.
    """

    repeated: float = 0.0

    def is_common(self, rows: int) -> bool:
        """Return whether the family is so large that at most a hundred of its size make up ``rows`` rows.

        The guide calls fewer than 100 examples overfitting. A family of fewer than ten rows may be chance.
        """
        return len(self.rows) >= max(_LEAST_OF_FAMILY, _LEAST_SHARE * rows)


@mutable
class Review:
    """The field that says which rows a person reviewed."""

    key: str
    reviewed: int
    total: int
    first_unreviewed: int | None


class RowReader(Protocol):
    """Reads rows of the training set again."""

    def texts(self, rows: Sequence[int]) -> list[Text]:
        """Return the texts of ``rows``, in the order asked for."""
        ...

    def records(self, rows: Sequence[int]) -> list[dict[str, Any]]:
        """Return the parsed records of ``rows``, in the order asked for."""
        ...


class FileFinder(Protocol):
    """Looks for files that rows name; ``looked_for`` says of every place that it looked at what was there.

    ``read`` are the files next to the data of which more than the name was looked at.
    """

    looked_for: dict[str, bool]
    read: set[str]

    def of(self, paths: Sequence[str]) -> FileFinder:
        """Return what looks for files next to others than the data, and notes what it finds in the same place."""
        ...

    def has(self, file: int, name: str) -> bool | None:
        """Return whether there is a file of this name, relative to a file of the data; None where it can't be known."""
        ...

    def is_near(self, file: int, name: str) -> bool | None:
        """Do the same for a name that the program made up, which may lead to a folder next to that of the data."""
        ...


@frozen
class NearSearch:
    """How near-duplicates were searched for.

    A ``complete`` search misses nothing. ``limited`` counts the rows of crowds or templates that were compared with few
    others. The rest are the settings of the search.
    """

    view: str
    shingle: str
    threshold: float
    complete: bool
    limited: int


@frozen
class InPlace:
    """Equal lines of a plain text, or rows of pairs, that are no copies, as their place has a meaning.

    ``file`` is the number of the file, and ``lines`` how many repeat an earlier one. ``other`` is the name of the file
    with the other side of a parallel corpus, and ``pairs`` the key that sides of a pair share, which are a row each;
    else they are headings and formulas, lines of a ``running`` text, ``tagged`` sentences of a few tokens,
    ``exchanges`` of a dialogue in which each answer is what the next row answers, lines that begin with who speaks
    (``spoken``), or consist of ``signs``, answers whose prompts are in another file (``unasked``), or turns of a
    ``dialogue`` by its name or by labels.
    """

    file: int
    lines: int
    other: str = ""
    running: bool = False
    tagged: bool = False
    pairs: str = ""
    exchanges: bool = False
    spoken: bool = False
    signs: bool = False
    unasked: bool = False
    dialogue: bool = False


class OtherValues(NamedTuple):
    """Rows with the texts of another one that differ in a ``key`` that is not read, so that none is a mere copy.

    The key says what the row is: its label or, if ``is_run``, the run or person that one text was given to. If
    ``is_part``, it says which words of the text the row is about, or where they are.
    """

    key: str
    rows: tuple[int, ...]
    is_run: bool
    is_part: bool = False


class Nearby(NamedTuple):
    """A file near the data that may be its evaluation set: its path from the folder of the data.

    ``common`` is how many of its first rows are among the first ones of the data, word for word. ``more`` are files
    that may be parts of the same set. One in ``other_layout`` has other columns, and one of ``versions`` has another
    version of the text of each row, such as a corrected one. With ``training``, the file and the
    training file at that path were made from the data.
    """

    path: str
    common: int = 0
    more: tuple[str, ...] = ()
    other_layout: bool = False
    versions: bool = False
    training: str = ""


@frozen
class Analyses:
    """What the analyses of a run found in the merged dataset; those that nothing needs find nothing.

    ``anchor`` has for each row the first row of its cluster: over exact, normalised and near repeats together.
    ``near_search`` and ``leak_search`` say how near-duplicates were searched for, None where they were not.
    ``in_place`` are equal lines that are no repeats, ``other_values`` rows that have the texts of another one and
    another label, and ``continued`` is how many similar rows are no repeats, being
    another row with further turns. ``other_answers`` are evaluation files whose answers are under a
    key that the training rows have, but do not learn. ``brief_leaks`` are of labelled texts and of formulas
    of a few words, which any two samples of one source have in common, and are not among ``leaks``.
    ``shared_responses`` are how many evaluation rows have a long and rare response of a training row, and are no leaks.
    ``group_key`` is the key of groups of rows, which are yet to be divided, empty for none.
    ``connected`` are the training and evaluation rows of the largest group that a split keeps on one side.
    ``maybe_evaluation`` are words on a weak sign that the data is an evaluation set, or for something else than
    training, where nobody says what it is.
    ``more_examples`` are how many more examples than rows the training and the evaluation set have, as passages with
    several questions count once for each answer, and ``independent_shapes`` are the shapes of such rows.
    """

    exact: list[Group]
    normalized: list[Group]
    anchor: NDArray[np.int64]
    near: list[Group] = field(default_factory=list)
    in_place: tuple[InPlace, ...] = ()
    other_values: tuple[OtherValues, ...] = ()
    continued: int = 0
    near_search: NearSearch | None = None
    leak_search: NearSearch | None = None
    families: list[Family] = field(default_factory=list)
    conflicts: list[Group] = field(default_factory=list)
    repeated_prompts: list[Group] = field(default_factory=list)
    leaks: list[Leak] = field(default_factory=list)
    brief_leaks: list[Leak] = field(default_factory=list)
    other_answers: tuple[int, ...] = ()
    category: Category | None = None
    evaluation_category: Category | None = None
    review: Review | None = None
    shared_groups: list[SharedGroup] = field(default_factory=list)
    shared_part: SharedPart | None = None
    group_key: str = ""
    connected: tuple[int, int] = (0, 0)
    shared_responses: int = 0
    near_prompts: list[Leak] = field(default_factory=list)
    paraphrases: list[Paraphrase] = field(default_factory=list)
    contamination: Contamination | None = None
    provenance: tuple[str, ...] = ()
    evaluation_nearby: Nearby | None = None
    maybe_evaluation: str = ""
    files_alike: int = 0
    files_of_classes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    targets: tuple[TargetResult, ...] = ()
    training: Training | None = None
    more_examples: tuple[int, int] = (0, 0)
    independent_shapes: frozenset[str] = frozenset()
