"""Defects of characters: broken encodings, control and invisible characters, capitals, written-out breaks."""

from __future__ import annotations

import re
from typing import Final

from benchmarks.accuracy.plants.kinds import Plant, answer, exchange, plants, text
from benchmarks.accuracy.plants.prose import (
    amid,
    breaks,
    in_a_word,
    in_prose,
    mojibake,
    plain,
    says,
)

PLANTS: Final[tuple[Plant, ...]] = (
    *plants(
        "QUA011",
        answer,
        obvious={
            "as Windows-1252": mojibake("cp1252", "The café’s menu – “crème brûlée” – is naïve."),
            "as Latin-1": mojibake("latin-1", "Der Käse ist größer als nötig für Zürich."),
            "as code page 437": mojibake("cp437", "Él comió más de lo que debía mañana."),
        },
        subtle={
            "one apostrophe": mojibake("cp1252", "It’s here."),
            "one accent": mojibake("cp1252", "A café is near."),
            "a degree sign": mojibake("cp1252", "It has 20 °C today."),
        },
        near={
            "letters with marks": amid(" A café in Zürich, mañana, à côté."),
            "capitals with marks": amid(" AÇÃO, NÃO, ÂNCORA."),
            "typographic quotes": amid(" “It’s here” – he said…"),
        },
    ),
    *plants(
        "QUA012",
        answer,
        obvious={"in words": in_a_word("\ufffd"), "three of them": amid(" caf\ufffd\ufffd\ufffd is open.")},
        subtle={"at the end": in_prose(lambda v: f"{v}\ufffd"), "between spaces": amid(" \ufffd")},
        near={"a question mark": amid(" (?)"), "an emoji": amid(" 🙂"), "an ideographic space": amid("\u3000")},
    ),
    *plants(
        "QUA013",
        answer,
        obvious={"a bell": in_a_word("\x07"), "a null": in_a_word("\x00"), "an escape": amid(" \x1b[31mred\x1b[0m")},
        subtle={
            "a next line": amid("\x85"),
            "a delete": in_prose(lambda v: f"{v}\x7f"),
            "a form feed": amid("\x0c"),
        },
        near={
            "a tab": amid("\t"),
            "line breaks of Windows": in_prose(lambda v: v.replace(". ", ".\r\n")),
            "a no-break space": amid("\u00a0"),
        },
    ),
    *plants(
        "QUA014",
        answer,
        obvious={
            "zero-width spaces": in_a_word("\u200b\u200b"),
            "private use": amid(" \ue001"),
            "a mark": in_a_word("\ufeff"),
        },
        subtle={
            "a soft hyphen": in_a_word("\u00ad"),
            "a word joiner": in_a_word("\u2060"),
            "a joiner among Latin letters": in_a_word("\u200d"),
            "a Hangul filler": amid(" \u3164"),
        },
        near={
            "an emoji with joiners": amid(" 👩\u200d🔬"),
            "a joiner in Persian": amid(" می\u200cخواهم"),
            "a variation selector": amid(" ❤\ufe0f"),
        },
    ),
    *plants(
        "QUA015",
        answer,
        obvious={"an override": in_a_word("\u202e"), "an embedding": amid(" \u202bshalom")},
        subtle={"an isolate": amid(" \u2067text"), "a lonely end": in_prose(lambda v: f"{v}\u202c")},
        near={
            "an isolate that is closed": amid(" \u2067שלום\u2069"),
            "an embedding that is closed": amid(" \u202bשלום\u202c"),
            "a mark of direction": amid(" שלום\u200f!"),
        },
    ),
    *plants(
        "QUA017",
        text,
        obvious={
            "only signs": lambda _: "@#$%^&*()!~ -=_+[]{}|;:<>?/ " * 8 + "abc",
            "signs of many kinds": lambda _: "".join(f"{a}{b} " for a in "!@#$%^&*;:?" for b in "~+=/-_") + "wordy",
        },
        subtle={
            "words among signs": lambda v: (
                " ".join(f"%{w[:3]}#@~&%!^?" for w in re.findall(r"[a-z]{3,}", v)[:40]) or None
            )
        },
        near={
            "marked words": lambda v: " ".join(f"*{w}*" for w in v.split()),
            "a line of dashes": lambda v: f"{'-' * 300}\n{v}",
            "a table of words": lambda v: "\n".join(f"| {w} | {w} |" for w in v.split()[:20]),
        },
    ),
    *plants(
        "QUA018",
        exchange,
        obvious={
            "all capitals": plain(str.upper),
            "capitals with exclamation marks": plain(lambda v: v.upper().replace(".", "!!!")),
        },
        subtle={"nine tenths": plain(lambda v: v[: int(len(v) * 0.9)].upper() + v[int(len(v) * 0.9) :])},
        near={
            "one word": plain(lambda v: v.replace(" the ", " THE ")),
            "capitals at the beginnings": plain(str.title),
            "abbreviations": says(after=" NASA, ESA, HTTP and JSON are meant."),
        },
    ),
    *plants(
        "QUA022",
        answer,
        obvious={
            "for all breaks": breaks(".\\n"),
            "double ones": breaks(".\\n\\n"),
        },
        subtle={"two of them": breaks(".\\n", 2), "in a list": breaks(".\\n- ")},
        near={
            "a formula": amid(r" Here $\nabla f$ and $\nu \neq \nabla g$."),
            "a path": amid(r" It is in C:\new\notes\names."),
            "in code": in_prose(lambda v: f'{v}\n\n```python\nprint("a\\nb\\nc\\n")\n```'),
        },
    ),
)
