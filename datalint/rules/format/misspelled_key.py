"""A key looks like a misspelling of one that trainers read.

## What it does

In rows that fit no shape or violate the schema of their shape, compares the keys of the row, of its messages and of
called functions with those that trainers read, and reports near misses: `mesages`, `Role`, `toolCalls`, `promt`. If
nearly all other rows have one shape, the keys of a row that fits none are compared with theirs too, whatever these are:
`response2` for `response_2`. In valid rows, it looks only for a misspelled `input`, `system`, `history` or `tools`, and
for a call with arguments under `tool_call` in a message without a list `tool_calls`. These keys are optional, so no
other rule notices that they are missing.

If a row can't be read because of a misspelled key, or lacks a key that it needs because of one, it is an error, and
`unknown-shape` or `missing-key` does not report the same as well.

## Why it matters

To a trainer, a key with one wrong letter is a missing key. Trainers ignore unknown keys, so the mistake causes an
error about something else, or no error at all.

## Bad

```jsonl
{"messages": [{"Role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}
{"instruction": "Translate into French.", "inptu": "Good morning", "output": "Bonjour"}
```

## Good

```jsonl
{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}
{"instruction": "Translate into French.", "input": "Good morning", "output": "Bonjour"}
```

## What to do

Rename the key as suggested: `datalint fix DATA --output FILE`. Write an object `tool_call` as a list `tool_calls` of
one call, with its name under `name`.

## Known limits

A near miss is one edit away, or two in words of eight letters or more. A key is not reported if the row also has the
expected key, or if its value has the wrong type for that key; `rejected` and `chosen` are expected only next to each
other. The fix renames no key of a row that fits no shape afterwards either. In valid rows, no other keys of messages
are checked. If a key of the row differs only in case (`Question`), and the other rows don't have it in lower case,
datalint reads it as it is, or `unknown-shape` suggests what to type.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Edit, Fix, Hit, Options, Record, Rename, Severity, excerpt, json_path, rule
from datalint.rules.common.keys.key_names import ARGUMENTS
from datalint.rules.common.keys.slips import missing_by_spelling, objects_of, only_misspelled, slip
from datalint.rules.common.keys.spelling import DISPENSABLE, misspelled


@rule(
    "FMT106",
    "misspelled-key",
    severity=Severity.WARNING,
    since="0.1",
    requires={"invalid", "unknown", "misspelled", "tool_calls"},
    fix=Fix.edit(safe=True),
)
def misspelled_key(record: Record, options: Options) -> Iterator[Hit]:
    """Yield a hit for each misspelled key, at the first place where the row has it."""
    yield from _single_call(record)
    seen: set[tuple[str, str]] = set()
    if not record.violations and record.shape != "unknown":
        for key, meant in misspelled(record.value, "row"):
            if meant in DISPENSABLE:
                yield Hit(
                    f'key "{excerpt(key, 40)}" looks like "{meant}", and nothing reads it', path=json_path((key,))
                )
        return
    unread = record.shape == "unknown"
    # Nothing of the row is read, or the key that it lacks is this one, and no other rule reports that.
    severity = Severity.ERROR if unread and record.once(only_misspelled) else None
    lacking = missing_by_spelling(record)
    for key, meant in record.slips:
        seen.add(("row", key))
        said = f'key "{excerpt(key, 40)}" is "{excerpt(meant, 40)}" in the other rows'
        yield Hit(said, path=json_path((key,)), severity=severity)
    for path, value, context in objects_of(record):
        for key, meant in misspelled(value, context):
            # Capitals are how a table writes its header: what they mean is for unknown-shape to say, or a guess.
            if unread and context == "row" and key.lower() == meant:
                continue
            if (context, key) not in seen:
                seen.add((context, key))
                said = f'key "{excerpt(key, 40)}" looks like "{meant}"'
                own = Severity.ERROR if json_path((meant,), path) in lacking else severity
                yield Hit(said, path=json_path((key,), path), severity=own, fixable=not _in_doubt(record, context))


@misspelled_key.repair
def _renamed(record: Record, options: Options) -> Iterator[Edit]:
    """Rename every key that the rule reports, and the same in the other objects of the row."""
    unread = record.shape == "unknown"
    in_order = not record.violations and not unread
    taken: set[tuple[str, str]] = {("$", meant) for _, meant in record.slips}
    slips = dict(record.slips)
    for key, meant in record.slips:
        yield Rename((key,), meant)
    for path, value, context in [("$", record.value, "row")] if in_order else objects_of(record):
        for key, meant in misspelled(value, context):
            if path == "$" and key in slips:
                continue
            if (in_order and meant not in DISPENSABLE) or (unread and context == "row" and key.lower() == meant):
                continue
            if _in_doubt(record, context):
                continue
            place = record.place(path)
            if place is not None and (path, meant) not in taken:
                taken.add((path, meant))
                yield Rename((*place[0], key), meant)


def _in_doubt(record: Record, context: str) -> bool:
    """Return whether a row stays unread with its keys corrected, so that the names may be meant."""
    return context == "row" and record.shape == "unknown" and record.once(slip) is None


def _single_call(record: Record) -> Iterator[Hit]:
    """Yield a hit for the first message with one call under a key of its own, which chat templates don't render."""
    for path, message in record.messages():
        call = message.get("tool_call")
        if isinstance(call, dict) and not message.get("tool_calls") and any(key in call for key in ARGUMENTS):
            said = 'key "tool_call" looks like "tool_calls", a list of calls, and no chat template shows its call'
            yield Hit(said, path=f"{path}.tool_call", fixable=False)
            return
