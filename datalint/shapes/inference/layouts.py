"""All layouts of several columns, by family: add one to its family, and it is asked, documented and tested."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any, Final

from datalint.shapes.evidence.checking import checks
from datalint.shapes.evidence.sampled import Holds, SampledColumn
from datalint.shapes.guess import Guess
from datalint.shapes.inference.choices.layouts import CHOICES
from datalint.shapes.inference.choices.options_alone import options_alone
from datalint.shapes.inference.conversations.layouts import CONVERSATIONS
from datalint.shapes.inference.headerless_classes import (
    followed_by_labels,
    in_wide_table,
    with_last_flags,
    with_one_class,
)
from datalint.shapes.inference.headerless_tables import with_numbers
from datalint.shapes.inference.headerless_texts import texts_alone
from datalint.shapes.inference.judged_tables import judged_answers
from datalint.shapes.inference.labelled.compared_answers import compared_answers
from datalint.shapes.inference.labelled.layouts import LABELLED
from datalint.shapes.inference.layout import Layout, first_of
from datalint.shapes.inference.spans.layouts import SPANS
from datalint.shapes.inference.spans.object_pairs import two_objects
from datalint.shapes.inference.spans.objects import structured_output
from datalint.shapes.inference.texts.layouts import TEXTS
from datalint.shapes.inference.texts.right_sentences import right_sentences
from datalint.shapes.inference.texts.vocabulary import vocabulary

#: Tables without names of columns, of which only values say what they hold.
TABLES: Final = (
    Layout("texts and their class, which nearly all of them share", with_one_class),
    Layout("questions, and the numbers that answer them", with_numbers),
    Layout("a text in a table of many columns, of which the last ones are zeros and ones", with_last_flags),
    Layout("texts, and what identifies each of them", texts_alone),
)
#: Objects under any names, asked last: most rows of other layouts have some.
OBJECTS: Final = (
    Layout(
        "a text or an object, and the one list or object that is made of it", structured_output, before=("two_objects",)
    ),
    Layout("two objects, of which one is made of the other", two_objects),
)
#: What is proposed for rows about which nothing else is found.
OTHERWISE: Final = (
    Layout("a table of many columns with one text", in_wide_table),
    Layout("a text in a table without names, and only columns of few values after it", followed_by_labels),
    Layout("texts, questions and answers without names, and which answers are right", judged_answers),
    Layout("names, and the few sentences that are right for each, in a list", right_sentences),
    Layout("words with their readings and meanings, flashcards, and glossaries", vocabulary),
    Layout("two answers to a prompt, and a judgement that names neither", compared_answers),
    Layout("options without a question, and the place of the right one", options_alone),
)
#: All families with what their rows have in common, in the order in which they are asked.
FAMILIES: Final[dict[str, tuple[Layout, ...]]] = {
    "Prompts and conversations with their answers": CONVERSATIONS,
    "Tables without names of columns": TABLES,
    "Texts with labels or scores": LABELLED,
    "Texts with labels of their words or parts": SPANS,
    "Prompts and responses, and plain texts": TEXTS,
    "Questions with options": CHOICES,
    "Objects": OBJECTS,
    "Proposed where nothing else is found": OTHERWISE,
}
_WITHOUT_CONVERSATION: Final = (*TABLES, *LABELLED, *SPANS, *TEXTS, *CHOICES, *OBJECTS)


def of_layout(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about rows of one of the layouts; None for all others.

    Where a column holds conversations that no check is made of, only layouts of conversations are asked.
    """
    spoken = any(each.holds is Holds.CHAT and not checks(each.key) for each in columns)
    return first_of(CONVERSATIONS if spoken else chain(CONVERSATIONS, _WITHOUT_CONVERSATION), columns, rows)
