"""A model as ``transformers`` saves it: ``tokenizer_config.json``, ``chat_template.jinja``, ``tokenizer.json``.

Models of Mistral may have a ``tekken.json`` instead of the latter.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, TypeVar

from datalint.core.errors import DatalintError, unreadable
from datalint.core.files import read_regular
from datalint.models.bundled import REMEDY
from datalint.models.spec import ModelSpec
from datalint.models.tekken import parse_tekken
from datalint.models.tokenizer_limits import MOST_BYTES, parse_tokenizer
from datalint.privacy.display import printable

_T = TypeVar("_T")

CONFIG: Final = "tokenizer_config.json"
TEMPLATE: Final = "chat_template.jinja"
VOCABULARY: Final = "tokenizer.json"
#: Mistral's tokenizer, read where there is no ``tokenizer.json``.
TEKKEN: Final = "tekken.json"
#: Templates of processors, in the form of older versions.
_OLDER: Final = "chat_template.json"
#: The folder of templates by name.
MORE: Final = "additional_chat_templates"
_SPECIAL: Final = "special_tokens_map.json"
#: Files that a model may have.
NAMES: Final = (CONFIG, TEMPLATE, VOCABULARY, TEKKEN, _OLDER, _SPECIAL)
#: The special tokens that transformers passes to templates.
TOKENS: Final = ("bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token")
#: Bytes of a configuration or template.
_MOST: Final = 16 << 20
#: From here on a ``model_max_length`` means that there is none (transformers writes 1e30).
_NO_LIMIT: Final = 10**9


def is_model(folder: Path) -> bool:
    """Return whether a folder has any of the files that define a chat template, or Mistral's tokenizer."""
    return any((folder / name).is_file() for name in (CONFIG, TEMPLATE, _OLDER, TEKKEN))


def paths_in(folder: Path) -> list[Path]:
    """Return the paths in a folder that :func:`read_folder` looks at, whether there is a file or not."""
    return [*(folder / name for name in NAMES), *sorted((folder / MORE).glob("*.jinja"))]


def read_folder(
    folder: Path,
    name: str,
    origin: str,
    confine: Callable[[str], None] = lambda path: None,
    spare: Callable[[], tuple[str, str] | None] = lambda: None,
) -> ModelSpec:
    """Read the model in a folder.

    ``confine`` raises for a path that must not be opened, and ``spare`` returns the template of a folder without one,
    and where that is from.

    Raises:
        DatalintError: when the folder has no model or no chat template, or a file cannot be read.
    """
    shown = printable(str(folder))
    if not is_model(folder):
        raise DatalintError(
            f"{shown} has no {CONFIG} and no {TEMPLATE}: name the folder that tokenizer.save_pretrained() wrote"
        )
    files = _Files(confine)
    config = _object(files.read(folder / CONFIG), folder / CONFIG)
    tokens = _tokens(config) or _tokens(_object(files.read(folder / _SPECIAL), folder / _SPECIAL))
    templates = _templates(folder, config, files.read)
    if not templates and (given := spare()) is not None:
        templates = {"default": given[0]}
        origin = f"{origin}, template of {given[1]}"
    vocabulary = files.read(folder / VOCABULARY, MOST_BYTES)
    tekken = files.read(folder / TEKKEN, MOST_BYTES) if vocabulary is None else None
    if not templates:
        raise DatalintError(_without_template(shown, tekken is not None))
    path = folder / (VOCABULARY if tekken is None else TEKKEN)
    tokenizer: Mapping[str, Any] = {}
    if vocabulary is not None:
        tokenizer = _parsed(parse_tokenizer, vocabulary, path)
    elif tekken is not None:
        tokens = _parsed(parse_tekken, tekken, path).named | tokens
    found = vocabulary or tekken
    return ModelSpec(
        name=name,
        origin=origin,
        templates=templates,
        tokens=tokens,
        vocabulary=None if found is None or not _has_library() else str(path.absolute()),
        lacks=_lacks(shown, has_vocabulary=found is not None),
        length=_length(config),
        adds_beginning=_adds_beginning(config, tokenizer, tokens.get("bos_token"), tekken is not None),
        files=tuple(files.paths),
        digest=hashlib.sha256(found or b"").hexdigest(),
    )


