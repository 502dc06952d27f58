"""A row breaks the JSON Schema that you gave.

## What it does

Validates every row against the schema given with `--schema`, and reports each violation with its path. The schema's
`$schema` selects the draft: 4, 6, 7, 2019-09 or 2020-12.

## Why it matters

Your pipeline may require more than any trainer does: an id, a source, a licence, labels from a fixed list. A schema
states these requirements in one place, and a pull request that violates them fails.

## Bad

```toml
schema = '{"required": ["source"], "properties": {"source": {"enum": ["support", "sales"]}}}'
```
```jsonl
{"prompt": "Hi", "completion": "Hello", "source": "suport"}
```

## Good

```jsonl
{"prompt": "Hi", "completion": "Hello", "source": "support"}
```

## What to do

Correct the value at the reported path, or the schema if it is too strict.

## Known limits

Nothing is downloaded: put the schemas that `$ref` refers to into `$defs` of the schema. `format` is checked only in
drafts 4 to 7, as the drafts specify. At most 20 violations of one row are reported.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from datalint.api import (
    Confidence,
    DatalintError,
    Hit,
    Options,
    Record,
    Severity,
    compile_schema,
    excerpt,
    frozen,
    json_path,
    option,
    printable,
    read_regular,
    rule,
    unreadable,
)

if TYPE_CHECKING:
    import jsonschema_rs

_MOST_HITS = 20


@frozen
class SchemaViolationOptions(Options):
    """The schema that rows must keep to."""

    schema: str = option(
        "", "a JSON Schema: the path of a file, or JSON text; empty takes that of `--schema`", setting="schema"
    )


@rule("FMT109", "schema-violation", severity=Severity.ERROR, since="0.1", needs={"schema"}, confidence=Confidence.HIGH)
def schema_violation(record: Record, options: SchemaViolationOptions) -> Iterator[Hit]:
    """Yield the first violations of a row."""
    validator = load_schema(options.schema)
    try:
        if validator.is_valid(record.value):
            return
        errors = list(islice(validator.iter_errors(record.value), _MOST_HITS))
    except (ValueError, RecursionError) as reason:
        yield Hit(f"the row can't be compared with the schema: {excerpt(str(reason), 120)}")
        return
    for error in islice((inner for outer in errors for inner in _closest(outer)), _MOST_HITS):
        yield Hit(_words(error), path=json_path(error.instance_path))


@schema_violation.check
def check_schema(options: SchemaViolationOptions) -> None:
    """Load the schema once, so that one that cannot be used ends the run before it begins."""
    if options.schema:
        load_schema(options.schema)


def load_schema(schema: str) -> jsonschema_rs.Validator:
    """Return the compiled schema; ``schema`` is a path or JSON text. A file is read again when it changed.

    Raises:
        DatalintError: when it can't be read, is not a valid JSON Schema, or refers to something outside itself.
    """
    if schema.lstrip()[:1] == "{":
        return _compiled(schema, "the schema", None)
    try:
        state = os.stat(schema)  # noqa: PTH116 - once a row, and Path.stat costs twice as much
    except OSError as error:
        raise DatalintError(f"schema: {unreadable(printable(schema), error)}") from error
    except ValueError as error:  # no path contains a null character
        raise DatalintError(f"schema: {printable(schema)}: {error}") from error
    return _compiled(schema, f"schema {printable(schema)}", (state.st_mtime_ns, state.st_size))


@lru_cache(maxsize=8)
def _compiled(schema: str, name: str, stamp: tuple[int, int] | None) -> jsonschema_rs.Validator:
    import json

    import jsonschema_rs

    try:
        text = schema if stamp is None else read_regular(schema).decode("utf-8-sig")
        value = json.loads(text)
        # validator_for would parse a string once more.
        if isinstance(value, str):
            raise DatalintError(f"{name} is not a valid JSON Schema: it is a string, not an object")
        validator: jsonschema_rs.Validator = compile_schema(value, mask="the value")
        return validator
    except OSError as error:
        raise DatalintError(f"schema: {unreadable(printable(schema), error)}") from error
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise DatalintError(f"{name} is not JSON: {excerpt(str(error), 120)}") from error
    except jsonschema_rs.ValidationError as error:
        where = f" at {json_path(error.instance_path)}" if error.instance_path else ""
        reason = excerpt(error.message, 200)
        raise DatalintError(f"{name} is not a valid JSON Schema{where}: {reason}") from error
    # Numbers longer than Python converts, half surrogates, nesting too deep.
    except ValueError as error:
        raise DatalintError(f"{name} is not a valid JSON Schema: {excerpt(str(error), 120)}") from error


def _closest(error: jsonschema_rs.ValidationError) -> list[jsonschema_rs.ValidationError]:
    """Return what is wrong under the one alternative of ``anyOf`` or ``oneOf`` that the value nearly fits."""
    branches = sorted((branch for branch in getattr(error.kind, "context", ()) if branch), key=len)
    if not branches or (len(branches) > 1 and len(branches[0]) == len(branches[1])):
        return [error]
    return [inner for outer in branches[0] for inner in _closest(outer)]


def _words(error: jsonschema_rs.ValidationError) -> str:
    # The message speaks of "the value", so that a long text never pushes out what is wrong with it.
    value = error.instance
    shown = f", it is {excerpt(repr(value), 40)}" if isinstance(value, str | int | float) else ""
    return excerpt(error.message, 160) + shown
