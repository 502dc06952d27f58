"""Keys in other languages mean what the English ones do, whatever the language and the order of its words."""

from __future__ import annotations

from typing import Any, Final

import pytest
from every import every

from datalint.shapes.detect import Detector
from datalint.shapes.evidence.sampled import LEAST_ROWS
from datalint.shapes.guess import Guess
from datalint.shapes.inference.renamed_keys import of_known_shape
from datalint.shapes.inference.translated_keys import english_keys, infer
from datalint.support.names.column_names import COMMON, fold_name
from datalint.support.names.column_words import WORDS
from datalint.support.names.translated_names import translated

#: English keys of rows, and what rows with them are known or guessed to mean.
LAYOUTS: Final = (
    ("title question answer", "prompt=question,response=answer"),
    ("subject description answer category", "prompt=description,context=subject,response=answer,category=category"),
    ("title text", "text=text"),
    ("text summary", "prompt=text,response=summary"),
    ("text category", "prompt=text,response=category,category=category"),
    ("comment sentiment", "prompt=comment,response=sentiment,category=sentiment"),
    ("instruction input output", "prompt=instruction,context=input,response=output"),
    ("context question answer", "prompt=question,context=context,response=answer"),
    ("question good_answer bad_answer", "prompt=question,chosen=good_answer,rejected=bad_answer"),
    ("question expected_answer source", "prompt=question,response=expected_answer"),
    ("question answer explanation topic", "prompt=question,response=answer,category=topic"),
    ("text translation", "prompt=text,response=translation"),
)
#: Keys in their language, what each is in English, and the keys beside them.
KEYS: Final = (
    ("respuesta_esperada", "expected_answer"),
    ("câu_trả_lời", "answer"),
    ("Kundenanfrage", "kunden_request"),
    ("用户问题", "user_question"),
    ("回答内容", "answer"),
    ("ответ_модели", "answer"),
    ("soru_metni", "question_text"),
    ("doğru_cevabı", "correct_answer"),
    ("nội_dung_câu_hỏi", "question"),
    ("kunci_jawaban", "answer"),
    ("التغريدة", "tweet"),
    ("परिभाषा", "definition"),
    ("期待される回答", "expected_answer"),
    ("الإجابة_المتوقعة", "expected_answer"),
    ("id_pregunta", "question_id"),
    ("opción_a", "option_a"),
    ("réponse_2", "answer_2"),
    ("data", None),
    ("resume", None),
    ("note", None),
    ("expected_articles", None),
)


def first_words(language: str) -> dict[str, str]:
    """Return a word of a language for each English one that it has a word for of its own, and that needs no other."""
    words = (line.split(":") for line in WORDS[language].split(";"))
    return {
        english.strip(): min(own.split(), key=lambda each: each.endswith("*")).rstrip("*") for english, own in words
    }


def value_of(name: str, row: int) -> str:
    long = (
        f"The keeper of lighthouse {row} trims the lamp, and ship {row * 7} answers with a signal of {row + 3} flags."
    )
    if name in ("category", "sentiment", "topic", "label"):
        return ("red", "green", "blue")[row % 3]
    if name == "source":
        return f"manual-{row % 5}.pdf"
    if name == "question":
        return f"Why does ship {row} answer the lamp of tower {row * 3}?"
    if name in ("title", "subject"):
        return f"Lamp of tower {row}"
    return f"{name.replace('_', ' ').capitalize()} {row}. {long}"


def guess_of(keys: dict[str, str]) -> Guess | None:
    rows: list[dict[str, Any]] = [
        {own: value_of(name, row) for name, own in keys.items()} for row in range(LEAST_ROWS + 4)
    ]
    return infer(rows)


@every("language", sorted(WORDS))
def test_rows_mean_the_same_in_every_language(language: str) -> None:
    words, read = first_words(language), 0
    for layout, meaning in LAYOUTS:
        names = layout.split()
        keys = {name: "_".join(words.get(each, "") for each in name.split("_")) for name in names}
        if not all(all(word in words for word in name.split("_")) for name in names) or len({*keys.values()}) < len(
            keys
        ):
            continue
        guess = guess_of(keys)
        own = ",".join(f"{each.split('=')[0]}={keys[each.split('=')[1]]}" for each in meaning.split(","))
        assert guess is not None, layout
        assert (guess.mapping, guess.clear) == (own, True), layout
        read += 1
    assert read or language in ("kk", "el", "fi", "da", "no", "hu", "he", "hi", "th")


@every("layout, meaning", LAYOUTS, ids=lambda case: case[0])
def test_english_rows_mean_that(layout: str, meaning: str) -> None:
    row = {name: value_of(name, 1) for name in layout.split()}
    known = of_known_shape([row], as_is=True)
    guess = guess_of({name: name for name in layout.split()})
    assert meaning in {each.mapping for each in (known, guess) if each is not None} | {
        f"{known.mapping},category=topic" if known else ""
    }


@every("key, english", KEYS)
def test_a_key(key: str, english: str | None) -> None:
    assert english_keys([key]).get(key) == english


def test_marked_words_count_beside_another_of_their_language() -> None:
    assert english_keys(["résumé", "texte"]) == {"résumé": "summary", "texte": "text"}
    assert english_keys(["問題", "解説"]) == {"問題": "problem", "解説": "explanation"}


def test_keys_that_mean_the_same_stay_as_they_are() -> None:
    assert english_keys(["antwort", "antworten", "frage"]) == {"frage": "question"}


@pytest.mark.parametrize(
    "name",
    [
        "question",
        "user_query",
        "std_answer",
        "evidence_phrase",
        "doctor_diagnosis",
        "product_categories",
        "all_classes",
    ],
)
def test_english_names_stay(name: str) -> None:
    assert fold_name(name) == tuple(name.split("_"))


def test_common_words_are_those_of_no_other_language() -> None:
    assert [translated((word,)) for word in sorted(COMMON)] == [(word,) for word in sorted(COMMON)]


@every("keys", ("pregunta opciones respuesta", "frage optionen antwort", "query_text choix answer"))
def test_questions_with_options_are_multiple_choice(keys: str) -> None:
    question, options, answer = keys.split()
    docks = [f"dock {each}" for each in range(4)]
    rows = [{question: f"Which dock has room on day {n}?", options: docks, answer: docks[n % 4]} for n in range(20)]
    guess = infer(rows)
    assert guess is not None
    assert Detector(guesses=[guess]).shape(rows[0]).name == "multiple-choice"


def test_one_object_of_many_words_is_a_dictionary() -> None:
    entries: dict[str, object] = {f"cuvânt{n}": [f"sens {n}"] for n in range(12)}
    asked = {"prompt": ["Cât costă biletul?"], "intrare": ["Gara de Nord"], "ieşire": ["Zece lei."]}
    assert [guess.clear for guess in (infer([asked]), infer([entries | asked])) if guess is not None] == [True, False]
