"""A content list contains a part that no trainer can read.

## What it does

Reports a part of a content list that is not an object, has an unknown `type`, or lacks what its type requires: the
text of a text part, the `image_url` of an image, the `name` of a tool use. A part without `type` must have one of the
keys of Amazon Bedrock (`text`, `image`, `toolUse` …).

## Why it matters

Chat templates skip parts that they don't support, so the text is lost and the model is trained on the rest of the row.
A string in a list is refused by OpenAI, and templates of text models print it with its brackets and quotes.

## Bad

```jsonl
{"messages": [{"role": "user", "content": [{"type": "txt", "text": "Hi"}]}, {"role": "assistant", "content": "Hello!"}]}
```

## Good

```jsonl
{"messages": [{"role": "user", "content": [{"type": "text", "text": "What is this?"}, {"type": "image_url", "image_url": {"url": "https://example.org/cat.png"}}]}, {"role": "assistant", "content": "A cat."}]}
```

## What to do

Give the part the type and key that your trainer documents, or write the content as one string. `datalint fix` writes a
list with one string as this string.

## Known limits

A list of strings that a tool returned is its result, and is not reported. The rule doesn't check whether an image can
be decoded, or whether your trainer accepts it.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Confidence, Edit, Fix, Hit, Options, Record, Replace, Severity, rule


@rule(
    "FMT213",
    "bad-content-part",
    severity=Severity.ERROR,
    since="0.1",
    requires={"invalid"},
    confidence=Confidence.HIGH,
    fix=Fix.edit(safe=True),
)
def bad_content_part(record: Record, options: Options) -> Iterator[Hit]:
    """Yield what the shape's schema holds against the parts of a content."""
    for hit in record.seen("bad-content-part"):
        hit.fixable = _alone(record, hit) is not None
        yield hit


@bad_content_part.repair
def _unwrapped(record: Record, options: Options) -> Iterator[Edit]:
    """Write a content that is a list with one string as this string, which every reader takes it for."""
    for hit in record.seen("bad-content-part"):
        if (found := _alone(record, hit)) is not None:
            yield found


def _alone(record: Record, hit: Hit) -> Replace | None:
    """Return the edit that takes a string out of a list that has nothing else; None for any other part."""
    place = record.place(hit.path)
    content = record.place(hit.path.rpartition("[")[0]) if hit.path and place is not None else None
    if content is None or place is None or not isinstance(place[1], str) or len(content[1]) != 1:
        return None
    return Replace(content[0], place[1])
