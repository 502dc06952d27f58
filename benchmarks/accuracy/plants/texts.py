"""Defects of texts: empty, cut, repeated, refused, broken characters, residue of markup and of generators."""

from __future__ import annotations

import re
from typing import Final

from benchmarks.accuracy.carriers import Talk
from benchmarks.accuracy.plants.kinds import Plant, answer, exchange, plants, prompt, text


def prose(value: str) -> bool:
    """Return whether a text is English prose of some length, without code, tables and lists."""
    return (
        len(value) > 150
        and sum(c.isascii() and (c.isalpha() or c in " ,.") for c in value) > 0.9 * len(value)
        and not re.search(r"[`{}<>|=]|^\s*[-*#\d]|^\s*(?:Input|Output):", value, re.MULTILINE)
    )


def _cut(pattern: str, tail: str = "") -> object:
    """Return a change that cuts prose behind the last match that leaves 200 characters or more."""

    def change(value: str) -> str | None:
        ends = [match.end() for match in re.finditer(pattern, value) if 200 <= match.end() < len(value) - 20]
        return value[: ends[-1]] + tail if prose(value) and ends else None

    return change


def _in_prose(change: object) -> object:
    return lambda value: change(value) if prose(value) else None  # type: ignore[operator]


def _amid(piece: str) -> object:
    """Return a change that puts something behind the first sentence of prose."""

    def change(value: str) -> str | None:
        head, dot, rest = value.partition(". ")
        return f"{head}{dot}{piece} {rest}" if prose(value) and rest else None

    return change


def _in_a_word(piece: str) -> object:
    """Return a change that puts something inside the first long word."""
    return lambda value: re.sub(r"([a-z]{3})([a-z]{3})", rf"\1{piece}\2", value, count=1) if prose(value) else None


def _mojibake(encoding: str, sample: str) -> object:
    """Return a change that adds a sentence which was read in the wrong encoding."""
    return _amid(f" {sample.encode().decode(encoding, errors='ignore')}")


def _breaks(written: str, most: int = -1) -> object:
    """Return a change that writes the breaks between sentences out."""

    def change(value: str) -> str | None:
        flat = " ".join(value.split())
        return flat.replace(". ", written, most) if prose(value) and flat.count(". ") > 1 else None

    return change


_LOOP: Final = "and then the next step is to repeat the same step once more, "
#: Prompts that ask for a text in words, which no word for a missing value answers.
_OPEN: Final = r"(?i)^\W*(?:can you |please )?(?:explain|describe|write|create|compose|tell me|how (?!many|much)|why|give me)\b|介绍|解释|为什么|写一"
#: Prompts that may want what is planted: letters to fill in, templates, code, markup, languages, who the model is.
_WANTS: Final = (
    r"(?i)letter|mail|template|placeholder|form\b|format|how to|how (?:do|can|should|would|could)|cook|bake|options|positive|script|speech|message|post|code|python|html|css"
    r"|java|\btag|function|quot|image|language|translat|fill|task|plan|name|who are|model|trained|capital|title|headline"
    r"|dialog|conversation|chat|interview|role|act as|play|question|phrase|write|example|poem|song|lyric|recipe|routine|steps"
    r"|food|game|solve|calculat|dance|instruction|end with"
)


def asked(change: object) -> object:
    """Return a change of exchanges that ask for an answer in words."""

    def apply(talk: Talk) -> Talk | None:
        fits = (
            len(talk.turns) < 4 and re.search(_OPEN, talk.prompt) and not re.search(r"(?i)none|null|n/a", talk.prompt)
        )
        return change(talk) if fits else None  # type: ignore[operator]

    return apply


def plain(change: object) -> object:
    """Return a change of an answer in prose to prompts that do not want what is planted."""

    def apply(talk: Talk) -> Talk | None:
        asked = [text for role, text in talk.turns if role != "assistant"]
        fits = prose(talk.answer) and not any(re.search(_WANTS, text) or not text.isascii() for text in asked)
        return talk.with_answer(change(talk.answer)) if fits and change(talk.answer) else None  # type: ignore[operator]

    return apply


def says(before: str = "", after: str = "") -> object:
    """Return a change that says something before or after an answer in prose."""
    return plain(lambda value: f"{before}{value}{after}")


