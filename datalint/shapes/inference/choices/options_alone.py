"""Lists of options without a question, and the place of the right one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.names import CHOICE, has_word, is_about
from datalint.shapes.evidence.right_names import names_right_option
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn
from datalint.shapes.guess import Guess, can_be_typed
from datalint.shapes.inference.choices.by_place import says_place
from datalint.shapes.inference.choices.shared import KINDS, names_answer

#: Types of columns that may have what the options are about.
_ASKED: Final = (Holds.TEXT, Holds.LIST, Holds.OBJECT, Holds.CHAT)


def options_alone(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the proposal to read a list that is named as options, and to learn the place of the right one.

    Only the user knows whether a question or a picture in another file belongs to them.
    """
    lists = [each for each in columns if each.holds is Holds.LIST and has_word(each.key, (*CHOICE, "candidates"))]
    if len(rows) < LEAST_ROWS or len(lists) != 1:
        return None
    options = lists[0]
    rest = [each for each in columns if each is not options]
    rights = [each for each in rest if each.holds in KINDS and (names_right_option(each.key) or names_answer(each))]
    rights = [each for each in rights if says_place(each.key, options.key, rows)]
    asked = [each for each in rest if each not in rights and each.holds in _ASKED and not is_about(each)]
    if len(rights) != 1 or asked or not all(can_be_typed(each.key) for each in (options, rights[0])):
        return None
    return Guess.of({"prompt": options.key, "response": rights[0].key})
