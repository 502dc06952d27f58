"""Values: numbers, names and opposites that make similar rows different examples instead of near-duplicates."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from math import ceil
from typing import TYPE_CHECKING, Final, TypeVar

import numpy as np
import polars as pl

from datalint.engine.reduce.comparing.asked_otherwise import ask_otherwise
from datalint.engine.reduce.comparing.batches import batches
from datalint.engine.reduce.comparing.calculations import calculate_others, restate_formulas
from datalint.engine.reduce.comparing.choices import Choices
from datalint.engine.reduce.comparing.compared_texts import (
    are_joined,
    are_pairs,
    compare_others,
    have_other_labels,
    replace_number,
)
from datalint.engine.reduce.comparing.dataset_words import DatasetWords
from datalint.engine.reduce.comparing.differing import Difference, differ_in_values
from datalint.engine.reduce.comparing.marked_words import leave_others_out, mark_others
from datalint.engine.reduce.comparing.other_evidence import have_other_evidence
from datalint.engine.reduce.comparing.permuted_options import Choice, choice_in, choose_others
from datalint.engine.reduce.comparing.queries import are_queries_for_more, name_other_columns
from datalint.engine.reduce.comparing.rejected import PreferencePair, answer_others, prefer_others, reject_others
from datalint.engine.reduce.comparing.rewriting import rewrite_otherwise
from datalint.engine.reduce.comparing.several_answers import rows_of_several
from datalint.engine.reduce.comparing.shared_contexts import SharedContexts
from datalint.engine.reduce.comparing.short_texts import say_others
from datalint.engine.reduce.comparing.spelled_words import are_spelled
from datalint.engine.reduce.comparing.stated_answers import StatementsOfRows
from datalint.engine.reduce.comparing.text_words import TELLING, Words, words_of
from datalint.engine.reduce.comparing.translated_pairs import translate_others
from datalint.engine.reduce.comparing.variants import are_brief, are_forms, are_variants
from datalint.records.analyses import Text
from datalint.shapes.formats import contrastive, inference_pair
from datalint.support.duplicates import frequent

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from datalint.engine.execute.row_reader import Reader, Readers

_Read = TypeVar("_Read")
#: The columns of examples by which :class:`Values` decides which rows to read.
VALUE_COLUMNS: Final = (
    "template", "templated", "context", "prompt_chars", "response_chars", "response_hash", "is_preference", "shape",
)  # fmt: skip
#: Texts that ask nothing are compared up to this many characters.
_SHORT_CHARS: Final = 200
#: Prompts of up to this many characters are read, texts in which a template may have written a prompt, and, if they may
#: leak, such texts.
_ASKED_CHARS: Final = 8_000
_WRITTEN_CHARS: Final = 4_000
_LEAKING_CHARS: Final = 2_000
#: Characters of an answer that names one of the options of a long prompt: "(B)".
_LETTER: Final = 3
#: Rows from which on a prompt is an instruction: what they are about stands in their responses.
_INSTRUCTED: Final = 20
#: Rows and their share from which on an answer is common, as labels are.
_COMMON: Final = 10
_COMMON_SHARE: Final = 0.005
#: Different prompts of one template from which on the names in its places are what it is asked about.
_FILLED: Final = 5
#: Rows whose words are kept in memory.
_KEPT: Final = 16_384
#: Shapes whose prompts are texts to compare.
_COMPARED: Final = (inference_pair.SHAPE.name, contrastive.SHAPE.name)


class Values:
    """Decides from the texts of similar rows whether they are different examples; reads no rows that cannot be.

    Rows of one template are of one of the ``families``.
    """

    def __init__(self, examples: pl.DataFrame, reader: Reader | Readers, *, sides: bool = False) -> None:
        """Prepare.

        Args:
            examples: :data:`VALUE_COLUMNS` of all rows.
            reader: reads the texts of rows, and keeps their words for the next search.
            sides: whether rows of one prompt differ if their answers contradict each other, reject different answers
                as preferences, or are several by design, and whether variants of a row differ from it. They repeat
                each other less than they teach together; but one of them leaks the other.
        """
        self._texts = reader.texts
        template = examples["template"]
        self.families = (template.fill_null(0) if template.null_count() else template).to_numpy()
        self._templated = examples["templated"].to_numpy()
        self._templates = examples[["template", "templated"]]
        self._prompted = examples["prompt_chars"].to_numpy() > 0
        sizes = np.where(self._prompted, examples["prompt_chars"].to_numpy(), examples["response_chars"].to_numpy())
        self._short = sizes <= _SHORT_CHARS
        self._readable = sizes <= np.where(self._prompted, _ASKED_CHARS, _WRITTEN_CHARS if sides else _LEAKING_CHARS)
        self._preferred = examples["is_preference"].to_numpy()
        self._answered = self._prompted & (examples["response_chars"].to_numpy() > 0)
        self._lettered = self._answered & (examples["response_chars"].to_numpy() <= _LETTER)
        self._response = examples["response_hash"].to_numpy()
        short = examples["response_chars"].to_numpy() <= _SHORT_CHARS
        [often] = frequent(self._templated, _INSTRUCTED)
        self._instructed = self._prompted & short & often
        [common] = frequent(self._response, ceil(max(_COMMON, _COMMON_SHARE * len(sizes))))
        self._common = self._answered & common
        self._several = rows_of_several(examples, reader.texts) if sides else np.zeros(len(sizes), np.bool_)
        self._input = examples["context"].to_numpy()
        self._is_compared = np.logical_or.reduce([(examples["shape"] == each).to_numpy() for each in _COMPARED])
        self._words = reader.words
        self._responses: dict[int, Words] = {}
        self._answers: dict[int, PreferencePair] = {}
        self._statements = StatementsOfRows()
        self._choices: dict[int, Choice | None] = {}
        self._listed = Choices(examples, reader)
        self._contexts = SharedContexts(reader.texts, sizes)
        self._dataset = DatasetWords(
            reader.texts,
            asked=self._prompted & self._readable,
            learned=self._answered & self._readable & ~self._preferred,
        )
        self._sides = sides

    def different(self, first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return which pairs of rows are different examples; those without a prompt are compared by their responses."""
        result = np.zeros(len(first), np.bool_)
        of_template = self.families[first] == self.families[second]
        changed = self._templated[first] != self._templated[second]
        same = self._answered[first] & (self._response[first] == self._response[second])
        readable = self._readable[first] & self._readable[second]
        close = of_template | (self._short[first] & self._short[second])
        for some, rows in batches(np.flatnonzero(changed & (of_template | readable)), first, second):
            self._read(rows, self._words, words_of)
            columns = (each[some].tolist() for each in (first, second, same, close))
            result[some] = [
                self._differ(self._words[row], self._words[partner], row, same=alike, close=near)
                for row, partner, alike, near in zip(*columns, strict=True)
            ]
        long = changed & ~readable & self._lettered[first] & self._lettered[second]
        self._compare(result, long, first, second, self._choices, _choice_of, choose_others)
        self._compare_parts(result, changed & ~of_template & ~readable & ~result, first, second)
        listed = changed & self._listed.is_listed[first] & self._listed.is_listed[second] & ~result
        for some, rows in batches(np.flatnonzero(listed), first, second):
            choices = self._listed.of(rows)
            pairs = zip(first[some].tolist(), second[some].tolist(), strict=True)
            result[some] = [choose_others(choices.get(row), choices.get(partner)) for row, partner in pairs]
        alone = self._instructed & ~self._preferred
        self._compare(
            result, ~changed & alone[first] & alone[second], first, second, self._responses, _as_asked, _say_otherwise
        )
        if self._sides:
            several = self._several[first] & (self._input[first] == self._input[second])
            result |= several & (self._response[first] != self._response[second])
            learned = self._answered & ~self._preferred
            which = ~changed & ~same & learned[first] & learned[second]
            stated = self._statements
            self._compare(result, which, first, second, stated.kept, stated.of, stated.differ)
            paired = self._prompted & self._preferred
            which = ~changed & paired[first] & paired[second]
            self._compare(result, which, first, second, self._answers, PreferencePair, reject_others)
            which = changed & readable & paired[first] & paired[second] & ~result
            self._compare(result, which, first, second, self._answers, PreferencePair, prefer_others)
            which = self._preferred[first] & self._preferred[second] & ~result
            self._compare(result, which, first, second, self._answers, PreferencePair, answer_others)
        return result

    def _compare_parts(
        self,
        result: NDArray[np.bool_],
        which: NDArray[np.bool_],
        first: NDArray[np.int64],
        second: NDArray[np.int64],
    ) -> None:
        """Add to the result which of the pairs ``which``, of long prompts, are different by the parts that differ."""
        some = np.flatnonzero(which & self._prompted[first] & self._prompted[second])
        rows, partners = first[some].tolist(), second[some].tolist()
        same = (self._answered[first[some]] & (self._response[first[some]] == self._response[second[some]])).tolist()
        result[some] = [
            parts is not None and self._differ(*parts, row, same=alike, close=False, whole=False)
            for row, alike, parts in zip(rows, same, self._contexts.pairs(rows, partners), strict=True)
        ]

    def _differ(self, one: Words, other: Words, row: int, *, same: bool, close: bool, whole: bool = True) -> bool:
        """Return whether two texts with other prompts, the first of which is of a ``row``, are different examples.

        ``same`` says that they have one response, ``close`` that they are of one template, or short, and ``whole`` that
        the texts are no parts of the prompts.
        """
        if mark_others(one.text, other.text) or (self._sides and leave_others_out(one.text, other.text)):
            return True
        alike = same or (one.asked and not self._prompted[row] and one.answer == other.answer)
        found = Difference(one, other, common_answer=self._sides and same and bool(self._common[row]))
        if not self._sides and one.asked and same and have_other_evidence(found, self._are_rare):
            return False
        if one.asked or close:
            if found.is_of_examples(same_answer=alike):
                return True
        elif self._sides and (found.is_of_values() or found.is_of_opposites()):
            return True
        # "India" and "Indonesia" share letters, and are two countries of a template.
        if one.asked and found.is_of_values() and int(self.families[row]) in self._filled:
            return True
        if not self._answered[row] and say_others(found):
            return True
        if one.asked and choose_others(choice_in(one.text, one.answer), choice_in(other.text, other.answer)):
            return True
        pairs = self._is_compared[row] or are_pairs(one, other) or are_joined(one, other)
        if pairs and compare_others(one, other, same_answer=alike):
            return True
        if not one.asked and are_spelled(found):
            return True
        if replace_number(found) or calculate_others(found) or (not self._sides and have_other_labels(found)):
            return True
        if (
            restate_formulas(found)
            or are_queries_for_more(found)
            or name_other_columns(found)
            or (one.asked and whole and self._dataset.instructions.share_topic(one, other))
            or (one.asked and not alike and self._dataset.instructions.differ(found))
        ):
            return True
        if not alike and translate_others(found):
            return True
        return self._sides and self._differ_as_sides(found, row, alike=alike, whole=whole)

    def _differ_as_sides(self, found: Difference, row: int, *, alike: bool, whole: bool) -> bool:
        """Return whether two texts that repeat each other in part teach more together than one of them."""
        one, other = found.one, found.other
        if found.of_labels and len(one.answer) >= TELLING and one.answer_sequence != other.answer_sequence:
            return True  # one of several labels differs, and a fix would decide which is right
        answered = bool(self._answered[row])
        common = not answered or bool(self._common[row])
        return (
            self._dataset.information.are_two_examples(found, same_answer=alike and not found.of_labels, whole=whole)
            or are_variants(found)
            or (answered and common and are_brief(found))
            or (one.asked and are_forms(found))
            or ask_otherwise(found, same_answer=alike, common=common)
            or (self._dataset.rewritten and rewrite_otherwise(one, other))
        )

    @cached_property
    def _filled(self) -> frozenset[int]:
        """The templates of several different prompts, which names or numbers fill."""
        several = self._templates.drop_nulls().unique().group_by("template").len().filter(pl.col("len") >= _FILLED)
        return frozenset(several["template"].to_list())

    def _are_rare(self, words: Iterable[str]) -> bool:
        return self._dataset.information.has_rare(words)

    def _compare(
        self,
        result: NDArray[np.bool_],
        which: NDArray[np.bool_],
        first: NDArray[np.int64],
        second: NDArray[np.int64],
        kept: dict[int, _Read],
        make: Callable[[Text], _Read],
        differ: Callable[[_Read, _Read], bool],
    ) -> None:
        """Add to the result which of the pairs ``which``, of the same prompts or long ones, are different examples."""
        for some, rows in batches(np.flatnonzero(which), first, second):
            self._read(rows, kept, make)
            result[some] |= [
                differ(kept[row], kept[partner])
                for row, partner in zip(first[some].tolist(), second[some].tolist(), strict=True)
            ]

    def _read(self, rows: list[int], kept: dict[int, _Read], make: Callable[[Text], _Read]) -> None:
        missing = [row for row in rows if row not in kept]
        if len(kept) + len(missing) > _KEPT:
            needed = set(rows)
            for row in [row for row in kept if row not in needed]:
                del kept[row]
        for row, text in zip(missing, self._texts(missing) if missing else (), strict=True):
            kept[row] = make(text)


def _as_asked(text: Text) -> Words:
    return Words(text.response, asked=True)


def _say_otherwise(one: Words, other: Words) -> bool:
    """Return whether two short responses to one instruction are different examples, as texts with a label are."""
    return differ_in_values(one, other, same_answer=True)


def _choice_of(text: Text) -> Choice | None:
    return choice_in(text.prompt, text.response)
