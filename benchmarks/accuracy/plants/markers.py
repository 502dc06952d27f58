"""Defects in what surrounds the words: control tokens, tags of reasoning, fences, padding, repeated items."""

from __future__ import annotations

import json
import re
from typing import Final

from benchmarks.accuracy.plants.kinds import Plant, answer, exchange, plants, prompt, talk
from benchmarks.accuracy.plants.pieces import (
    ENDED,
    FIRST_,
    LAST,
    SECOND,
    THIRD,
    after,
    again,
    before,
    history,
    items,
    padded,
    thinks,
)
from benchmarks.accuracy.plants.prose import plain, prose, says

PLANTS: Final[tuple[Plant, ...]] = (
    *plants(
        "FMT601",
        answer,
        obvious={
            "ChatML": after("<|im_end|>\n<|im_start|>user\nMore?"),
            "Llama 2": before("[INST] Say it. [/INST] "),
            "Llama 3": after("<|eot_id|>"),
            "the end of a text": after("<|endoftext|>"),
        },
        subtle={
            "one end token": after("</s>"),
            "Gemma": before("<start_of_turn>model\n"),
            "DeepSeek": before("<｜Assistant｜>"),
            "Mistral's calls": before("[TOOL_CALLS]"),
        },
        near={
            "a struck word": lambda v: v.replace(" the ", " <s>the</s> ", 1) if " the " in v else None,
            "the names of tokens": after(" It is called im_start there."),
            "brackets": after(" [INSTALL] [1]"),
        },
    ),
    *plants(
        "FMT601",
        prompt,
        obvious={"in a prompt": lambda v: f"<|im_start|>user\n{v}<|im_end|>"},
        subtle={"an instruction's end in a prompt": lambda v: f"{v} [/INST]"},
        near={"a user in angle brackets": lambda v: f"{v} (see <user> and <name>)"},
    ),
    *plants(
        "FMT603",
        answer,
        obvious={"never closed": thinks("<think>\n"), "never opened": before("I keep it brief.</think>\n\n")},
        subtle={
            "nested": thinks("<think>\n<think>\n", "\n</think>"),
            "closed in another way": thinks("<thinking>\n", "\n</think>"),
            "of another family": thinks("<|begin_of_thought|>\n"),
        },
        near={
            "in order": thinks("<think>\n", "\n</think>"),
            "twice in order": lambda v: (
                f"<think>\nA.\n</think>\n{v}\n<think>\nB.\n</think>\nDone." if prose(v) else None
            ),
            "in code": after(" The tag is `<think>`."),
        },
    ),
    *plants(
        "FMT604",
        talk,
        obvious={
            "in the first answer": history("<think>\nThe user greets me.\n</think>\n\n"),
            "with <thinking>": history("<thinking>I look it up first.</thinking>\n"),
        },
        subtle={
            "in brackets": history("[THINK]One thing at a time.[/THINK]"),
            "of a few words": history("<think>ok so</think>"),
        },
        near={
            "in the last answer": lambda t: (
                t.with_answer(f"<think>\nShort.\n</think>\n\n{t.answer}").chat()
                if len(t.turns) > 3 and "<" not in str(t.turns)
                else None
            ),
            "a word in angle brackets": history("<thing> "),
            "thoughts in words": history("Let me think about this. "),
        },
    ),
    *plants(
        "FMT605",
        talk,
        obvious={"spaces before": padded("   "), "spaces after": padded("", "    ")},
        subtle={"a tab after": padded("", "\t"), "breaks before": padded("\n\n")},
        near={
            "one break at the end": padded("", "\n"),
            "breaks inside": lambda t: (
                t.with_answer(t.answer.replace(". ", ".\n\n")).chat() if prose(t.answer) else None
            ),
        },
    ),
    *plants(
        "FMT606",
        answer,
        obvious={
            "never closed": after("\n\n```python\nprint(1)"),
            "never opened": before("print(1)\n```\n\n"),
        },
        subtle={
            "three of them": after("\n\n```\na\n```\nand\n```\nb"),
            "closed by two": after("\n\n```sh\nls -l\n``"),
        },
        near={
            "two blocks": after("\n\n```\na\n```\nand\n```\nb\n```"),
            "a longer fence around": after("\n\n````md\n```py\nprint(1)\n```\n````"),
            "backticks in a line": after(" Use ` and `` there."),
        },
    ),
    *plants(
        "DIV011",
        talk,
        obvious={"the same answer": again(lambda text: text)},
        subtle={"with white space at the end": again(lambda text: f"{text} \n")},
        near={
            "an answer that goes on": again(lambda text: f"As I said: {text} And there is more to it than that."),
            "its first half": again(lambda text: text[: len(text) // 2]),
            "a short answer": again(lambda _: "You are welcome!"),
        },
    ),
    *plants(
        "DIV014",
        exchange,
        obvious={
            "an item twice": items(FIRST_, SECOND, FIRST_),
            "an item in every second place": items(FIRST_, SECOND, FIRST_, SECOND, FIRST_),
            "an object twice": plain(lambda v: json.dumps([{"name": v[:30], "part": 1}, {"name": "b", "part": 2}] * 2)),
        },
        subtle={
            "far apart": items(FIRST_, *(f"Read what arrived under number {n} with care" for n in range(9)), FIRST_),
            "in numbers": plain(lambda _: f"1. {FIRST_}\n2. {SECOND}\n3. {FIRST_}"),
            "in a block of JSON": plain(
                lambda v: f"Here:\n```json\n{json.dumps({'steps': [v[:50], 'other words here', v[:50]]})}\n```"
            ),
        },
        near={
            "three items": items(FIRST_, SECOND, THIRD),
            "items with one beginning": items(f"{FIRST_} and place", f"{FIRST_} and year", f"{FIRST_} and sender"),
            "numbers": plain(lambda _: json.dumps([1, 2, 1, 2, 1])),
            "short words": items("yes", "no", "yes", "yes"),
        },
    ),
    *plants(
        "QUA021",
        exchange,
        obvious={
            "a heading of a template": says("### Response:\n"),
            "an instruction behind": says(after="\n\n### Instruction:\nWrite another one."),
        },
        subtle={
            "a role before": says("Assistant: "),
            "a turn of the user behind": says(after="\n\nHuman: Thanks, and what else?"),
        },
        near={
            "another heading": says("### Summary\n"),
            "a word with a colon": says(after="\n\nNote: this may change."),
            "in code": says(after="\n\n```\n### Response:\n```"),
        },
    ),
    *plants(
        "QUA031",
        exchange,
        obvious={"the last full stop": plain(lambda v: v.rstrip(".") if re.search(ENDED, v) else None)},
        subtle={"cut at a word": plain(lambda v: re.sub(r"[\s,]+\S{0,20}$", "", v) if re.search(LAST, v) else None)},
        near={
            "unchanged": plain(lambda v: v if v.endswith(".") else None),
            "a question": plain(lambda v: v.rstrip(".") + "?"),
        },
    ),
)
