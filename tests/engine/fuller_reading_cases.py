"""Rows of a known shape which hold more than it reads, and the columns that they are read as instead, if any."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from guess_runs import ANSWER

#: A row, in which each ``{n}`` stands for its number, and the mapping of columns; None where the known shape remains.
Case = tuple[dict[str, Any], str | None]

RUN = "prompt=code+input,response=output"
PLAIN = "text=text"
CRITIC = "The answer is wrong: it says nothing of gate {n}, which is closed."
DEFINED = "prompt=task_definition+input,response=output"
QUERY = "prompt=question_en,response=query"
CRITICIZED = "prompt=question,context=answer,response=feedback"
HEAD = {"prompt": "def f_{n}(xs):\n    return ", "canonical_solution": "[x for x in xs if x != {n}]"}
ASKED_AT_LENGTH = (
    "My boat has been at dock {n} since May, and now the guard says that I must leave it, for it is full. Can he?"
)
ADVICE = (
    "Ask at the gate before noon: guard {n} has a list of all places, and he may know who leaves theirs. If none is "
    "free, a place at the other pier costs less."
)
MARKED = [{"marker": "0", "text": "It is full"}, {"marker": "1", "text": "It has a place"}]
STEM_CHOICES = [{"text": "It is", "label": "A"}, {"text": "It is not", "label": "B"}]

#: Two responses, one of which is better.
PREFERENCES: Sequence[Case] = [
    (
        {
            "task": "Count the boats of {n}.",
            "chosen": "There are {n} boats in it, as I count.",
            "rejected": "I do not know it, and nobody does, {n}.",
        },
        "prompt=task,chosen=chosen,rejected=rejected",
    ),
    (
        {
            "prompt": "Is dock {n} full?",
            "response_accepted": "Dock {n} has a place at the left side of the gate.",
            "response_rejected": "How should I know whether dock {n} is full or not?",
        },
        "prompt=prompt,chosen=response_accepted,rejected=response_rejected",
    ),
]

#: Messages, or the text of a conversation, next to what is learned of them.
CONVERSATIONS: Sequence[Case] = [
    (
        {"conversations": [{"from": "human", "value": "Full?"}], "output": "Yes {n}"},
        "prompt=conversations,response=output",
    ),
    (
        {"messages": [{"role": "user", "content": "Full?"}], "answer": "Dock {n} is full, and so is dock 7."},
        "prompt=messages,response=answer",
    ),
    ({"messages": [{"role": "user", "content": "Full?"}], "answer": "{n}"}, None),
    (
        {"conversations": "Ann: Is dock {n} full?\nBo: It is, and {n} boats wait.", "summarizations": "Full {n}."},
        "prompt=conversations,response=summarizations",
    ),
    ({"messages": "Ann: Is dock {n} full? Bo: It is.", "label": 1}, "prompt=messages,response=label"),
    ({"conversations": "[{'from': 'human', 'value': 'Full {n}?'}]", "summary": "Full {n}."}, None),
    # What the first turn of the assistant answers has a key of its own.
    (
        {
            "question": "Is dock {n} full this evening, or is there a place?",
            "messages": [{"role": "assistant", "content": "It is {n}."}, {"role": "user", "content": "Until when?"}],
        },
        "messages=messages,prompt=question",
    ),
    (
        {
            "topic": "The docks and how full they are on evening {n} of a year",
            "messages": [{"role": "assistant", "content": "Hi {n}."}, {"role": "user", "content": "Is it full?"}],
        },
        None,
    ),
    (
        {
            "question": "Is dock {n} full this evening, or is there a place?",
            "messages": [{"role": "user", "content": "Hi {n}."}, {"role": "assistant", "content": "It is full."}],
        },
        None,
    ),
    ({"context": ["Hi", "Hello {n}", "Full?"], "response": "Yes {n}"}, "messages=context,response=response"),
    ({"context": ["Dock {n} is full.", "It opens at 7."], "response": "Yes {n}"}, None),
]

#: Several keys that may hold the answer.
ANSWERS: Sequence[Case] = [
    # A list of answers is one of options if another key names some of their marks.
    (
        {"question": "Is dock {n} full?", "answers": MARKED, "correct_answer": 1},
        "prompt=question,context=answers,response=correct_answer",
    ),
    ({"question": "Is dock {n} full?", "answers": MARKED, "correct_answer": "of {n}"}, None),
    ({"question": "Is dock {n} full?", "answers": MARKED, "page": 1}, None),
    (
        {
            "prompt": "May boat {n} stay at the quay over night?",
            "expected completion": "Boat {n} may stay until six in the morning, if its owner has paid the fee at the "
            "office before the gate is closed.",
        },
        "prompt=prompt,response=expected completion",
    ),
    ({"prompt": "Which quay is boat {n} at?", "expected completion": "Quay {n}"}, None),
    (
        {
            "question": "Who has boat {n}?",
            "reference": ["Ada {n}"],
            "answers": [{"model": "m1", "answer": "Bo {n}"}, {"model": "m1", "answer": "Kim {n}"}],
        },
        "prompt=question,response=reference",
    ),
    (
        {"question": "Who has boat {n}?", "reference": "page {n}", "answers": [{"text": "Bo {n}"}]},
        None,
    ),
    (
        {
            "question": "Is dock {n} full?",
            "contexts": ["Dock {n} is shut."],
            "answer": "Yes.",
            "ground_truth": "No, {n}.",
        },
        "prompt=question,context=contexts,response=ground_truth",
    ),
    (
        {"question": "Is {n} full?", "truth": "No, {n}.", "answer": "Yes.", "context": "{n}: no", "latency": 0.7},
        "prompt=question,context=context,response=truth",
    ),
    ({"question": "Is {n} full?", "truth": "No, {n}.", "answer": "Yes.", "context": "{n}: no"}, None),
    ({"question": "Is {n} full?", "truth": "No, {n}.", "answer": "Yes.", "latency": 0.7, "run_id": 1}, None),
    (
        {"user_input": "Is {n} full?", "retrieved_contexts": ["{n}"], "response": "Yes.", "reference": "No, {n}."},
        "prompt=user_input,context=retrieved_contexts,response=reference",
    ),
    ({"question": "Is dock {n} full?", "answer": "Yes.", "ground_truth": "Yes, {n}."}, None),
    ({"question": "Is dock {n} full?", "answer": ANSWER, "solution": ""}, "prompt=question,response=answer"),
    (
        {"system": "Be kind.", "question": "Is {n} full?", "context": "Dock {n}", "solution": [], "answer": "no"},
        "system=system,prompt=question,context=context,response=answer",
    ),
    ({"question": "Is dock {n} full?", "solution": "", "answer": ""}, None),
]

#: An answer that is judged, next to the judgement.
CRITIQUES: Sequence[Case] = [
    (
        {"question": "Is harbour {n} full?", "answer": "Boats of dock {n} are out.", "match": 1},
        "prompt=question,context=answer,response=match",
    ),
    ({"question": "Is harbour {n} full?", "answer": "Boats of dock {n} are out.", "match": 2}, None),
    ({"question": "Is dock {n} full?", "answer": ANSWER, "feedback": CRITIC}, CRITICIZED),
    (
        {"prompt": "Is dock {n} full?", "response": ANSWER, "critique": CRITIC},
        "prompt=prompt,context=response,response=critique",
    ),
    (
        {"instruction": "Is dock {n} full?", "input": "", "output": ANSWER, "gpt4_critique": CRITIC},
        "prompt=instruction,context=input+output,response=gpt4_critique",
    ),
    ({"question": "Is dock {n} full?", "answer": ANSWER, "user_feedback": CRITIC}, None),
    # A critique within an object, that of a person before that of a model.
    (
        {"question": "Is dock {n} full?", "answer": ANSWER, "critique": {"critique": CRITIC, "score": 1}},
        "prompt=question,context=answer,response=critique.critique",
    ),
    (
        {
            "question": "Is dock {n} full?",
            "answer": ANSWER,
            "gpt4_critique": {"critique": CRITIC},
            "human_critique": {"critique": CRITIC},
        },
        "prompt=question,context=answer,response=human_critique.critique",
    ),
    (
        {
            "question": "Is dock {n} full?",
            "answer": ANSWER,
            "gpt4_critique": {"critique": CRITIC},
            "other_critique": {"critique": CRITIC},
        },
        None,
    ),
    # The keys that trainers read are a pair, whoever said something of a draft of the completion.
    ({"prompt": "Is dock {n} full?", "completion": ANSWER, "feedback": CRITIC}, None),
    (
        {
            "question": "Is dock {n} full?",
            "answer": ANSWER,
            "feedback": "Dock {n} was built long before the others.",
        },
        None,
    ),
    ({"question": "Is dock {n} full?", "answer": ANSWER, "feedback": "good {n}"}, None),
    ({"question": "Is dock {n} full?", "options": ["No.", ANSWER], "answer": ANSWER, "feedback": CRITIC}, None),
    (
        {"question": "Is dock {n} full?", "answer": "Docks are.", "feedback": CRITIC, "revised_answer": ANSWER},
        "prompt=question,response=revised_answer",
    ),
    ({"question": "Is dock {n} full?", "answer": ANSWER, "feedback": CRITIC, "final_answer": "{n}"}, None),
]

#: Questions about a passage or under a title.
PASSAGES: Sequence[Case] = [
    # What a person writes below a question is asked with it; a line on a test case, or one that explains, is not.
    (
        {"question": "Is dock {n} full?", "description": ASKED_AT_LENGTH, "answers": [{"answer_text": ADVICE}]},
        "prompt=question,context=description,response=answers",
    ),
    (
        {"question": "Is dock {n} full?", "details": ASKED_AT_LENGTH, "answer": ADVICE},
        "prompt=question,context=details,response=answer",
    ),
    ({"question": "Is dock {n} full?", "description": "Knows that dock {n} is full.", "answer": ADVICE}, None),
    ({"question": "Is dock {n} full?", "description": ASKED_AT_LENGTH.replace("{n}", "it"), "answer": ADVICE}, None),
    ({"question": "Is dock {n} full?", "answer": ADVICE, "description": ASKED_AT_LENGTH}, None),
    ({"question": "Is dock {n} full?", "description": ASKED_AT_LENGTH, "answer": "No, {n} has a place."}, None),
    ({"question": "Is dock {n} full?", "description": f"{ADVICE} So it says.", "answer": ADVICE}, None),
    ({"image": "{n}.png", "question": "Full, {n}?", "description": ASKED_AT_LENGTH, "answer": ADVICE}, None),
    (
        {"chunk_id": "c{n}", "chunk": "Dock {n} holds 9 boats.", "question": "How many?", "answer": "9, at {n}"},
        "prompt=question,context=chunk,response=answer",
    ),
    (
        {"doc_text": "Dock {n} holds 9 boats.", "query": "How many?", "response": "9, at {n}"},
        "prompt=query,context=doc_text,response=response",
    ),
    ({"chunk": "{n}", "question": "Is dock {n} full?", "answer": "No {n}"}, None),
    (
        {"title": "Docks", "abstract": "We count {n} boats.", "question": "How many?", "answer": "{n}, at noon"},
        "prompt=question,context=abstract,response=answer",
    ),
    # Who is asked for an abstract is given none.
    ({"abstract": "We count {n} boats.", "question": "Of docks?", "answer": "We count {n} boats."}, None),
    (
        {
            "title": "The card, case {n}",
            "ask": "My card {n} does not open the dock since Monday. What can I do to open it?",
            "answer": "Ask at the gate.",
        },
        "prompt=ask,context=title,response=answer",
    ),
    ({"title": "Docks of {n}", "question": "Who opened them?", "answer": "The guard {n}."}, None),
    (
        {
            "q": "Is dock {n} full?",
            "a": "At noon of day {n}.",
            "c": "Dock {n} was full at noon of day {n}, I heard.",
        },
        "prompt=q,context=c,response=a",
    ),
    (
        {
            "query": "When is dock {n} full?",
            "answer": [["noon", "12:00"], ["Monday"]],
            "positive": ["The dock is full at noon, all agree.", "It was shut on Tuesday."],
            "negative": ["The gate is open.", "Boats wait in the rain."],
        },
        "prompt=query,context=positive+negative,response=answer",
    ),
    (
        {
            "query": "When is dock {n} full?",
            "answer": ["noon", "Monday"],
            "positive": [["The dock is full at noon, all agree."], ["It was shut on Monday."]],
            "negative": ["The gate is open.", "Boats wait in the rain."],
        },
        "prompt=query,context=positive+negative,response=answer",
    ),
    (
        {
            "query": "When is dock {n} full?",
            "answer": "noon",
            "positive": ["The dock is full at noon, all agree."],
            "negative": ["The gate is open."],
        },
        None,
    ),
    ({"q": "Is dock {n} full?", "a": "At noon of day {n}.", "c": "Ask for day and hour, and for the dock."}, None),
    (
        {
            "text": "Which boat lies at berth {n}?",
            "category": "harbour",
            "paragraph": "All boats lie at berth {n}, as the office says in its report.",
            "reference_answer": "All boats lie at berth {n}, says the office.",
        },
        "prompt=text,context=paragraph,response=reference_answer",
    ),
    (
        {
            "text": "Which boat lies at berth {n}?",
            "category": "harbour",
            "_paragraph": "All boats lie at berth {n}, as the office says in its report.",
            "reference_answer": "All boats lie at berth {n}, says the office.",
        },
        "prompt=text,response=reference_answer",
    ),
    (
        {
            "text": "Dock {n} has room, as the office says.",
            "question": {"stem": "Is dock {n} full?", "choices": STEM_CHOICES},
            "answer": "B",
        },
        "prompt=question.stem,context=text+question.choices[].text,response=answer",
    ),
]

#: Programs, which may be asked for, run, or completed; and codes, which are no programs.
PROGRAMS: Sequence[Case] = [
    ({"prompt": "Count boat {n}", "code": "def count(boats):\n    return {n}"}, "prompt=prompt,response=code"),
    ({"prompt": "Count the boats of {n}.", "tests": "assert count() == {n}"}, None),
    ({"code": "def f(x):\n    return x + {n}", "input": "'{n} is a day', 2", "output": "{n}"}, RUN),
    ({"code": "def f(x):\n    return x + {n}", "input": "", "output": "{n}"}, RUN),
    ({"code": "def f(x):\n    return x + {n}", "input": "Write a function that adds {n}.", "output": "x"}, None),
    ({"input": "{n}", "output": "{n}", "code": "def f(x):\n    return x + {n}"}, None),
    ({"code": "ABC-{n}", "text": "Step {n}: tell who asks that the dock is full."}, PLAIN),
    ({"code": "J{n}.1", "text": "Rope {n} hurts the hand of who holds it."}, None),
    ({"code": "ABC-7", "text": "Step {n}: tell who asks that the dock is full."}, None),
    ({**HEAD, "intent": "Take {n} from the list `xs`"}, "prompt=intent,context=prompt,response=canonical_solution"),
    ({**HEAD, "intent": "リスト`xs`から{n}を取り除く"}, "prompt=intent,context=prompt,response=canonical_solution"),
    ({**HEAD, "intent": "list_{n}"}, None),
    (
        {
            "prompt": "Add {n} to x.",
            "code": "def f(x):\n    pass",
            "instruction": "Add {n} to x.\nassert f(1) == {n}",
        },
        "prompt=instruction,response=code",
    ),
    (
        {"prompt": HEAD["prompt"], "code": "xs - {n}", "instruction": "Take {n} from the list `xs`"},
        "prompt=instruction,context=prompt,response=code",
    ),
    ({**HEAD, "prompt": "# Take {n} away\ndef f(xs):", "intent": "Take {n} away"}, None),
    ({**HEAD, "prompt": "Take {n} from `xs`.", "intent": "ask for the code of dock {n}"}, None),
    ({"prompt": HEAD["prompt"], "response": "xs - {n}", "intent": "Take {n} from the list `xs`"}, None),
]

#: A text next to what may be its label, its topic or its title.
LABELS: Sequence[Case] = [
    # Words that are apart have a pair of places each.
    (
        {
            "text": "Neither boat nor crew is not at dock {n}.",
            "cues": [
                {"kind": "pair", "cue": "Neither nor", "positions": [[0, 7], [13, 16]]},
                {"kind": "word", "cue": "not", "positions": [[25, 28]]},
            ],
        },
        "prompt=text,response=cues",
    ),
    (
        {
            "text": "Neither boat nor crew is not at dock {n}.",
            "cues": [
                {"kind": "pair", "cue": "Neither nor", "positions": [[0, 2], [4, 6]]},
                {"kind": "word", "cue": "not", "positions": [[8, 9]]},
            ],
        },
        None,
    ),
    (
        {"query": "Which gate of pier {n} opens first?", "hint": "It is next to crane {n} of the dock.", "is_right": 1},
        "prompt=query,context=hint,response=is_right",
    ),
    ({"query": "Which gate of pier {n} opens first?", "hint": "It is next to crane {n}.", "is_public": 1}, None),
    ({"text": "A boat in the harbour of {n}", "emoji": "⛵ {n}"}, "prompt=text,response=emoji"),
    (
        {"text": "The boat of harbour {n} is full", "gloss": "BOAT HARBOUR {n} FULL THERE", "category": "sea"},
        "prompt=text,response=gloss",
    ),
    ({"text": "Harbour {n} is full.", "title": "Harbour {n}"}, None),
    ({"text": "Il porto {n} è pieno.", "Etichetta": 1}, "prompt=text,response=Etichetta"),
    ({"text": "Harbour {n} is full.", "y": 1}, "prompt=text,response=y"),
    ({"text": "Harbour {n} is full.", "chunk": 1}, None),
    ({"text": "Harbour {n} is full.", "source": "a {n}", "page": 1}, None),
    (
        {"title": "Dock {n}", "text": "Dock {n} is full again.", "stars": 1},
        "prompt=text,context=title,response=stars",
    ),
    (
        {"title": "Help {n}", "text": "Is dock {n} full, or am I wrong?", "verdict": 1},
        "prompt=text,context=title,response=verdict",
    ),
    (
        {"text": "What a plan, {n} of them", "topic": "The town plans dock {n} at the gate", "label": 1},
        "prompt=text,context=topic,response=label",
    ),
    (
        {"topic": "市里计划在河边修第{n}座桥。", "text": "真是好主意，{n}年再看吧。", "label": 1},
        "prompt=text,context=topic,response=label",
    ),
    ({"text": "What a plan, {n} of them", "topic": "The town plans a dock at the gate", "label": 1}, None),
    ({"text": "What a plan, {n} of them", "topic": "Dock {n}", "label": 1}, None),
    ({"text": "Dock {n} is at the gate again, or so", "title": "Dock {n} is at the gate", "label": 1}, None),
]

#: A text next to lists that may label its parts, or may be its keywords.
PARTS: Sequence[Case] = [
    (
        {
            "query": {"query_id": "{n}", "query_type": "fact", "content": "Is dock {n} full?"},
            "ground_truth": {"content": ANSWER, "references": ["Docks of {n}"]},
        },
        "prompt=query.content,response=ground_truth.content",
    ),
    (
        {"question": {"id": "{n}", "value": "Is dock {n} full?"}, "answer": ANSWER},
        "prompt=question.value,response=answer",
    ),
    (
        {
            "question": {"content": "Is dock {n} full?", "rules": "Say no more than yes or no, and who says it."},
            "answer": ANSWER,
        },
        None,
    ),
    ({"question": {"text": "Is dock {n} full?", "id": "{n}"}, "answer": ANSWER}, None),
    ({"text": "Dock {n} is at the gate.", "annotations": [[0, 4, "PLACE"]]}, "prompt=text,labels=annotations"),
    (
        {"text": "Is dock {n} full?", "intents": ["ask", "hurry"], "sections": ["plan"]},
        "prompt=text,labels=intents",
    ),
    ({"text": "Dock {n} is full.", "sections": ["plan"]}, None),
    ({"text": "Dock {n} is full.", "sentences": ["Dock 4 is full."]}, None),
    ({"doc_id": "{n}", "text": "Dock {n} is full.", "keywords": ["dock", "{n}"]}, "prompt=text,response=keywords"),
    ({"url": "{n}", "text": "Dock {n} is full.", "keywords": ["dock", "{n}"]}, None),
    ({"id": "{n}", "text": "Dock {n} is full.", "keywords": ["dock", 7]}, None),
    ({"id": "{n}", "text": "Dock {n} is full.", "keywords": []}, None),
    ({"text": "Dock {n} is full.", "label": {"place": {"Dock": [[0, 4]]}}}, "prompt=text,labels=label"),
    ({"text": "Dock {n} is full.", "label": {"place": {"Dock": 1}}}, None),
    ({"text": "Dock {n} is full.", "label": {"place": "Dock"}}, None),
    ({"text": "Dock {n} is full.", "label": {}}, None),
    (
        {"text": "go to Oslo on day {n}", "label": 1, "tags": "O O B-city O O O"},
        "prompt=text,response=label,labels=tags",
    ),
    ({"text": "go to Oslo on day {n}", "tags": "O O B-city O O O"}, "prompt=text,labels=tags"),
]

#: The same text in several languages.
LANGUAGES: Sequence[Case] = [
    (
        {"source": "Ada_{n}", "translation": "The boat of {n}.", "sentence": "Il battello {n}", "label": 1},
        "prompt=sentence,response=label",
    ),
    ({"source": "Il battello {n}", "translation": "The boat {n}", "label": 1}, None),
    ({"question_de": "Ist {n} voll?", "question_en": "Is {n} full?", "query": "SELECT {n} FROM docks"}, QUERY),
    (
        {
            "text": {
                "en": "The dock of harbour {n} is full.",
                "de": "Die Station am Hafen {n} ist voll.",
                "fr": "Plein {n}.",
            }
        },
        "prompt=text.en,response=text.de",
    ),
    (
        {
            "text": {
                "en": "The dock of harbour {n} is full.",
                "de": "Die Station {n} ist voll.",
                "fr": "Plein {n}.",
            },
            "label": 1,
        },
        "prompt=text.en,response=label",
    ),
]

#: Instructions that are a key of their own, or stand in the text.
INSTRUCTIONS: Sequence[Case] = [
    ({"task_definition": "Say where the text is set, in a word.", "input": ANSWER, "output": "Dock."}, DEFINED),
    ({"task": "where", "input": ANSWER, "output": "Dock."}, None),
    ({"text": f"Is dock {{n}} full?\n\n### Response\n{ANSWER}", "category": "a"}, PLAIN),
    ({"text": f"Question: is dock {{n}} full?\nAnswer: {ANSWER}", "category": "a"}, PLAIN),
    (
        {"text": f"User: is {{n}} full?\nAssistant: {ANSWER}\nUser: Why?\nAssistant: {ANSWER}", "category": "a"},
        None,
    ),
    ({"text": f"Is dock {{n}} full?\nResponse: {ANSWER}", "label": "a"}, None),
    ({"text": f"You are a keeper. Respond to this.\n{ANSWER * 30}", "category": "a"}, PLAIN),
    ({"text": f"You are a keeper. Write which class it is.\n{ANSWER * 30}", "category": "a"}, None),
    # The prompt is a template that was filled with the short text next to it, or says what to do with that text.
    (
        {"instruction": "You keep a dock. Answer: is {n} full? Be brief.", "input": "is {n} full?", "output": ANSWER},
        "prompt=instruction,response=output",
    ),
    (
        {"prompt": "You keep a dock. Answer: is {n} full? Be brief.", "input": "is {n} full?", "output": ANSWER},
        "prompt=prompt,response=output",
    ),
    ({"instruction": "You keep dock {n}. Is it full?", "input": "is {n} full?", "output": ANSWER}, None),
    ({"instruction": "Translate boat {n} into High German", "input": "High German", "output": ANSWER}, None),
]

FAMILIES: Mapping[str, Sequence[Case]] = {
    "preferences": PREFERENCES,
    "conversations": CONVERSATIONS,
    "answers": ANSWERS,
    "critiques": CRITIQUES,
    "passages": PASSAGES,
    "programs": PROGRAMS,
    "labels": LABELS,
    "parts": PARTS,
    "languages": LANGUAGES,
    "instructions": INSTRUCTIONS,
}
