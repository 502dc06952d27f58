"""A row fits more than one shape.

## What it does

Reports a row that has the keys of two shapes, such as `messages` next to `prompt` and `completion`, and says which
shape it was read as.

## Why it matters

Each trainer has its own order of precedence. ms-swift silently renames no column at all if two could be the prompt, so
the text that you checked may not be the text that is trained on.

## Bad

```jsonl
{"prompt": "Hi", "completion": "Hello", "messages": [{"role": "user", "content": "Hey"}, {"role": "assistant", "content": "Hello"}]}
```

## Good

```jsonl
{"messages": [{"role": "user", "content": "Hey"}, {"role": "assistant", "content": "Hello"}]}
```

## What to do

Delete the keys of one shape, or choose with `--columns`.

## Known limits

A row that has the same texts in each of its shapes, as an export for several trainers does, is not reported.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Hit, Options, Record, Severity, rule

#: Keys of prompts and responses.
_SIDES = frozenset(
    "prompt completion response output instruction input question answer query system text chosen rejected".split()
)


@rule("FMT102", "ambiguous-shape", severity=Severity.WARNING, since="0.1", requires={"ambiguous"})
def ambiguous_shape(record: Record, options: Options) -> Iterator[Hit]:
    """Yield one hit with the shapes that fit and the one used."""
    names = list(dict.fromkeys(record.fits))
    if len(names) > 1 and not _are_same(record):
        # Titles say which keys are meant where names are the same.
        read = names[0] if " " in names[0] else record.shape
        yield Hit(f"the keys fit {', '.join(names[:-1])} and {names[-1]}; read as {read}")


def _are_same(record: Record) -> bool:
    """Whether all that the row says under keys of prompts and responses is what its turns say."""
    said = {text.strip() for _, text, _, _ in record.turns}
    texts = [value for key, value in record.value.items() if key in _SIDES]
    texts += [message.get("content", message.get("value")) for _, message in record.messages()]
    return len(said) > 1 and all(not each or (isinstance(each, str) and each.strip() in said) for each in texts)
