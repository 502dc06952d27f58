"""Layouts of texts with labels or scores, in the order in which they are asked."""

from __future__ import annotations

from typing import Final

from datalint.shapes.inference.labelled.answer_judgements import answer_judgements, labelled_answers
from datalint.shapes.inference.labelled.applicable_lists import applicable_lists
from datalint.shapes.inference.labelled.aspects import aspects
from datalint.shapes.inference.labelled.complex_words import complex_words
from datalint.shapes.inference.labelled.essay_scores import emotion_scores, essay_scores, possible_ratings
from datalint.shapes.inference.labelled.families import (
    fact_completion,
    instruction_checks,
    query_and_passage,
)
from datalint.shapes.inference.labelled.flagged_names import flagged_names
from datalint.shapes.inference.labelled.flattened_lists import flattened_lists
from datalint.shapes.inference.labelled.judged_predictions import judged_predictions
from datalint.shapes.inference.labelled.judged_texts import judged_texts
from datalint.shapes.inference.labelled.keyword_lists import with_keywords
from datalint.shapes.inference.labelled.language_identification import language_identification
from datalint.shapes.inference.labelled.listed_raters import listed_raters
from datalint.shapes.inference.labelled.mean_ratings import rated_in_list
from datalint.shapes.inference.labelled.offences import offences
from datalint.shapes.inference.labelled.quality_estimates import quality_estimates
from datalint.shapes.inference.labelled.raters import by_raters
from datalint.shapes.inference.labelled.scored_pair_reviews import reviewed_pairs
from datalint.shapes.inference.labelled.scored_pairs import of_scored_pair
from datalint.shapes.inference.labelled.several_labels import several_labels
from datalint.shapes.inference.labelled.tasks import of_tasks
from datalint.shapes.inference.labelled.text_matching import paired_names, text_matching
from datalint.shapes.inference.labelled.tickets import asked_below_title
from datalint.shapes.inference.labelled.triplets import triplets
from datalint.shapes.inference.labelled.word_annotators import word_annotators
from datalint.shapes.inference.layout import Layout

LABELLED: Final = (
    Layout("a text, names in it, and a flag for each name, as GAP has them", flagged_names),
    Layout("the input and the only answer of a task on a crowdsourcing platform", of_tasks),
    Layout("a text, and a label for each of its parts, under numbered keys", flattened_lists),
    Layout("a text, the list of its keywords, and a label of both", with_keywords),
    Layout("an answer that is named as one to judge, and the judgement", answer_judgements),
    Layout("two answers to a prompt, their review, and a score for each", reviewed_pairs),
    Layout("what a model answered, and several labels of it", labelled_answers),
    Layout(
        "a source, its translation, and how good that is, as MLQE and WMT have them",
        quality_estimates,
        before=(
            "recognition_output",
            "by_people",
        ),
    ),
    Layout("a text, the aspects in it, and a label of each aspect", aspects, before=("tags_and_spans",)),
    Layout("words, and what several annotators say of each", word_annotators),
    Layout("a sentence, one of its words, and how hard that is", complex_words),
    Layout("two texts that mean the same, and one that does not", triplets),
    Layout("a text, the prediction for it, and judgements of that by yes or no", judged_predictions),
    Layout("a text, and the labels that several people gave it", by_raters, before=("several_labels",)),
    Layout("a text, and a list of the labels that several people gave it", listed_raters),
    Layout("a text, and a share or a number of votes for each offence", offences, before=("several_labels",)),
    Layout("a text, and its scores by name", essay_scores, before=("several_labels",)),
    Layout("a text, and columns of zeros and ones, each a label", several_labels, before=("possible_ratings",)),
    Layout(
        "two texts, and the label of how they match",
        text_matching,
        before=(
            "judged_texts",
            "of_scored_pair",
        ),
    ),
    Layout("the names of two things, and whether they match", paired_names),
    Layout("two sentences, and how alike they are", of_scored_pair),
    Layout("texts that are judged together: claims, graded answers, facts", judged_texts),
    Layout("a text, a list of ratings, and their mean", rated_in_list),
    Layout("a text, and how pleasant, excited and strong it is, as EmoBank has it", emotion_scores),
    Layout("a text, and several numbers of few values", possible_ratings),
    Layout("a text, and the list of what applies to it", applicable_lists, before=("structured_output",)),
    Layout("instructions that a program checks, as IFEval has them", instruction_checks),
    Layout("a query, and the passage that answers it, as BEIR has them", query_and_passage),
    Layout("short texts, and the language of each", language_identification),
    Layout(
        "a subject, a relation, and the objects that complete the fact", fact_completion, before=("structured_output",)
    ),
    Layout("a question in a title and a body, and its answer", asked_below_title),
)
