"""Layouts of several columns, in the order in which they are tried: each has names and values of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from datalint.shapes.evidence.sampled import SampledColumn
from datalint.shapes.guess import Guess
from datalint.shapes.inference.choices.alternatives import alternatives
from datalint.shapes.inference.choices.choices import with_options
from datalint.shapes.inference.choices.closer import compared_by_flag
from datalint.shapes.inference.choices.lettered import lettered
from datalint.shapes.inference.choices.listed import numbered_options, options_alone
from datalint.shapes.inference.choices.unmarked import unmarked_options
from datalint.shapes.inference.labelled.annotated import annotated
from datalint.shapes.inference.labelled.aspects import aspects
from datalint.shapes.inference.labelled.averaged import rated_in_list
from datalint.shapes.inference.labelled.complex_words import complex_words
from datalint.shapes.inference.labelled.estimated import estimated
from datalint.shapes.inference.labelled.evaluated import evaluated
from datalint.shapes.inference.labelled.families import completed, retrieved, several_labels, verified
from datalint.shapes.inference.labelled.flagged_names import flagged_names
from datalint.shapes.inference.labelled.flattened import flattened
from datalint.shapes.inference.labelled.graded import felt, graded, rated
from datalint.shapes.inference.labelled.identified import identified
from datalint.shapes.inference.labelled.judged import judged_texts
from datalint.shapes.inference.labelled.judged_predictions import judged_predictions
from datalint.shapes.inference.labelled.keyword_lists import with_keywords
from datalint.shapes.inference.labelled.listed_phrases import with_phrases
from datalint.shapes.inference.labelled.matched import matched
from datalint.shapes.inference.labelled.offences import offences
from datalint.shapes.inference.labelled.raters import by_raters
from datalint.shapes.inference.labelled.scored import scored
from datalint.shapes.inference.labelled.scored_pairs import of_scored_pair
from datalint.shapes.inference.labelled.surrounded import surrounded
from datalint.shapes.inference.labelled.tasks import of_tasks
from datalint.shapes.inference.labelled.tickets import asked_below_title
from datalint.shapes.inference.labelled.triplets import triplets
from datalint.shapes.inference.nameless import calculated, explained, texts_alone, with_one_class
from datalint.shapes.inference.spans.asked_spans import asked_spans
from datalint.shapes.inference.spans.entity_rows import entity_rows
from datalint.shapes.inference.spans.linked import linked
from datalint.shapes.inference.spans.listed_facts import listed_facts
from datalint.shapes.inference.spans.marked_tokens import marked_tokens
from datalint.shapes.inference.spans.noted_sentences import noted_sentences
from datalint.shapes.inference.spans.objects import structured, two_objects
from datalint.shapes.inference.spans.opinion_spans import opinion_spans
from datalint.shapes.inference.spans.related_parts import with_mentions, with_relation
from datalint.shapes.inference.spans.said_facts import said_facts
from datalint.shapes.inference.spans.span_columns import span_columns
from datalint.shapes.inference.spans.spanned_answers import answered_in_passage
from datalint.shapes.inference.spans.spans import tagged
from datalint.shapes.inference.spans.tag_columns import with_tags
from datalint.shapes.inference.spans.tagged_copies import tagged_copies, tagged_words
from datalint.shapes.inference.texts.acting import acting
from datalint.shapes.inference.texts.asked_for import asked_for
from datalint.shapes.inference.texts.by_aspect import by_aspect
from datalint.shapes.inference.texts.captioned import captioned
from datalint.shapes.inference.texts.clues import clues
from datalint.shapes.inference.texts.code_changes import code_changes
from datalint.shapes.inference.texts.compared_models import compared_models
from datalint.shapes.inference.texts.concluded import cooked
from datalint.shapes.inference.texts.countdown import countdown
from datalint.shapes.inference.texts.countered import countered
from datalint.shapes.inference.texts.fused import fused
from datalint.shapes.inference.texts.human_made import by_people
from datalint.shapes.inference.texts.in_scripts import in_scripts
from datalint.shapes.inference.texts.intended import intended
from datalint.shapes.inference.texts.listed_parts import of_listed_parts
from datalint.shapes.inference.texts.mailed import mailed
from datalint.shapes.inference.texts.meaning_texts import of_meaning, unnamed_meanings
from datalint.shapes.inference.texts.numbered import numbered_messages, numbered_parts, numbered_turns, turns_apart
from datalint.shapes.inference.texts.pages import chunked, published, retrieved_pages
from datalint.shapes.inference.texts.parsed import parsed
from datalint.shapes.inference.texts.posted import posted
from datalint.shapes.inference.texts.predicted import with_predictions
from datalint.shapes.inference.texts.queried import queried
from datalint.shapes.inference.texts.recognised import recognised
from datalint.shapes.inference.texts.recorded import recorded
from datalint.shapes.inference.texts.several_references import listed_references, with_references
from datalint.shapes.inference.texts.tested import with_tests
from datalint.shapes.inference.texts.tooled import with_tools
from datalint.shapes.inference.texts.verbalized import verbalized
from datalint.shapes.inference.texts.works import parts_of_works, words_defined
from datalint.shapes.inference.texts.written_out import written_out


def of_layout(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about rows of one of the layouts; None for all others."""
    return (
        flagged_names(columns, rows)
        or with_one_class(columns, rows)
        or explained(columns, rows)
        or calculated(columns, rows)
        or of_tasks(columns, len(rows))
        or texts_alone(columns, rows)
        or countdown(columns, rows)
        or by_aspect(columns, rows)
        or flattened(columns, rows)
        or parts_of_works(columns, rows)
        or words_defined(columns, rows)
        or with_tags(columns, rows)
        or marked_tokens(columns, rows)
        or with_phrases(columns, rows)
        or span_columns(columns, rows)
        or with_keywords(columns, rows)
        or written_out(columns, rows)
        or compared_models(columns, rows)
        or parsed(columns, rows)
        or queried(columns, rows)
        or evaluated(columns, len(rows))
        or linked(columns, len(rows))
        or entity_rows(columns, rows)
        or code_changes(columns, rows)
        or captioned(columns, rows)
        or estimated(columns, rows)
        or recorded(columns, rows)
        or recognised(columns, rows)
        or opinion_spans(columns, rows)
        or aspects(columns, rows)
        or annotated(columns, rows)
        or complex_words(columns, rows)
        or verbalized(columns, len(rows))
        or fused(columns, rows)
        or said_facts(columns, rows)
        or triplets(columns, len(rows))
        or asked_for(columns, len(rows))
        or countered(columns, len(rows))
        or intended(columns, rows)
        or with_relation(columns, rows)
        or with_mentions(columns, rows)
        or of_meaning(columns, rows)
        or unnamed_meanings(columns, rows)
        or asked_spans(columns, rows)
        or tagged(columns, rows)
        or tagged_copies(columns, rows)
        or tagged_words(columns, rows)
        or listed_facts(columns, rows)
        or noted_sentences(columns, rows)
        or answered_in_passage(columns, rows)
        or by_people(columns, rows)
        or with_predictions(columns)
        or judged_predictions(columns, rows)
        or numbered_options(columns, rows)
        or with_options(columns, rows)
        or options_alone(columns, rows)
        or alternatives(columns, rows)
        or unmarked_options(columns, rows)
        or lettered(columns, rows)
        or clues(columns, rows)
        or compared_by_flag(columns, rows)
        or numbered_parts(columns, rows)
        or numbered_turns(columns, len(rows))
        or numbered_messages(columns, rows)
        or turns_apart(columns, rows)
        or by_raters(columns, rows)
        or offences(columns, rows)
        or several_labels(columns, rows)
        or surrounded(columns, rows)
        or matched(columns, rows)
        or of_scored_pair(columns, rows)
        or judged_texts(columns, rows)
        or in_scripts(columns, len(rows))
        or rated_in_list(columns, rows)
        or graded(columns, len(rows))
        or felt(columns, len(rows))
        or rated(columns, len(rows))
        or with_references(columns, len(rows))
        or listed_references(columns, len(rows))
        or with_tests(columns, rows)
        or with_tools(columns, len(rows))
        or scored(columns, len(rows))
        or verified(columns, rows)
        or retrieved(columns, rows)
        or identified(columns, rows)
        or completed(columns, rows)
        or mailed(columns, len(rows))
        or acting(columns, len(rows))
        or asked_below_title(columns, len(rows))
        or posted(columns, len(rows))
        or published(columns, len(rows))
        or retrieved_pages(columns, rows)
        or chunked(columns, len(rows))
        or cooked(columns, len(rows))
        or of_listed_parts(columns, rows)
        or structured(columns, rows)
        or two_objects(columns, rows)
    )