PLANTS: Final[tuple[Plant, ...]] = (
    *plants(
        "QUA001",
        prompt,
        obvious={"empty": lambda _: "", "white space": lambda _: "   \n"},
        subtle={
            "zero-width spaces": lambda _: "\u200b\u200b",
            "no-break and ideographic spaces": lambda _: "\u00a0\u3000",
            "a soft hyphen": lambda _: "\u00ad",
        },
        near={"a question mark": lambda _: "?", "a digit": lambda _: "7", "one character": lambda _: "嗨"},
    ),
    *plants(
        "QUA002",
        answer,
        obvious={"empty": lambda _: "", "white space": lambda _: " \r\n "},
        subtle={"a zero-width space": lambda _: "\u200b", "a no-break space": lambda _: "\u00a0"},
        near={"a digit": lambda _: "0", "one word": lambda _: "No", "one character": lambda _: "不"},
    ),
    *plants(
        "QUA003",
        exchange,
        obvious={word: asked(lambda t, w=word: t.with_answer(w)) for word in ("N/A", "null", "None")},
        subtle={
            "nan with a full stop": asked(lambda t: t.with_answer("nan.")),
            "padded": asked(lambda t: t.with_answer(" n/a \n")),
            "quoted": asked(lambda t: t.with_answer('"null"')),
        },
        near={
            "a sentence with none": asked(lambda t: t.with_answer("None of them is needed, since one is enough.")),
            "a sentence with null": asked(lambda t: t.with_answer("A null pointer refers to no object.")),
            "no": asked(lambda t: t.with_answer("No")),
        },
    ),
    *plants(
        "QUA004",
        exchange,
        obvious={
            "lorem ipsum": says(after="\n\nLorem ipsum dolor sit amet, consectetur adipiscing elit."),
            "[Your Name]": says(after="\n\nKind regards,\n[Your Name]"),
            "[insert the date]": says("The deadline is [insert the date]. "),
        },
        subtle={
            "a variable of a template": says("Hello {{first_name}}, "),
            "a line with TODO": says(after="\n\nTODO: add the rest of the answer"),
            "<your answer>": lambda t: t.with_answer("<your answer>"),
        },
        near={
            "a footnote": says(after=" [1]"),
            "to do as words": says("There is little to do before that. "),
            "a variable in code": says(after="\n\n```jinja\n<h1>{{ title }}</h1>\n```"),
        },
    ),
    *plants(
        "QUA005",
        answer,
        obvious={
            "behind an article": _cut(r" (?:the|a|an)(?= )"),
            "behind a preposition": _cut(r" (?:of|with|from|into)(?= )"),
        },
        subtle={"behind a comma": _cut(r"\w,(?= \w)"), "in a bracket": _cut(r"\w(?=\. )", " (for example")},
        near={
            "behind a sentence": _cut(r"\w[.!?](?= [A-Z])"),
            "a bracket that is closed": _cut(r"\w(?=\. )", " (see above)."),
            "an ellipsis": _cut(r"\w(?=\. )", "..."),
        },
    ),
    *plants(
        "QUA006",
        answer,
        obvious={
            "one sentence over and over": _in_prose(lambda v: f"{v[:100]} {_LOOP * 40}"),
            "the answer ten times": _in_prose(lambda v: " ".join([v] * 10)),
            "letters": _in_prose(lambda v: v[:60] + "ha" * 600),
        },
        subtle={
            "half of the text": _in_prose(lambda v: f"{v} {_LOOP * (len(v) // len(_LOOP) + 6)}"),
            "with other capitals and marks": _in_prose(
                lambda v: v + "".join((_LOOP, _LOOP.title(), _LOOP.upper())[n % 3] + "!?."[n % 3] for n in range(60))
            ),
        },
        near={
            "a list with one beginning": _in_prose(lambda v: "\n".join(f"- You can also {w}" for w in v.split(". "))),
            "a refrain": _in_prose(lambda v: f"{v}\n\nOh, sing along\n\n{v[::-1]}\n\nOh, sing along"),
        },
    ),
    *plants(
        "QUA009",
        exchange,
        obvious={
            "I am ChatGPT": says("I am ChatGPT, a language model. "),
            "trained by OpenAI": says("I was trained by OpenAI. "),
            "in Chinese": says("我是由OpenAI训练的语言模型。"),
        },
        subtle={
            "as Claude": says(after="\n\nBy the way, my name is Claude."),
            "developed by Google": says(after=" I'm a model developed by Google."),
            "an assistant by Alibaba": says("I'm Qwen, created by Alibaba Cloud. "),
        },
        near={
            "about the company": says(after=" OpenAI was founded in 2015."),
            "a person of that name": says(after=" Claude Monet painted it."),
            "another trainer": says("I was trained by a good coach. "),
        },
    ),
    *plants(
        "QUA011",
        answer,
        obvious={
            "as Windows-1252": _mojibake("cp1252", "The café’s menu – “crème brûlée” – is naïve."),
            "as Latin-1": _mojibake("latin-1", "Der Käse ist größer als nötig für Zürich."),
            "as code page 437": _mojibake("cp437", "Él comió más de lo que debía mañana."),
        },
        subtle={
            "one apostrophe": _mojibake("cp1252", "It’s here."),
            "one accent": _mojibake("cp1252", "A café is near."),
            "a degree sign": _mojibake("cp1252", "It has 20 °C today."),
        },
        near={
            "letters with marks": _amid(" A café in Zürich, mañana, à côté."),
            "capitals with marks": _amid(" AÇÃO, NÃO, ÂNCORA."),
            "typographic quotes": _amid(" “It’s here” – he said…"),
        },
    ),
    *plants(
        "QUA012",
        answer,
        obvious={"in words": _in_a_word("\ufffd"), "three of them": _amid(" caf\ufffd\ufffd\ufffd is open.")},
        subtle={"at the end": _in_prose(lambda v: f"{v}\ufffd"), "between spaces": _amid(" \ufffd")},
        near={"a question mark": _amid(" (?)"), "an emoji": _amid(" 🙂"), "an ideographic space": _amid("\u3000")},
    ),
    *plants(
        "QUA013",
        answer,
        obvious={"a bell": _in_a_word("\x07"), "a null": _in_a_word("\x00"), "an escape": _amid(" \x1b[31mred\x1b[0m")},
        subtle={
            "a next line": _amid("\x85"),
            "a delete": _in_prose(lambda v: f"{v}\x7f"),
            "a form feed": _amid("\x0c"),
        },
        near={
            "a tab": _amid("\t"),
            "line breaks of Windows": _in_prose(lambda v: v.replace(". ", ".\r\n")),
            "a no-break space": _amid("\u00a0"),
        },
    ),
    *plants(
        "QUA014",
        answer,
        obvious={
            "zero-width spaces": _in_a_word("\u200b\u200b"),
            "private use": _amid(" \ue001"),
            "a mark": _in_a_word("\ufeff"),
        },
        subtle={
            "a soft hyphen": _in_a_word("\u00ad"),
            "a word joiner": _in_a_word("\u2060"),
            "a joiner among Latin letters": _in_a_word("\u200d"),
            "a Hangul filler": _amid(" \u3164"),
        },
        near={
            "an emoji with joiners": _amid(" 👩\u200d🔬"),
            "a joiner in Persian": _amid(" می\u200cخواهم"),
            "a variation selector": _amid(" ❤\ufe0f"),
        },
    ),
    *plants(
        "QUA015",
        answer,
        obvious={"an override": _in_a_word("\u202e"), "an embedding": _amid(" \u202bshalom")},
        subtle={"an isolate": _amid(" \u2067text"), "a lonely end": _in_prose(lambda v: f"{v}\u202c")},
        near={
            "an isolate that is closed": _amid(" \u2067שלום\u2069"),
            "an embedding that is closed": _amid(" \u202bשלום\u202c"),
            "a mark of direction": _amid(" שלום\u200f!"),
        },
    ),
    *plants(
        "QUA016",
        exchange,
        obvious={
            "paragraphs": plain(lambda v: f"<p>{v}</p><br><p>See more</p>"),
            "entities": plain(lambda v: v.replace(" ", "&nbsp;", 3)),
            "an escaped ampersand": says(after=" Salt &amp; pepper are &quot;basic&quot;."),
        },
        subtle={
            "one entity": says("It&#39;s near. "),
            "bold and a link": says(after=' <b>Note</b> <a href="/more">more</a>'),
            "a list item": plain(lambda v: f"<li>{v}</li>"),
        },
        near={
            "less than": says(after=" Here 3 < 5 and 7 > 6."),
            "a type in angle brackets": says(after=" A List<String> is one."),
            "an ampersand": says(after=" Salt & pepper, R&D; fine."),
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
            "for all breaks": _breaks(".\\n"),
            "double ones": _breaks(".\\n\\n"),
        },
        subtle={"two of them": _breaks(".\\n", 2), "in a list": _breaks(".\\n- ")},
        near={
            "a formula": _amid(r" Here $\nabla f$ and $\nu \neq \nabla g$."),
            "a path": _amid(r" It is in C:\new\notes\names."),
            "in code": _in_prose(lambda v: f'{v}\n\n```python\nprint("a\\nb\\nc\\n")\n```'),
        },
    ),
    *plants(
        "QUA029",
        prompt,
        obvious={"null": lambda _: "null", "N/A": lambda _: "N/A", "a marker": lambda _: "<noinput>"},
        subtle={"nan": lambda _: "nan", "a sentence": lambda _: "No input.", "padded": lambda _: " NULL \n"},
        near={
            "a question about it": lambda _: "What is null?",
            "a longer text": lambda _: "No input was given, so guess.",
            "no": lambda _: "No way",
        },
    ),
)
