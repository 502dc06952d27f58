"""Defects that some rows have and the others have not: keys, types, system prompts, formats, reviews, languages."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Final

from benchmarks.accuracy.carriers import Row, Talk
from benchmarks.accuracy.plants.kinds import Given, Plant, dataset, english, plants, talk
from benchmarks.accuracy.plants.sets import _SAME, _each, _named, _set, _systems, pairs

Change = Callable[[list[Talk]], Given | None]


def _json(row: Row, n: int) -> Row:
    return row | {"completion": json.dumps({"answer": row["completion"][:60], "score": n})}


def _marked(mark: Callable[[int], Any], key: str = "reviewed") -> Change:
    return _each(lambda row, n: row | {key: mark(n)})


def _english(change: Callable[[list[Row]], list[Row]]) -> Change:
    """Return a change of the rows as prompts and completions."""
    return lambda talks: Given(change(pairs(talks)))


_FRENCH: Final = (
    "Le musée ouvre ses portes tous les jours de dix heures à dix-huit heures, sauf le lundi et les jours fériés."
)
_QUESTION: Final = "À quelle heure ouvre le musée de la ville, et quels jours est-il fermé pendant l'année ?"
_GERMAN: Final = (
    "Das Museum öffnet täglich um zehn Uhr und schließt um achtzehn Uhr, außer an Montagen und an Feiertagen."
)
_CHINESE: Final = "博物馆每天上午十点开门，下午六点关门，星期一和法定节假日闭馆，请提前安排好您的参观时间。"
_SYSTEM: Final = "You are a helpful assistant of a museum. Answer briefly and kindly."


def _row(prompt: str, completion: str) -> Row:
    return {"prompt": prompt, "completion": completion}


PLANTS: Final[tuple[Plant, ...]] = (
    *plants(
        "FMT103",
        dataset,
        obvious={
            "half conversations": lambda talks: Given([t.chat() if n % 2 else t.alpaca() for n, t in enumerate(talks)]),
            "texts too": lambda talks: Given([t.pair() if n % 4 else {"text": t.answer} for n, t in enumerate(talks)]),
        },
        subtle={
            "one row": lambda talks: Given([*(t.chat() for t in talks), talks[0].alpaca()]),
            "ShareGPT among OpenAI": lambda talks: Given(
                [t.chat() if n % 9 else t.share() for n, t in enumerate(talks)]
            ),
        },
        near={
            "one shape": _SAME,
            "with and without an input": lambda talks: Given(
                [t.alpaca() | ({"input": "x"} if n % 2 else {}) for n, t in enumerate(talks)]
            ),
        },
    ),
    *plants(
        "FMT107",
        dataset,
        obvious={"one row has another key": _each(lambda row, n: row | ({"remark": "new"} if n == 7 else {}))},
        subtle={
            "two rows lack a key": _each(lambda row, n: row | ({"topic": "a"} if n not in (5, 50) else {})),
            "a key of a message": lambda talks: Given(
                [
                    {"messages": [m | ({"time": 3} if n == 9 else {}) for m in t.chat()["messages"]]}
                    for n, t in enumerate(talks)
                ]
            ),
        },
        near={
            "all rows": _each(lambda row, _: row | {"topic": "a"}),
            "half of them": _each(lambda row, n: row | ({"topic": "a"} if n % 2 else {})),
            "system prompts": _systems("Be brief.", ""),
        },
    ),
    *plants(
        "FMT108",
        dataset,
        obvious={"texts and numbers": _each(lambda row, n: row | {"id": str(n) if n % 2 else n})},
        subtle={
            "one list": _each(lambda row, n: row | {"tags": ["a"] if n != 30 else "a"}),
            "one object": _each(lambda row, n: row | {"meta": {"a": 1} if n != 30 else "none"}),
            "a number as a text below": _each(lambda row, n: row | {"meta": {"n": n if n != 99 else "99"}}),
        },
        near={
            "integers and fractions": _each(lambda row, n: row | {"score": n if n % 2 else n / 3}),
            "null": _each(lambda row, n: row | {"id": n if n % 2 else None}),
            "one type": _each(lambda row, n: row | {"id": n}),
        },
    ),
    *plants(
        "FMT110",
        dataset,
        obvious={
            "capitals": _each(lambda row, _: row | {"Completion": row["completion"][::-1]}),
            "an underscore": lambda talks: Given(
                [{"question": t.prompt, "std_answer": t.answer, "stdAnswer": t.answer[::-1]} for t in talks]
            ),
        },
        subtle={
            "a plural": lambda talks: Given(
                [{"question": t.prompt, "answer": t.answer, "answers": t.answer[::-1]} for t in talks]
            ),
            "a space": lambda talks: Given(
                [{"question": t.prompt, "answer": t.answer, "Answer ": t.answer[::-1]} for t in talks]
            ),
        },
        near={
            "empty": _each(lambda row, _: row | {"Completion": ""}),
            "another word": _each(lambda row, _: row | {"completed": True, "prompt_id": 3}),
            "as they are": _SAME,
        },
    ),
    *plants(
        "FMT112",
        dataset,
        obvious={"an explanation": _each(lambda row, _: row | {"explanation": row["completion"] * 2})},
        subtle={
            "a passage": lambda talks: Given(
                [{"question": t.prompt, "answer": t.answer, "rationale_text": t.answer[::-1]} for t in talks]
            )
        },
        near={
            "a source": _each(lambda row, _: row | {"source": row["completion"]}),
            "short remarks": _each(lambda row, _: row | {"remark": "ok"}),
            "as they are": _SAME,
        },
    ),
    *plants(
        "FMT217",
        dataset,
        obvious={"half": _systems(_SYSTEM, ""), "all but some": _systems(*([_SYSTEM] * 9), "")},
        subtle={
            "a variant": _systems(*([_SYSTEM] * 7), _SYSTEM.replace("kindly", "kindley")),
            "without the full stop": _systems(*([_SYSTEM] * 5), _SYSTEM[:-1]),
        },
        near={
            "one for all": _systems(_SYSTEM),
            "none": _systems(""),
            "three of their own": _systems("You are a pirate.", "Answer as a doctor would.", "Translate into French."),
        },
    ),
    *plants(
        "FMT607",
        dataset,
        obvious={"two answers are prose": _each(lambda row, n: row if n in (8, 80) else _json(row, n))},
        subtle={
            "no final mark": _each(
                lambda row, n: row if n == 40 else row | {"completion": f"{row['completion']}\n#### {n}"}
            ),
            "no box": _each(
                lambda row, n: row if n in (4, 40) else row | {"completion": f"{row['completion']} \\boxed{{{n}}}"}
            ),
        },
        near={
            "all JSON": _each(_json),
            "half of them": _each(lambda row, n: _json(row, n) if n % 2 else row),
            "as they are": _SAME,
        },
    ),
    *plants(
        "QUA010",
        dataset,
        obvious={
            "the prompt": _each(
                lambda row, n: (
                    row
                    if n % 40
                    else _row(
                        "The museum of the town is open on all days but Mondays.",
                        "The museum of the town is open on all days but Mondays.",
                    )
                )
            )
        },
        subtle={
            "other capitals and marks": _each(
                lambda row, n: (
                    row
                    if n % 60
                    else _row(
                        "The museum of the town is open on all days, but Mondays",
                        "the museum of the town is open on all days but mondays!",
                    )
                )
            )
        },
        near={
            "a longer answer": _each(
                lambda row, n: (
                    row
                    if n % 40
                    else _row(
                        "The museum is open on Mondays",
                        "The museum is open on Mondays from ten to six, and on other days too.",
                    )
                )
            ),
            "a correction": _each(
                lambda row, n: (
                    row
                    if n % 40
                    else _row("Correct the spelling: The museum is open today.", "The museum is open today.")
                )
            ),
            "as they are": _SAME,
        },
    ),
    *plants(
        "QUA019",
        english,
        obvious={
            "French for English": _english(
                lambda rows: [
                    *rows,
                    _row(rows[0]["prompt"] + " Tell me what the opening hours of the museum are.", _FRENCH),
                ]
            ),
            "Chinese for English": _english(
                lambda rows: [
                    *rows,
                    _row("When does the museum of the town open, and on which days is it closed?", _CHINESE),
                ]
            ),
        },
        subtle={"German for French": _english(lambda rows: [*rows, _row(_QUESTION, _GERMAN)])},
        near={
            "French for French": _english(lambda rows: [*rows, _row(_QUESTION, _FRENCH)]),
            "a translation": _english(
                lambda rows: [
                    *rows,
                    _row("Translate into French: The museum opens at ten on all days but Mondays.", _FRENCH),
                ]
            ),
        },
    ),
    *plants(
        "QUA026",
        dataset,
        obvious={"none": _marked(lambda _: False), "half": _marked(lambda n: n % 2 == 0)},
        subtle={
            "pending": _marked(lambda n: "pending" if n % 3 == 0 else "approved", "review_status"),
            "empty": _marked(lambda n: "" if n % 4 == 0 else "ann", "reviewed_by"),
        },
        near={
            "all": _marked(lambda _: True),
            "all approved": _marked(lambda _: "approved", "review_status"),
            "no such key": _SAME,
        },
    ),
    *plants(
        "QUA027",
        dataset,
        obvious={
            "one of two": _each(
                lambda row, n: row | {"annotator_labels": ["good", "bad"] if n % 5 == 0 else ["good", "good"]}
            )
        },
        subtle={
            "one of three each": _each(lambda row, n: row | {"votes": ["a", "b", "c"] if n == 9 else ["a", "a", "b"]}),
            "numbered keys": _each(
                lambda row, n: row | {"annotator_1": "good", "annotator_2": "bad" if n % 30 == 0 else "good"}
            ),
        },
        near={
            "two of three": _each(lambda row, _: row | {"votes": ["a", "a", "b"]}),
            "all agree": _each(lambda row, _: row | {"annotator_1": "good", "annotator_2": "good"}),
            "tags": _each(lambda row, _: row | {"tags": ["a", "b"]}),
        },
    ),
    *plants(
        "QUA028",
        english,
        obvious={
            "swapped": _english(
                lambda rows: [
                    _row(row["completion"], f"Write a short text about {row['prompt'][:40].strip('?.').lower()}.")
                    for row in rows
                ]
            )
        },
        subtle={
            "one in four": _english(
                lambda rows: [
                    row
                    if n % 4
                    else row | {"completion": "Describe the most important parts of a modern city in your own words."}
                    for n, row in enumerate(rows)
                ]
            )
        },
        near={
            "as they are": _english(list),
            "one in twenty": _english(
                lambda rows: [
                    row if n % 20 else row | {"completion": "Write a poem about the sea."} for n, row in enumerate(rows)
                ]
            ),
        },
    ),
    *plants(
        "QUA030",
        english,
        obvious={
            "one in Chinese": _english(
                lambda rows: [
                    *rows,
                    _row("博物馆每天几点开门？星期几闭馆？请用一句话回答我的这个问题，谢谢您的帮助。", _CHINESE),
                ]
            ),
            "one in French": _english(lambda rows: [*rows, _row(_QUESTION, _FRENCH)]),
        },
        subtle={
            "one in German": _english(
                lambda rows: [
                    *rows,
                    _row(
                        "Um wie viel Uhr öffnet das Museum der Stadt, und an welchen Tagen ist es geschlossen?", _GERMAN
                    ),
                ]
            )
        },
        near={
            "as they are": _english(list),
            "a foreign word": _english(
                lambda rows: [
                    *rows,
                    _row(
                        "What does the word Schadenfreude mean in the books of the time?",
                        "It means the joy at the harm of others, and has no English word of its own.",
                    ),
                ]
            ),
        },
    ),
    *plants(
        "VOL005",
        english,
        obvious={
            "forty times as long": _each(
                lambda row, n: (
                    row if n != 60 else row | {"completion": " ".join(f"word{i} and so" for i in range(20_000))}
                )
            )
        },
        subtle={
            "a long prompt": _each(
                lambda row, n: row if n != 60 else row | {"prompt": " ".join(f"word{i} is it" for i in range(20_000))}
            )
        },
        near={
            "as they are": _SAME,
            "twice as long": _each(lambda row, n: row if n != 60 else row | {"completion": row["completion"] * 2}),
        },
    ),
    *plants(
        "VOL007",
        dataset,
        obvious={"one of two rows": _named((*("a" * 59), *("b" * 59), "c", "c"))},
        subtle={"nine rows": _named((*("a" * 55), *("b" * 56), *("c" * 9)))},
        near={"ten rows": _named((*("a" * 55), *("b" * 55), *("c" * 10))), "no category": _SAME},
    ),
    *plants(
        "QUA020",
        talk,
        obvious={
            "an image": lambda _: _row("What is shown in the image below?", "A dog on a beach."),
            "a file": lambda _: _row("Summarize the attached file.", "It is about trade."),
        },
        subtle={
            "the passage above": lambda _: _row("Who wrote the above passage?", "An unknown author."),
            "the following article": lambda _: _row("Give a title to the following article.", "Trade in spring"),
        },
        near={
            "the passage is there": lambda t: _row(
                f"Who wrote the following passage?\n\n{t.answer}", "An unknown author."
            ),
            "an image in general": lambda _: _row(
                "How do I shrink an image without losing its sharpness?", "Export it at half its size."
            ),
        },
    ),
)
