"""Layouts of several columns, in the order in which they are tried: each has names and values of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from datalint.shapes.evidence.sampled import SampledColumn
from datalint.shapes.guess import Guess
from datalint.shapes.inference.choices.alternatives import alternatives
from datalint.shapes.inference.choices.choices import with_options
from datalint.shapes.inference.choices.comparison_flags import compared_by_flag
from datalint.shapes.inference.choices.lettered_questions import lettered_questions
from datalint.shapes.inference.choices.option_lists import numbered_options, options_alone
from datalint.shapes.inference.choices.unmarked_options import unmarked_options
from datalint.shapes.inference.headerless_tables import texts_alone, with_explanations, with_numbers, with_one_class
from datalint.shapes.inference.labelled.answer_judgements import answer_judgements
from datalint.shapes.inference.labelled.answer_scores import answer_scores
from datalint.shapes.inference.labelled.aspects import aspects
from datalint.shapes.inference.labelled.complex_words import complex_words
from datalint.shapes.inference.labelled.essay_scores import emotion_scores, essay_scores, possible_ratings
from datalint.shapes.inference.labelled.families import (
    fact_completion,
    instruction_checks,
    query_and_passage,
    several_labels,
)
from datalint.shapes.inference.labelled.flagged_names import flagged_names
from datalint.shapes.inference.labelled.flattened_lists import flattened_lists
from datalint.shapes.inference.labelled.judged_predictions import judged_predictions
from datalint.shapes.inference.labelled.judged_texts import judged_texts
from datalint.shapes.inference.labelled.keyword_lists import with_keywords
from datalint.shapes.inference.labelled.language_identification import language_identification
from datalint.shapes.inference.labelled.listed_phrases import with_phrases
from datalint.shapes.inference.labelled.listed_raters import listed_raters
from datalint.shapes.inference.labelled.mean_ratings import rated_in_list
from datalint.shapes.inference.labelled.neighbouring_sentences import neighbouring_sentences
from datalint.shapes.inference.labelled.offences import offences
from datalint.shapes.inference.labelled.quality_estimates import quality_estimates
from datalint.shapes.inference.labelled.raters import by_raters
from datalint.shapes.inference.labelled.scored_pairs import of_scored_pair
from datalint.shapes.inference.labelled.tasks import of_tasks
from datalint.shapes.inference.labelled.text_matching import paired_names, text_matching
from datalint.shapes.inference.labelled.tickets import asked_below_title
from datalint.shapes.inference.labelled.triplets import triplets
from datalint.shapes.inference.labelled.word_annotators import word_annotators
from datalint.shapes.inference.spans.asked_spans import asked_spans
from datalint.shapes.inference.spans.entity_linking import entity_linking
from datalint.shapes.inference.spans.entity_rows import entity_rows
from datalint.shapes.inference.spans.listed_facts import listed_facts
from datalint.shapes.inference.spans.marked_tokens import marked_tokens
from datalint.shapes.inference.spans.noted_sentences import noted_sentences
from datalint.shapes.inference.spans.objects import structured_output, two_objects
from datalint.shapes.inference.spans.opinion_spans import opinion_spans
from datalint.shapes.inference.spans.placed_parts import placed_parts
from datalint.shapes.inference.spans.related_parts import with_mentions, with_relation
from datalint.shapes.inference.spans.span_columns import span_columns
from datalint.shapes.inference.spans.spanned_answers import answered_in_passage
from datalint.shapes.inference.spans.spans import tags_and_spans
from datalint.shapes.inference.spans.stated_facts import said_facts
from datalint.shapes.inference.spans.tag_columns import with_tags
from datalint.shapes.inference.spans.tagged_copies import tagged_copies, tagged_words
from datalint.shapes.inference.texts.agent_steps import agent_steps
from datalint.shapes.inference.texts.answers_in_words import written_out
from datalint.shapes.inference.texts.book_parts import parts_of_works, words_defined
from datalint.shapes.inference.texts.briefs import briefs
from datalint.shapes.inference.texts.captions import captions
from datalint.shapes.inference.texts.chatbot_intents import chatbot_intents
from datalint.shapes.inference.texts.clues import clues
from datalint.shapes.inference.texts.code_changes import code_changes
from datalint.shapes.inference.texts.compared_models import compared_models
from datalint.shapes.inference.texts.conclusions import recipes
from datalint.shapes.inference.texts.countdown import countdown
from datalint.shapes.inference.texts.counter_speech import counter_speech
from datalint.shapes.inference.texts.database_queries import database_queries
from datalint.shapes.inference.texts.email_replies import email_replies
from datalint.shapes.inference.texts.human_translations import by_people
from datalint.shapes.inference.texts.learned_parts import with_tests
from datalint.shapes.inference.texts.listed_parts import of_listed_parts
from datalint.shapes.inference.texts.meaning_texts import of_meaning
from datalint.shapes.inference.texts.numbered_columns import (
    numbered_messages,
    numbered_parts,
    numbered_turns,
    turns_apart,
)
from datalint.shapes.inference.texts.pages import document_chunks, page_and_title, retrieved_pages
from datalint.shapes.inference.texts.question_generation import asked_for
from datalint.shapes.inference.texts.recognition_output import recognition_output
from datalint.shapes.inference.texts.semantic_parses import semantic_parses
from datalint.shapes.inference.texts.several_references import with_references
from datalint.shapes.inference.texts.speech_transcripts import speech_transcripts
from datalint.shapes.inference.texts.text_fusion import text_fusion
from datalint.shapes.inference.texts.tool_prompts import with_tools
from datalint.shapes.inference.texts.translations_by_script import in_scripts
from datalint.shapes.inference.texts.triples import triples_to_text


def of_layout(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about rows of one of the layouts; None for all others."""
    return (
        flagged_names(columns, rows)
        or placed_parts(columns, rows)
        or with_one_class(columns, rows)
        or with_explanations(columns, rows)
        or with_numbers(columns, rows)
        or of_tasks(columns, len(rows))
        or texts_alone(columns, rows)
        or countdown(columns, rows)
        or briefs(columns, len(rows))
        or flattened_lists(columns, rows)
        or parts_of_works(columns, rows)
        or words_defined(columns, rows)
        or with_tags(columns, rows)
        or marked_tokens(columns, rows)
        or with_phrases(columns, rows)
        or span_columns(columns, rows)
        or with_keywords(columns, rows)
        or written_out(columns, rows)
        or compared_models(columns, rows)
        or semantic_parses(columns, rows)
        or database_queries(columns, rows)
        or answer_judgements(columns, len(rows))
        or entity_linking(columns, len(rows))
        or entity_rows(columns, rows)
        or code_changes(columns, rows)
        or captions(columns, rows)
        or quality_estimates(columns, rows)
        or speech_transcripts(columns, rows)
        or recognition_output(columns, rows)
        or opinion_spans(columns, rows)
        or aspects(columns, rows)
        or word_annotators(columns, rows)
        or complex_words(columns, rows)
        or triples_to_text(columns, len(rows))
        or text_fusion(columns, rows)
        or said_facts(columns, rows)
        or triplets(columns, len(rows))
        or asked_for(columns, len(rows))
        or counter_speech(columns, len(rows))
        or chatbot_intents(columns, rows)
        or with_relation(columns, rows)
        or with_mentions(columns, rows)
        or of_meaning(columns, rows)
        or asked_spans(columns, rows)
        or tags_and_spans(columns, rows)
        or tagged_copies(columns, rows)
        or tagged_words(columns, rows)
        or listed_facts(columns, rows)
        or noted_sentences(columns, rows)
        or answered_in_passage(columns, rows)
        or by_people(columns, rows)
        or judged_predictions(columns, rows)
        or numbered_options(columns, rows)
        or with_options(columns, rows)
        or options_alone(columns, rows)
        or alternatives(columns, rows)
        or unmarked_options(columns, rows)
        or lettered_questions(columns, rows)
        or clues(columns, rows)
        or compared_by_flag(columns, rows)
        or numbered_parts(columns, rows)
        or numbered_turns(columns, len(rows))
        or numbered_messages(columns, rows)
        or turns_apart(columns, rows)
        or by_raters(columns, rows)
        or listed_raters(columns, rows)
        or offences(columns, rows)
        or several_labels(columns, rows)
        or neighbouring_sentences(columns, rows)
        or text_matching(columns, rows)
        or paired_names(columns)
        or of_scored_pair(columns, rows)
        or judged_texts(columns, rows)
        or in_scripts(columns, len(rows))
        or rated_in_list(columns, rows)
        or essay_scores(columns, len(rows))
        or emotion_scores(columns, len(rows))
        or possible_ratings(columns, len(rows))
        or with_references(columns, len(rows))
        or with_tests(columns, rows)
        or with_tools(columns, len(rows))
        or answer_scores(columns, len(rows))
        or instruction_checks(columns, rows)
        or query_and_passage(columns, rows)
        or language_identification(columns, rows)
        or fact_completion(columns, rows)
        or email_replies(columns, len(rows))
        or agent_steps(columns, len(rows))
        or asked_below_title(columns, len(rows))
        or page_and_title(columns, len(rows))
        or retrieved_pages(columns, rows)
        or document_chunks(columns, len(rows))
        or recipes(columns, len(rows))
        or of_listed_parts(columns, rows)
        or structured_output(columns, rows)
        or two_objects(columns, rows)
    )
