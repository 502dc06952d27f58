"""Runs validators of providers on rows: JSON Lines on standard input, a line of JSON for each on standard output.

    python target_validators.py NAME [CHECKOUT]

NAME is together, mistral, azure-openai, bedrock-nova, bedrock-llama or bedrock-haiku; the last four are scripts in a
checkout of their repository. A line is null for a row that is accepted, otherwise why it is not. The first line says
whether the validator is there: null, or why it is not.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

Check = Callable[[dict[str, Any]], "str | None"]
NOVA = "custom-models/bedrock-fine-tuning/nova/understanding/dataset_validation"
LLAMA = "custom-models/bedrock-fine-tuning/meta-llama/dataset_validation"
HAIKU = "custom-models/bedrock-fine-tuning/claude-haiku/DataValidation"


def together(_: str) -> Check:
    from together.utils.files import check_file

    path = Path(tempfile.mkdtemp(), "row.jsonl")

    def check(row: dict[str, Any]) -> str | None:
        path.write_text(json.dumps(row) + "\n", encoding="utf-8")
        found = check_file(path)
        return None if found["is_check_passed"] else str(found["message"])

    return check


def mistral(_: str) -> Check:
    from mistral_common.protocol.instruct import messages as kinds
    from mistral_common.protocol.instruct.request import ChatCompletionRequest
    from mistral_common.protocol.instruct.validator import MistralRequestValidatorV3, ValidationMode

    validator = MistralRequestValidatorV3(mode=ValidationMode.finetuning)
    roles = {
        "user": kinds.UserMessage,
        "assistant": kinds.FinetuningAssistantMessage,
        "system": kinds.SystemMessage,
        "tool": kinds.ToolMessage,
    }

    def check(row: dict[str, Any]) -> str | None:
        turns = []
        for message in row["messages"]:
            if message.get("role") not in roles:
                return f"role {message.get('role')!r}"
            for call in message.get("tool_calls") or ():
                # Asserted by utils/validate_data.py of mistral-finetune; the package would convert it.
                if not isinstance(call["function"]["arguments"], str):
                    return "arguments are no string"
            turns.append(roles[message["role"]](**{k: v for k, v in message.items() if k != "role"}))
        request = ChatCompletionRequest(messages=turns, tools=row.get("tools") or None)
        validator.validate_request(request)
        return None

    return check


def azure_openai(checkout: str) -> Check:
    script = min(Path(checkout).rglob("validate_sft.py"), default=None)  # a plug-in of the repository has a copy
    if script is None:
        raise ValueError("no validate_sft.py")
    sys.path.insert(0, str(script.parent))
    from validate_rft import validate_rft
    from validate_sft import validate_sft

    path = Path(tempfile.mkdtemp(), "row.jsonl")

    def check(row: dict[str, Any]) -> str | None:
        path.write_text(json.dumps(row) + "\n", encoding="utf-8")
        said = io.StringIO()
        try:
            with contextlib.redirect_stdout(said):
                # Rows to sample answers for have no answer, and keys that a grader reads.
                answered = any(message.get("role") == "assistant" for message in row["messages"])
                (validate_sft if answered or len(row) == 1 else validate_rft)(str(path))
        except SystemExit:
            return next((line.strip() for line in said.getvalue().splitlines() if "•" in line), "refused")
        return None

    return check


def bedrock_nova(checkout: str) -> Check:
    sys.path.insert(0, str(Path(checkout, NOVA)))
    from nova_ft_dataset_validator import ConverseDatasetSample

    def check(row: dict[str, Any]) -> str | None:
        ConverseDatasetSample.model_validate(row, context={"model_name": "lite"})
        return None

    return check


def bedrock_llama(checkout: str) -> Check:
    sys.path.insert(0, str(Path(checkout, LLAMA)))
    import dataset_validation
    from jsonschema.validators import validator_for

    known: dict[int, Any] = {}

    def validate(row: dict[str, Any], schema: dict[str, Any]) -> None:
        # As jsonschema.validate, which checks the schema with every row and so takes 20 ms for each.
        validator = known.get(id(schema)) or known.setdefault(id(schema), validator_for(schema)(schema))
        for error in validator.iter_errors(row):
            raise error

    dataset_validation.validate = validate
    validate_converse = dataset_validation.validate_converse

    def check(row: dict[str, Any]) -> str | None:
        validate_converse(row, 0)
        return None

    return check


def bedrock_haiku(checkout: str) -> Check:
    sys.path.insert(0, str(Path(checkout, HAIKU)))
    from data_validation import validate_data_entry

    def check(row: dict[str, Any]) -> str | None:
        accepted, errors = validate_data_entry(row)
        return None if accepted else str(errors[0])

    return check


def main(name: str, checkout: str = "") -> None:
    """Answer each row."""
    try:
        check = globals()[name.replace("-", "_")](checkout)
    except (ImportError, ValueError) as error:
        print(json.dumps(f"{type(error).__name__}: {error}"))
        return
    print("null")
    for line in sys.stdin:
        try:
            said = check(json.loads(line))
        except Exception as error:
            said = f"{type(error).__name__}: {error}"
        print(json.dumps(None if said is None else " ".join(said.split())[:300]))


if __name__ == "__main__":
    main(*sys.argv[1:])
