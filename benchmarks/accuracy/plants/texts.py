"""Defects of texts: empty, cut, repeated, residue of templates and markup, identities."""

from __future__ import annotations

from typing import Final

from benchmarks.accuracy.plants.kinds import Plant, answer, exchange, plants, prompt
from benchmarks.accuracy.plants.prose import (
    LOOP,
    asked,
    cut,
    in_prose,
    plain,
    says,
)

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
        },
        subtle={
            "a variable of a template": says("Hello {{first_name}}, "),
            "a line with TODO": says(after="\n\nTODO: add the rest of the answer"),
        },
        near={
            "to do as words": says("There is little to do before that. "),
            "a variable in code": says(after="\n\n```jinja\n<h1>{{ title }}</h1>\n```"),
        },
    ),
    *plants(
        "QUA032",
        exchange,
        obvious={
            "[Your Name]": says(after="\n\nKind regards,\n[Your Name]"),
            "[insert the date]": says("The deadline is [insert the date]. "),
        },
        subtle={"<your answer>": lambda t: t.with_answer("<your answer>")},
        near={
            "a footnote": says(after=" [1]"),
            "in code": says(after="\n\n```html\n<p>[Your Name]</p>\n```"),
        },
    ),
    *plants(
        "QUA005",
        answer,
        obvious={
            "behind an article": cut(r" (?:the|a|an)(?= )"),
            "behind a preposition": cut(r" (?:of|with|from|into)(?= )"),
        },
        subtle={"behind a comma": cut(r"\w,(?= \w)"), "in a bracket": cut(r"\w(?=\. )", " (for example")},
        near={
            "behind a sentence": cut(r"\w[.!?](?= [A-Z])"),
            "a bracket that is closed": cut(r"\w(?=\. )", " (see above)."),
            "an ellipsis": cut(r"\w(?=\. )", "..."),
        },
    ),
    *plants(
        "QUA006",
        answer,
        obvious={
            "one sentence over and over": in_prose(lambda v: f"{v[:100]} {LOOP * 40}"),
            "the answer ten times": in_prose(lambda v: " ".join([v] * 10)),
            "letters": in_prose(lambda v: v[:60] + "ha" * 600),
        },
        subtle={
            "half of the text": in_prose(lambda v: f"{v} {LOOP * (len(v) // len(LOOP) + 6)}"),
            "with other capitals and marks": in_prose(
                lambda v: v + "".join((LOOP, LOOP.title(), LOOP.upper())[n % 3] + "!?."[n % 3] for n in range(60))
            ),
        },
        near={
            "a list with one beginning": in_prose(lambda v: "\n".join(f"- You can also {w}" for w in v.split(". "))),
            "a refrain": in_prose(lambda v: f"{v}\n\nOh, sing along\n\n{v[::-1]}\n\nOh, sing along"),
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
