"""Layouts of prompts and responses, and of plain texts, in the order in which they are asked."""

from __future__ import annotations

from typing import Final

from datalint.shapes.inference.layout import Layout
from datalint.shapes.inference.texts.agent_steps import agent_steps
from datalint.shapes.inference.texts.answers_in_words import written_out
from datalint.shapes.inference.texts.asserted_prompts import asserted_prompts
from datalint.shapes.inference.texts.book_parts import parts_of_works, words_defined
from datalint.shapes.inference.texts.briefs import briefs
from datalint.shapes.inference.texts.captions import captions
from datalint.shapes.inference.texts.chatbot_intents import chatbot_intents
from datalint.shapes.inference.texts.code_changes import code_changes
from datalint.shapes.inference.texts.compared_models import compared_models
from datalint.shapes.inference.texts.conclusions import recipes
from datalint.shapes.inference.texts.countdown import countdown
from datalint.shapes.inference.texts.counter_speech import counter_speech
from datalint.shapes.inference.texts.database_queries import database_queries
from datalint.shapes.inference.texts.drawings import drawn_texts
from datalint.shapes.inference.texts.email_replies import email_replies
from datalint.shapes.inference.texts.filled_gaps import filled_gaps
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
from datalint.shapes.inference.texts.pages import document_chunks, documents, page_and_title, retrieved_pages
from datalint.shapes.inference.texts.recognition_output import recognition_output
from datalint.shapes.inference.texts.semantic_parses import semantic_parses
from datalint.shapes.inference.texts.several_references import with_references
from datalint.shapes.inference.texts.speech_transcripts import speech_transcripts
from datalint.shapes.inference.texts.text_fusion import text_fusion
from datalint.shapes.inference.texts.tool_prompts import with_tools
from datalint.shapes.inference.texts.triples import triples_to_text

TEXTS: Final = (
    Layout("numbers, and the target that they can reach", countdown),
    Layout("a test case of promptfoo: its only variable, and what is asserted of the answer", asserted_prompts),
    Layout("a brand, a product or an audience, and the slogan for it", briefs),
    Layout("texts with their places in a work, such as verses", parts_of_works),
    Layout("words, and their definitions", words_defined),
    Layout("a question, its answer in codes, and the same answer in words", written_out),
    Layout("prompts with the answers of several models", compared_models),
    Layout("a request, and its parse in brackets, as TOP and MTOP have them", semantic_parses),
    Layout("a question, and the query that answers it", database_queries),
    Layout("a text or code around a gap, and what fills it", filled_gaps),
    Layout("an issue and its patch, or a commit with the files before and after", code_changes),
    Layout(
        "an image, a recording or a series of numbers, and its only text",
        captions,
        before=(
            "speech_transcripts",
            "structured_output",
        ),
    ),
    Layout("transcripts of recordings, which are plain texts", speech_transcripts),
    Layout("a recognized text, and the right one", recognition_output, before=("by_people",)),
    Layout("triples, and the text that says them", triples_to_text, before=("structured_output",)),
    Layout("two texts of one kind, and the text that says what both say", text_fusion),
    Layout("a hateful text, and what is replied to it", counter_speech),
    Layout("what a user may say, the intent, and the answer to it", chatbot_intents),
    Layout("a formal representation of a meaning, and the text that expresses it", of_meaning),
    Layout("a text, and its translations by people and by programs", by_people),
    Layout("a label, and parts of a text under numbered keys", numbered_parts),
    Layout("turns of two speakers under numbered keys", numbered_turns),
    Layout("messages with a role each, under numbered keys", numbered_messages),
    Layout("a list of what the user says, and a list of what is answered", turns_apart),
    Layout("a text, and several references for it under numbered keys", with_references),
    Layout("code, and its tests", with_tests),
    Layout("a prompt, and the tools that a model may call for it", with_tools),
    Layout("e-mail, and the reply to it", email_replies),
    Layout("an observation, and the action that follows", agent_steps),
    Layout("a text below its title", page_and_title),
    Layout("a page with its title and its beginning", retrieved_pages),
    Layout("parts of documents, each with its number or place", document_chunks),
    Layout("documents of a corpus, each with an identifier of its own, names and groups", documents),
    Layout("a dish, its ingredients, and how it is prepared", recipes),
    Layout("a list of texts, and the text that is made of them, or that they are parts of", of_listed_parts),
    Layout("texts, and what is drawn of each in signs on several lines", drawn_texts),
)
