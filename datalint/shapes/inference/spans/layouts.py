"""Layouts of texts with labels of their words or parts, in the order in which they are asked."""

from __future__ import annotations

from typing import Final

from datalint.shapes.inference.layout import Layout
from datalint.shapes.inference.spans.asked_spans import asked_spans
from datalint.shapes.inference.spans.entity_linking import entity_linking
from datalint.shapes.inference.spans.listed_facts import listed_facts
from datalint.shapes.inference.spans.marked_characters import marked_characters
from datalint.shapes.inference.spans.marked_tokens import marked_tokens
from datalint.shapes.inference.spans.noted_sentences import noted_sentences
from datalint.shapes.inference.spans.opinion_spans import opinion_spans
from datalint.shapes.inference.spans.related_parts import with_mentions, with_relation
from datalint.shapes.inference.spans.span_columns import span_columns
from datalint.shapes.inference.spans.spanned_answers import answered_in_passage
from datalint.shapes.inference.spans.spans import tags_and_spans
from datalint.shapes.inference.spans.stated_facts import said_facts
from datalint.shapes.inference.spans.tag_columns import with_tags

SPANS: Final = (
    Layout("a text, and a tag for each of its words, whatever they are named", with_tags),
    Layout("words, and a mark for each of them", marked_tokens),
    Layout("a text, and the places of the characters that are marked in it", marked_characters),
    Layout("a text, and a column of spans for each of several kinds", span_columns, before=("speech_transcripts",)),
    Layout("a mention between the texts around it, and the entity that it means", entity_linking),
    Layout("a text, and objects with a target, an expression and a polarity each", opinion_spans),
    Layout("an object of facts, and the text that says them", said_facts),
    Layout("a text, two parts of it, and how they are related", with_relation, before=("with_mentions",)),
    Layout("a text, two things that it mentions, and how they are related", with_mentions),
    Layout("a text, what to find in it, and the places of that, as UIE has them", asked_spans),
    Layout("tokens and a tag for each, or a text and its spans", tags_and_spans, before=("structured_output",)),
    Layout("a text, and lists of what it names and says", listed_facts, before=("structured_output",)),
    Layout("a text with notes on its sentences or their class", noted_sentences),
    Layout(
        "a question, a passage, and an object with the place of the answer in it",
        answered_in_passage,
        before=("structured_output",),
    ),
)
