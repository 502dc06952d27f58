"""List the package's modules with the first sentence of each docstring: a map that is never out of date.

``python docs/modules.py`` lists the folders, ``python docs/modules.py shapes/inference`` the modules below one, and any
other word those whose name or docstring has it: ``python docs/modules.py leak``.
"""

from __future__ import annotations

import ast
import inspect
import sys
import tokenize
from collections.abc import Iterator, Sequence
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "datalint"
_BEFORE = (tokenize.COMMENT, tokenize.NL)


def title(module: Path) -> str:
    """Return the first sentence of a module's docstring."""
    # Parsing whole modules takes twenty times as long.
    with module.open(encoding="utf-8") as lines:
        first = next(each for each in tokenize.generate_tokens(lines.readline) if each.type not in _BEFORE)
    text = inspect.cleandoc(ast.literal_eval(first.string)) if first.type == tokenize.STRING else ""
    return " ".join(text.partition("\n\n")[0].split())


def folders() -> Iterator[str]:
    """Yield a line for each folder: its name, how many modules it has itself, and what it is for."""
    for init in sorted(PACKAGE.rglob("__init__.py")):
        name = init.parent.relative_to(PACKAGE.parent).as_posix()
        size = len([*init.parent.glob("*.py")]) - 1
        yield f"{name:44}{size:4}  {title(init)}"


def modules(words: Sequence[str]) -> Iterator[str]:
    """Yield a line for each module that is below one of the folders, or has one of the words."""
    for module in sorted(PACKAGE.rglob("*.py")):
        name = module.relative_to(PACKAGE).with_suffix("").as_posix()
        said = title(module)
        for word in (word.removeprefix("datalint/").strip("/") for word in words):
            if name.startswith(f"{word}/") or word.lower() in f"{module.stem} {said}".lower():
                yield f"{name}: {said}"
                break


def main(arguments: list[str]) -> int:
    """Print the list."""
    print("\n".join(modules(arguments) if arguments else folders()))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
