"""Other readings of rows of a known shape: whether the first row may have one, and the guess about a sample of them."""

from __future__ import annotations

from typing import Final

from datalint.engine.guesses.annotated_texts import annotated_texts, may_be_annotated
from datalint.engine.guesses.answer_authors import may_have_author, with_author
from datalint.engine.guesses.asked_conditions import asked_for, may_have_condition
from datalint.engine.guesses.aspect_labels import may_have_aspect, with_aspect
from datalint.engine.guesses.blank_responses import may_be_blank, other_response
from datalint.engine.guesses.checked_statements import checked_statements, may_check_statements
from datalint.engine.guesses.counted_codes import may_be_numbered, of_counted_codes
from datalint.engine.guesses.critiques import criticized, may_criticize
from datalint.engine.guesses.described_questions import may_be_described, with_description
from datalint.engine.guesses.estimates import estimates, may_be_estimated
from datalint.engine.guesses.filled_prompts import filled_prompts, may_be_filled
from datalint.engine.guesses.graded_answers import graded_answers, may_be_graded
from datalint.engine.guesses.hidden_answers import asked_with_options, may_be_hidden
from datalint.engine.guesses.judged_both_ways import judged_both_ways, may_be_judged_both_ways
from datalint.engine.guesses.judged_replies import judged_replies, may_be_judged
from datalint.engine.guesses.keyphrases import keywords, may_have_keywords
from datalint.engine.guesses.languages import may_have_language, with_language
from datalint.engine.guesses.metaphors import may_be_things, two_things
from datalint.engine.guesses.noisy_passages import may_have_noise, with_noise
from datalint.engine.guesses.numbered_prompts import may_number_prompts, of_numbered_prompts
from datalint.engine.guesses.object_sides import may_be_object, texts_of_objects
from datalint.engine.guesses.options import choosing, may_choose
from datalint.engine.guesses.program_outputs import may_run, run_code
from datalint.engine.guesses.requested_code import may_request, requested_code
from datalint.engine.guesses.requested_utterances import may_tell_intents, told_intents
from datalint.engine.guesses.retrieved_texts import may_have_documents, with_documents
from datalint.engine.guesses.sampled_answers import may_be_sampled, right_instead
from datalint.engine.guesses.scored_responses import may_be_scored, scored_responses
from datalint.engine.guesses.single_messages import may_be_message, single_messages
from datalint.engine.guesses.stems import may_have_stem, with_stem
from datalint.engine.guesses.task_definitions import defined, may_define
from datalint.engine.guesses.text_turns import may_be_turns, of_turns
from datalint.engine.guesses.token_ids import may_be_token_ids, texts_of_token_ids
from datalint.engine.guesses.traces import may_be_traced, traced
from datalint.engine.guesses.typed_labels import may_be_typed, typed_labels
from datalint.engine.guesses.unfilled_categories import may_be_unfilled, without_category
from datalint.engine.guesses.whole_prompts import may_be_whole, whole_prompts

#: Shapes of a question and its answer.
ASKING: Final = frozenset(("question-answer", "prompt-completion"))
#: In the order in which they are tried.
OTHERS: Final = (
    (may_be_blank, other_response),
    (may_be_hidden, asked_with_options),
    (may_be_sampled, right_instead),
    (may_be_traced, traced),
    (may_number_prompts, of_numbered_prompts),
    (may_criticize, criticized),
    (may_have_author, with_author),
    (may_define, defined),
    (may_be_estimated, estimates),
    (may_tell_intents, told_intents),
    (may_have_keywords, keywords),
    (lambda known, row: known.name in ASKING and may_choose(row), choosing),
    (lambda known, row: known.name == "prompt-completion" and may_run(row), run_code),
    (may_be_judged, judged_replies),
    (may_be_graded, graded_answers),
    (may_be_scored, scored_responses),
    (may_be_judged_both_ways, judged_both_ways),
    (may_check_statements, checked_statements),
    (may_request, requested_code),
    (may_be_numbered, of_counted_codes),
    (may_be_typed, typed_labels),
    (may_be_unfilled, without_category),
    (may_have_aspect, with_aspect),
    (may_be_annotated, annotated_texts),
    (may_have_condition, asked_for),
    (may_be_turns, of_turns),
    (may_be_message, single_messages),
    (may_be_token_ids, texts_of_token_ids),
    (may_have_documents, with_documents),
    (may_have_noise, with_noise),
    (may_have_language, with_language),
    (may_be_things, two_things),
    (may_have_stem, with_stem),
    (may_be_object, texts_of_objects),
    (lambda known, row: known.name in ASKING and may_be_filled(known, row), filled_prompts),
    (may_be_described, with_description),
    (may_be_whole, whole_prompts),
)
