"""How the process of a command ends: at once, but not before what must happen at the end."""

from __future__ import annotations

import pytest
from cli_runs import run_program

_REGISTERED = "import atexit; atexit.register(print, 'registered')"
#: As a temporary file is removed.
_FINALIZED = "import weakref; held = type('Held', (), {})(); weakref.finalize(held, print, 'finalized')"
#: A thread that goes on after the main one, however long that takes.
_THREAD = "import threading; threading.Thread(target=lambda: (threading.main_thread().join(), print('thread'))).start()"


@pytest.mark.parametrize(
    ("before", "arguments", "last", "code"),
    [
        (_REGISTERED, ("--version",), "registered", 0),
        (_FINALIZED, ("--version",), "finalized", 0),
        (_THREAD, ("--version",), "thread", 0),
        (_REGISTERED, ("check", "nowhere.jsonl"), "registered", 2),
        (_REGISTERED, ("check", "--isolated", "tiny.jsonl"), "registered", 1),
        ("", ("check", "--isolated", "good/train.jsonl", "-q"), "", 0),
    ],
)
def test_what_must_happen_at_the_end_happens(before: str, arguments: tuple[str, ...], last: str, code: int) -> None:
    program = f"{before}\nfrom datalint.cli import main\nmain()"
    done = run_program(program, *arguments)
    assert done.returncode == code
    assert [*done.stdout.splitlines(), ""][-2 if last else 0] == last
