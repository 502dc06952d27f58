"""A content list contains a part that no trainer can read.

## What it does

Reports a part of a content list that is not an object, has an unknown `type`, or lacks what its type requires: the
text of a text part, the `image_url` of an image, the `name` of a tool use. A part without `type` must have one of the
keys of Amazon Bedrock (`text`, `image`, `toolUse` …).

## Why it matters

Chat templates skip parts that they don't support, so the text is lost and the model is trained on the rest of the row.

## Bad

```jsonl
{"messages": [{"role": "user", "content": [{"type": "txt", "text": "Hi"}]}, {"role": "assistant", "content": "Hello!"}]}
```

## Good

```jsonl
{"messages": [{"role": "user", "content": [{"type": "text", "text": "What is this?"}, {"type": "image_url", "image_url": {"url": "https://example.org/cat.png"}}]}, {"role": "assistant", "content": "A cat."}]}
```

## What to do

Give the part the type and key that your trainer documents, or write the content as one string.

## Known limits

The rule doesn't check whether an image can be decoded, or whether your trainer accepts it.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Confidence, Hit, Options, Record, Severity, rule


@rule(
    "FMT213", "bad-content-part", severity=Severity.ERROR, since="0.1", requires={"invalid"}, confidence=Confidence.HIGH
)
def bad_content_part(record: Record, options: Options) -> Iterator[Hit]:
    """Yield what the shape's schema holds against the parts of a content."""
    yield from record.seen("bad-content-part")
