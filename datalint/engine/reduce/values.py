"""Values: numbers, names and opposites that make similar rows different examples instead of near-duplicates."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple
from unicodedata import decimal

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
#: Most words of a question in which another word asks for something else, whatever the answer, and the fewest
#: characters of an answer that says whether it does.
_ASKED_WORDS: Final = 60
_TELLING: Final = 20
#: Words of its own that a part of a text has at least.
_OWN_PART: Final = 3
#: Prompts of up to this many characters are read if the answers differ as well.
_ANSWERED_CHARS: Final = 8_000
#: Letters that two forms of a word share at least, but for their last two.
_STEM: Final = 3
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
#: Words that say nothing about a subject, and verbs that ask for an answer: others in their place mean the same.
_COMMON: Final = frozenset(
    """a an the of to in on at for from by with and or but as if so than then that this these those it its is are was
    were be been do does did has have had can could would should will may might must i me my we us our you your he him
    his she her they them their there here what which who whom whose how why when where please kindly also just only
    very some any all both each other another such more most give show find list tell write compute calculate determine
    explain describe name provide create generate make produce sort order return get identify state mention display
    present outline summarize suggest compose draft develop design construct build want need like know help let out up
    the le la les un une de du des el los las y et und der die das ein eine
    的 了 是 在 和 与 及 或 请 吗 呢 吧 啊 么 什 何 哪 怎 样 如 这 那 个 一 些 种 有 会 能 可 以 为 对 从 到 我
    你 您 他 她 它 们 给 把 被 也 都 就 并 说 写 列 出 解 释 描 述 生 成 计 算
    は が を に で と の も か し て い た す る ま""".split()
)
#: Affixes that turn a word into its opposite.
_PREFIXES: Final = ("un", "in", "im", "ir", "non", "dis")
_OPPOSITE: Final[dict[str, set[str]]] = {}
for _pair in _OPPOSITES:
    for _one, _other in (_pair.split(), _pair.split()[::-1]):
        _OPPOSITE.setdefault(_one, set()).add(_other)


class _Words(NamedTuple):
    """The words of a text in lower case with their counts, and those that are numbers or names.

    ``begins`` are those with a capital that begin a sentence, ``answer`` the beginning of what is answered, ``order`` a
    hash of the words in their order; ``asked`` is true for a prompt, and ``asks`` for one that ends with a question.
    """

    counts: Counter[str]
    values: frozenset[str]
    begins: frozenset[str] = frozenset()
    answer: str = ""
    asked: bool = False
    order: int = 0
    asks: bool = False

    @classmethod
    def of(cls, text: str, answer: str = "", *, asked: bool = False) -> _Words:
        """Split a text."""
        counts: Counter[str] = Counter()
        numbers: set[str] = set()
        names: set[str] = set()
        capitals: set[str] = set()
        begins: set[str] = set()
        letters = order = 0
        for match in re.finditer(_WORD, text[:_READ]):
            word = match.group()
            folded = word.casefold() if word.isascii() else _plain(word)
            counts[folded] += 1
            order = hash((order, folded))
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
        return cls(
            counts,
            frozenset(numbers),
            frozenset(begins),
            answer[:_ANSWERED],
            asked,
            order,
            asked and ("?" in text or "？" in text),
        )

    @property
    def size(self) -> int:
        """The number of words."""
        return self.counts.total()


def differ_in_values(one: _Words, other: _Words, *, same_answer: bool) -> bool:
    """Return whether the values of two similar texts make them different examples.

    They do if the texts differ only in numbers and names, or in the order of words; if other words differ as well, in
    short texts with different answers. Opposites and negations do in texts with different answers, and so do words that
    differ in the answers too. A word in the place of another one ("caps" and "shoes") does in short questions whose
    answers are labels, or missing.
    """
    only, other_only = one.counts - other.counts, other.counts - one.counts
    if not only and not other_only:
        # "From Python to R" is another task than "from R to Python".
        return one.asked and not same_answer and one.order != other.order
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
    longest = max(one.size, other.size)
    telling = len(one.answer) >= _TELLING and len(other.answer) >= _TELLING
    if not telling and one.asks and other.asks and longest <= _ASKED_WORDS and _replaces(only, other_only):
        return True
    # Two pairs with a label, or two comments on one headline, share one part, and have another of their own.
    if not telling and one.answer and other.answer and min(_owned(only, other_only)) >= _OWN_PART:
        return True
    if same_answer:
        return False
    if not rest - opposed - negated or not rest - opposed - negated - _exchanged(one, other, only, other_only):
        return True
    numbers = {word for word in differing if word[0].isdigit() or word in _NUMBERS}
    return bool(opposed or negated or numbers) and longest <= _SHORT_WORDS


def _replaces(only: Collection[str], other_only: Collection[str]) -> bool:
    """Return whether each text has words of its own, about as many, which are no other forms of those of the other."""
    mine, theirs = _owned(only, other_only)
    return min(mine, theirs) > 0 and max(mine, theirs) <= 2 * min(mine, theirs)


def _owned(only: Collection[str], other_only: Collection[str]) -> tuple[int, int]:
    """Return how many words of its own each of two texts has."""
    return sum(_own(word, other_only) for word in only), sum(_own(word, only) for word in other_only)


def _own(word: str, others: Iterable[str]) -> bool:
    if word in _COMMON or word[0].isdigit():
        return False
    stem = word[: max(len(word) - 2, _STEM)]
    return not any(each.startswith(stem) or word.startswith(each[: max(len(each) - 2, _STEM)]) for each in others)


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
        self._readable = self._answered & (examples["prompt_chars"].to_numpy() <= _ANSWERED_CHARS)
        self._response = examples["response_hash"].to_numpy()
        self._words: dict[int, _Words] = {}

    def different(self, first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return which pairs of rows differ in values; rows without a prompt are compared by their responses."""
        result = np.zeros(len(first), np.bool_)
        of_template = self._template[first] == self._template[second]
        changed = self._templated[first] != self._templated[second]
        same = self._answered[first] & (self._response[first] == self._response[second])
        answered = self._readable[first] & self._readable[second] & ~same
        possible = np.flatnonzero(changed & (of_template | (self._short[first] & self._short[second]) | answered))
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
            self._words[row] = _Words.of(
                text.prompt or text.response, text.response if text.prompt else "", asked=bool(text.prompt)
            )


def _plain(word: str) -> str:
    """Return a word in lower case, and a number of any script in ASCII's digits."""
    if not word[0].isdecimal():
        return word.casefold()
    return "".join(str(decimal(each)) if each.isdecimal() else each for each in word)


def _begins_sentence(text: str, start: int) -> bool:
    before = start - 1
    while before >= 0 and text[before] in " \t\"'“(":
        before -= 1
    return before < 0 or text[before] in _ENDS
