"""Values: numbers, names and opposites that make similar rows different examples instead of near-duplicates."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import polars as pl

from datalint.records.analyses import Text

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: The columns of examples by which :class:`Values` decides which rows to read.
VALUE_COLUMNS: Final = ("template", "templated", "prompt_chars", "response_chars", "response_hash")
#: Prompts of up to this many characters are read, and up to this many words are commands that one value changes.
_SHORT_CHARS: Final = 200
_SHORT_WORDS: Final = 25
#: Pairs that are decided at a time, and rows whose words are kept in memory.
_PAIRS: Final = 4_096
_KEPT: Final = 16_384
#: Characters of a text in which values are looked for, and of an answer in which what is asked about is.
_READ: Final = 20_000
_ANSWERED: Final = 1_000
#: Names are recognised by their capitals if at most this share of the words begins with one, or is in capitals.
_NAMES: Final = 0.5
_CAPITALS: Final = 0.2

_SPACELESS: Final = "\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
# A text, compiled on first use: compiling classes of so many characters takes as long as importing ten modules.
_WORD: Final = rf"\d+(?:[.,:/]\d+)*|[{_SPACELESS}]|[^\W\d_{_SPACELESS}]+(?:['’][^\W\d_{_SPACELESS}]+)*"
#: Text before the first word of a sentence or line, whose capital has no meaning.
_ENDS: Final = frozenset(".!?:;\n•*#>-")
_NUMBERS: Final = frozenset(
    """one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred thousand million
    first second third fourth fifth half double triple 一 二 三 四 五 六 七 八 九 十 百 千 万""".split()
)
_NEGATIONS: Final = frozenset(
    """not no never without none neither nor cannot nicht kein keine keinen nie ohne ne pas jamais sans не нет
    不 没 非 无""".split()
)
_OPPOSITES: Final = (
    "on off", "open close", "opened closed", "start stop", "up down", "increase decrease", "increasing decreasing",
    "raise lower", "maximum minimum", "max min", "largest smallest", "biggest smallest", "greatest smallest",
    "larger smaller", "greater smaller", "greater less", "highest lowest", "high low", "higher lower", "first last",
    "before after", "left right", "true false", "enable disable", "enabled disabled", "add remove", "add subtract",
    "add delete", "insert delete", "multiply divide", "positive negative", "even odd", "more less", "more fewer",
    "most least", "longest shortest", "long short", "longer shorter", "cheap expensive", "cheapest expensive",
    "ascending descending", "male female", "hot cold", "warm cool", "buy sell", "in out", "with without", "lock unlock",
    "encrypt decrypt", "encode decode", "uppercase lowercase", "upper lower", "row column", "rows columns",
    "tallest shortest", "youngest oldest", "young old", "fast slow", "faster slower", "win lose", "good bad",
    "better worse", "best worst", "always never", "yes no", "all none", "mute unmute", "show hide", "push pull",
    "import export", "upload download", "accept reject", "agree disagree", "like dislike", "advantages disadvantages",
    "day night", "morning evening", "minutes hours", "minutes seconds", "hours days", "days weeks", "weeks months",
    "months years", "开 关", "大 小", "高 低", "上 下", "左 右", "多 少", "前 后", "长 短", "快 慢", "升 降", "增 减",
    "男 女", "早 晚", "是 否", "好 坏", "真 假", "买 卖",
)  # fmt: skip
#: Affixes that turn a word into its opposite.
_PREFIXES: Final = ("un", "in", "im", "ir", "non", "dis")
_OPPOSITE: Final[dict[str, set[str]]] = {}
for _pair in _OPPOSITES:
    for _one, _other in (_pair.split(), _pair.split()[::-1]):
        _OPPOSITE.setdefault(_one, set()).add(_other)


class _Words(NamedTuple):
    """The words of a text in lower case with their counts, and those that are numbers or names.

    ``begins`` are those with a capital that begin a sentence, ``answer`` the beginning of what is answered.
    """

    counts: Counter[str]
    values: frozenset[str]
    begins: frozenset[str] = frozenset()
    answer: str = ""

    @classmethod
    def of(cls, text: str, answer: str = "") -> _Words:
        """Split a text."""
        counts: Counter[str] = Counter()
        numbers: set[str] = set()
        names: set[str] = set()
        capitals: set[str] = set()
        begins: set[str] = set()
        letters = 0
        for match in re.finditer(_WORD, text[:_READ]):
            word = match.group()
            folded = word.casefold()
            counts[folded] += 1
            if word[0].isdigit() or folded in _NUMBERS:
                numbers.add(folded)
                continue
            letters += 1
            if not word[0].isupper():
                continue
            if _begins_sentence(text, match.start()):
                begins.add(folded)
            else:
                (capitals if len(word) > 1 and word.isupper() else names).add(folded)
        # In a text in capitals, and in code with keywords in capitals, they have no meaning.
        if len(names) <= _NAMES * letters:
            numbers |= names
        if len(capitals) <= _CAPITALS * letters:
            numbers |= capitals
        return cls(counts, frozenset(numbers), frozenset(begins), answer[:_ANSWERED])

    @property
    def size(self) -> int:
        """The number of words."""
        return self.counts.total()


def differ_in_values(one: _Words, other: _Words, *, same_answer: bool) -> bool:
    """Return whether the values of two similar texts make them different examples.

    They do if the texts differ only in numbers and names; if other words differ as well, in short texts with different
    answers. Opposites and negations do in texts with different answers, and so do words that differ in the answers too.
    """
    only, other_only = one.counts - other.counts, other.counts - one.counts
    if not only and not other_only:
        return False
    values = one.values | other.values
    if any(word[0].isdigit() for word in only) and any(word[0].isdigit() for word in other_only):
        # "Isabel picked 66" and "Wendy picked 103": where numbers differ, the first words may be names.
        values |= one.begins | other.begins
    opposed = _opposed(only, other_only) | _opposed(other_only, only)
    differing = only.keys() | other_only.keys()
    negated = {word for word in differing if word in _NEGATIONS or word.endswith(("n't", "n’t"))}
    rest = differing - values
    if not rest:
        return True
    if same_answer:
        return False
    if not rest - opposed - negated or not rest - opposed - negated - _exchanged(one, other, only, other_only):
        return True
    numbers = {word for word in differing if word[0].isdigit() or word in _NUMBERS}
    return bool(opposed or negated or numbers) and max(one.size, other.size) <= _SHORT_WORDS


def _exchanged(one: _Words, other: _Words, only: Iterable[str], other_only: Iterable[str]) -> set[str]:
    """Return the words that differ in the texts and in their answers, such as "gold" and "iron"."""
    answered, other_answered = ({each.casefold() for each in re.findall(_WORD, text.answer)} for text in (one, other))
    mine = {word for word in only if word in answered and word not in other_answered}
    theirs = {word for word in other_only if word in other_answered and word not in answered}
    return mine | theirs if mine and theirs else set()


def _opposed(words: Iterable[str], others: Container[str]) -> set[str]:
    """Return those of ``words`` that have an opposite among ``others``."""
    return {word for word in words if any(each in others for each in _opposites(word))}


def _opposites(word: str) -> Iterator[str]:
    yield from _OPPOSITE.get(word, ())
    for prefix in _PREFIXES:
        yield prefix + word
        if word.startswith(prefix):
            yield word[len(prefix) :]


class Values:
    """Decides from the texts of similar rows whether they differ in values; reads only rows that may."""

    def __init__(self, examples: pl.DataFrame, texts: Callable[[Sequence[int]], list[Text]]) -> None:
        """Prepare.

        Args:
            examples: :data:`VALUE_COLUMNS` of all rows.
            texts: reads the texts of rows.
        """
        self._texts = texts
        self._template = examples["template"].fill_null(0).to_numpy()
        self._templated = examples["templated"].to_numpy()
        self._prompted = examples["prompt_chars"].to_numpy() > 0
        chars = examples.select(pl.when(pl.col("prompt_chars") > 0).then("prompt_chars").otherwise("response_chars"))
        self._short = chars.to_series().to_numpy() <= _SHORT_CHARS
        self._answered = self._prompted & (examples["response_chars"].to_numpy() > 0)
        self._response = examples["response_hash"].to_numpy()
        self._words: dict[int, _Words] = {}

    def different(self, first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return which pairs of rows differ in values; rows without a prompt are compared by their responses."""
        result = np.zeros(len(first), np.bool_)
        of_template = self._template[first] == self._template[second]
        changed = self._templated[first] != self._templated[second]
        possible = np.flatnonzero(changed & (of_template | (self._short[first] & self._short[second])))
        same = self._answered[first] & (self._response[first] == self._response[second])
        for start in range(0, len(possible), _PAIRS):
            some = possible[start : start + _PAIRS]
            self._read(np.unique(np.concatenate([first[some], second[some]])).tolist())
            for place, one, other, answer in zip(
                some.tolist(), first[some].tolist(), second[some].tolist(), same[some].tolist(), strict=True
            ):
                result[place] = differ_in_values(self._words[one], self._words[other], same_answer=answer)
        return result

    def _read(self, rows: list[int]) -> None:
        if len(self._words) > _KEPT:
            self._words = {row: self._words[row] for row in rows if row in self._words}
        missing = [row for row in rows if row not in self._words]
        for row, text in zip(missing, self._texts(missing) if missing else (), strict=True):
            self._words[row] = _Words.of(text.prompt or text.response, text.response if text.prompt else "")


def _begins_sentence(text: str, start: int) -> bool:
    before = start - 1
    while before >= 0 and text[before] in " \t\"'“(":
        before -= 1
    return before < 0 or text[before] in _ENDS
