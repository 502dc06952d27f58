"""Defects of quality and volume that the whole dataset shows: languages, reviews, echoes, lengths."""

from __future__ import annotations

from typing import Final

from benchmarks.accuracy.plants.bases import SAME, each_row, named
from benchmarks.accuracy.plants.kinds import Plant, dataset, english, plants, talk
from benchmarks.accuracy.plants.sayings import (
    CHINESE,
    FRENCH,
    GERMAN,
    QUESTION,
    english_,
    marked,
    row_of,
)

PLANTS: Final[tuple[Plant, ...]] = (
    *plants(
        "QUA010",
        dataset,
        obvious={
            "the prompt": each_row(
                lambda row, n: (
                    row
                    if n % 40
                    else row_of(
                        "The museum of the town is open on all days but Mondays.",
                        "The museum of the town is open on all days but Mondays.",
                    )
                )
            )
        },
        subtle={
            "other capitals and marks": each_row(
                lambda row, n: (
                    row
                    if n % 60
                    else row_of(
                        "The museum of the town is open on all days, but Mondays",
                        "the museum of the town is open on all days but mondays!",
                    )
                )
            )
        },
        near={
            "a longer answer": each_row(
                lambda row, n: (
                    row
                    if n % 40
                    else row_of(
                        "The museum is open on Mondays",
                        "The museum is open on Mondays from ten to six, and on other days too.",
                    )
                )
            ),
            "a correction": each_row(
                lambda row, n: (
                    row
                    if n % 40
                    else row_of("Correct the spelling: The museum is open today.", "The museum is open today.")
                )
            ),
            "as they are": SAME,
        },
    ),
    *plants(
        "QUA019",
        english,
        obvious={
            "French for English": english_(
                lambda rows: [
                    *rows,
                    row_of(rows[0]["prompt"] + " Tell me what the opening hours of the museum are.", FRENCH),
                ]
            ),
            "Chinese for English": english_(
                lambda rows: [
                    *rows,
                    row_of("When does the museum of the town open, and on which days is it closed?", CHINESE),
                ]
            ),
        },
        subtle={"German for French": english_(lambda rows: [*rows, row_of(QUESTION, GERMAN)])},
        near={
            "French for French": english_(lambda rows: [*rows, row_of(QUESTION, FRENCH)]),
            "a translation": english_(
                lambda rows: [
                    *rows,
                    row_of("Translate into French: The museum opens at ten on all days but Mondays.", FRENCH),
                ]
            ),
        },
    ),
    *plants(
        "QUA026",
        dataset,
        obvious={"none": marked(lambda _: False), "half": marked(lambda n: n % 2 == 0)},
        subtle={
            "pending": marked(lambda n: "pending" if n % 3 == 0 else "approved", "review_status"),
            "empty": marked(lambda n: "" if n % 4 == 0 else "ann", "reviewed_by"),
        },
        near={
            "all": marked(lambda _: True),
            "all approved": marked(lambda _: "approved", "review_status"),
            "no such key": SAME,
        },
    ),
    *plants(
        "QUA027",
        dataset,
        obvious={
            "one of two": each_row(
                lambda row, n: row | {"annotator_labels": ["good", "bad"] if n % 5 == 0 else ["good", "good"]}
            )
        },
        subtle={
            "one of three each": each_row(
                lambda row, n: row | {"votes": ["a", "b", "c"] if n == 9 else ["a", "a", "b"]}
            ),
            "numbered keys": each_row(
                lambda row, n: row | {"annotator_1": "good", "annotator_2": "bad" if n % 30 == 0 else "good"}
            ),
        },
        near={
            "two of three": each_row(lambda row, _: row | {"votes": ["a", "a", "b"]}),
            "all agree": each_row(lambda row, _: row | {"annotator_1": "good", "annotator_2": "good"}),
            "tags": each_row(lambda row, _: row | {"tags": ["a", "b"]}),
        },
    ),
    *plants(
        "QUA028",
        english,
        obvious={
            "swapped": english_(
                lambda rows: [
                    row_of(row["completion"], f"Write a short text about {row['prompt'][:40].strip('?.').lower()}.")
                    for row in rows
                ]
            )
        },
        subtle={
            "one in four": english_(
                lambda rows: [
                    row
                    if n % 4
                    else row | {"completion": "Describe the most important parts of a modern city in your own words."}
                    for n, row in enumerate(rows)
                ]
            )
        },
        near={
            "as they are": english_(list),
            "one in twenty": english_(
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
            "one in Chinese": english_(
                lambda rows: [
                    *rows,
                    row_of("博物馆每天几点开门？星期几闭馆？请用一句话回答我的这个问题，谢谢您的帮助。", CHINESE),
                ]
            ),
            "one in French": english_(lambda rows: [*rows, row_of(QUESTION, FRENCH)]),
        },
        subtle={
            "one in German": english_(
                lambda rows: [
                    *rows,
                    row_of(
                        "Um wie viel Uhr öffnet das Museum der Stadt, und an welchen Tagen ist es geschlossen?", GERMAN
                    ),
                ]
            )
        },
        near={
            "as they are": english_(list),
            "a foreign word": english_(
                lambda rows: [
                    *rows,
                    row_of(
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
            "forty times as long": each_row(
                lambda row, n: (
                    row if n != 60 else row | {"completion": " ".join(f"word{i} and so" for i in range(20_000))}
                )
            )
        },
        subtle={
            "a long prompt": each_row(
                lambda row, n: row if n != 60 else row | {"prompt": " ".join(f"word{i} is it" for i in range(20_000))}
            )
        },
        near={
            "as they are": SAME,
            "twice as long": each_row(lambda row, n: row if n != 60 else row | {"completion": row["completion"] * 2}),
        },
    ),
    *plants(
        "VOL007",
        dataset,
        obvious={"one of two rows": named((*("a" * 59), *("b" * 59), "c", "c"))},
        subtle={"nine rows": named((*("a" * 55), *("b" * 56), *("c" * 9)))},
        near={"ten rows": named((*("a" * 55), *("b" * 55), *("c" * 10))), "no category": SAME},
    ),
    *plants(
        "QUA020",
        talk,
        obvious={
            "an image": lambda _: row_of("What is shown in the image below?", "A dog on a beach."),
            "a file": lambda _: row_of("Summarize the attached file.", "It is about trade."),
        },
        subtle={
            "the passage above": lambda _: row_of("Who wrote the above passage?", "An unknown author."),
            "the following article": lambda _: row_of("Give a title to the following article.", "Trade in spring"),
        },
        near={
            "the passage is there": lambda t: row_of(
                f"Who wrote the following passage?\n\n{t.answer}", "An unknown author."
            ),
            "an image in general": lambda _: row_of(
                "How do I shrink an image without losing its sharpness?", "Export it at half its size."
            ),
        },
    ),
)