class _Files:
    """The files of a model that were read, by their paths; ``confine`` raises for one that must not be opened."""

    def __init__(self, confine: Callable[[str], None]) -> None:
        self._confine = confine
        self.paths: list[str] = []

    def read(self, path: Path, most: int = _MOST) -> bytes | None:
        """Return the bytes of a file, None if there is none."""
        if not path.is_file():
            return None
        self._confine(str(path))
        try:
            data = read_regular(path, most)
        except OSError as error:
            raise DatalintError(unreadable(printable(str(path)), error)) from error
        self.paths.append(str(path))
        return data


def _without_template(shown: str, is_mistral: bool) -> str:
    if is_mistral:
        return (
            f"{shown} has {TEKKEN} but no chat template: save the template of the model there as {TEMPLATE} "
            f"(`datalint models mistral` lists packaged ones, and `datalint model NAME --template` prints one)"
        )
    return (
        f"{shown} has no chat template: it is a base model; name the folder of an instruct model, or save the "
        f"template that the trainer uses as {TEMPLATE} in a folder of its own"
    )


def _templates(folder: Path, config: Mapping[str, Any], text_of: Callable[[Path], bytes | None]) -> dict[str, str]:
    """Return the templates by name; a file wins over the configuration, as in transformers."""
    templates: dict[str, str] = {}
    given = config.get("chat_template") or _object(text_of(folder / _OLDER), folder / _OLDER).get("chat_template")
    if isinstance(given, str):
        templates["default"] = given
    elif isinstance(given, list):
        for each in given:
            if isinstance(each, dict) and isinstance(each.get("template"), str):
                templates[str(each.get("name"))] = each["template"]
    elif isinstance(given, dict):
        templates = {name: text for name, text in given.items() if isinstance(text, str)}
    files = {"default": folder / TEMPLATE}
    if (folder / MORE).is_dir():
        files |= {path.stem: path for path in sorted((folder / MORE).glob("*.jinja"))}
    found = {name: _decoded(data, path) for name, path in files.items() if (data := text_of(path)) is not None}
    return found or templates


def _tokens(config: Mapping[str, Any]) -> dict[str, str]:
    found = {}
    for name in TOKENS:
        value = config.get(name)
        if isinstance(value, dict):
            value = value.get("content")
        if isinstance(value, str):
            found[name] = value
    return found


def _length(config: Mapping[str, Any]) -> int | None:
    length = config.get("model_max_length")
    return int(length) if isinstance(length, int | float) and 0 < length < _NO_LIMIT else None


def _parsed(parse: Callable[[bytes], _T], data: bytes, path: Path) -> _T:
    try:
        return parse(data)
    except ValueError as error:
        raise DatalintError(f"{printable(str(path))} is not used as a tokenizer: {printable(str(error))}") from error


def _adds_beginning(config: Mapping[str, Any], tokenizer: Mapping[str, Any], token: str | None, default: bool) -> bool:
    """Return whether the tokenizer adds the beginning-of-text token: as the configuration says, else the vocabulary.

    ``default`` is for vocabularies that do not say.
    """
    if not token:
        return False
    if isinstance(given := config.get("add_bos_token"), bool):
        return given
    added = tokenizer.get("post_processor")
    return default or (bool(added) and json.dumps(token)[1:-1] in json.dumps(added))


def _has_library() -> bool:
    return find_spec("tokenizers") is not None


def _lacks(folder: str, *, has_vocabulary: bool) -> str:
    """Return what is missing to count tokens; empty for nothing."""
    if not has_vocabulary:
        return f"{folder} has no {VOCABULARY}; save the fast tokenizer there too"
    return "" if _has_library() else f"install the extra: {REMEDY}"


def _object(data: bytes | None, path: Path) -> dict[str, Any]:
    if data is None:
        return {}
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise DatalintError(f"{printable(str(path))} is not JSON: {printable(str(error))}") from error
    return value if isinstance(value, dict) else {}


def _decoded(data: bytes, path: Path) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise DatalintError(f"{printable(str(path))} is not UTF-8: save the template as UTF-8") from error
