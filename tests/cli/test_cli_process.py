"""How the command lives among other processes: pipes, signals, terminals."""

from __future__ import annotations

import contextlib
import errno
import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import IO

import pytest
from cli_runs import COMMAND, FIXTURES, PATIENCE, Run, environment

from datalint.cli.main import main

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals and terminals")
_COLOUR = re.compile(rb"\x1b\[[0-9;]*(3[0-7]|38;|9[0-7])[0-9;]*m")


def test_standard_input_has_the_name_that_it_is_given(run: Run) -> None:
    data = (FIXTURES / "broken.jsonl").read_bytes()
    stdin = ("-", "--stdin-filename", "train.jsonl", "--select", "FMT")
    named = run("check", "--isolated", *stdin, "--output-format", "concise", stdin=data)
    assert named.code == 1
    assert named.text.startswith("train.jsonl:3: FMT001 ")
    file = run("check", "--isolated", "broken.jsonl", "--select", "FMT", "--output-format", "concise")
    assert named.text == file.text.replace("broken.jsonl", "train.jsonl")


def test_empty_standard_input_is_a_verdict_and_no_accident(run: Run) -> None:
    ran = run("check", "--isolated", "-", "--output-format", "concise", apart=True)
    assert ran.code == 1
    assert "FMT020" in ran.text


@posix
@pytest.mark.parametrize("kind", ["text", "json"])
def test_a_closed_pipe_is_quiet(kind: str) -> None:
    with subprocess.Popen(
        (*COMMAND, "check", "--isolated", "--select", "VOL", "--output-format", kind, "good/train.jsonl"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=FIXTURES,
        env=environment(),
    ) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        said = process.stderr.read()
        process.wait(PATIENCE)
    assert said == b""
    assert process.returncode == 0


class Full(io.RawIOBase):
    """A file on a device without space."""

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("kind", ["text", "json"])
def test_a_full_device_is_one_sentence(
    kind: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(FIXTURES)
    monkeypatch.setenv("DATALINT_NO_CACHE", "1")
    with contextlib.redirect_stdout(io.TextIOWrapper(Full(), write_through=True)), pytest.raises(SystemExit) as done:
        main(["check", "--isolated", "--select", "VOL", "--output-format", kind, "tiny.jsonl"])
    assert done.value.code == 2
    said = capsys.readouterr().err
    assert said == "error: No space left on device, where the output or temporary files go: free some and run again\n"


@pytest.mark.parametrize("columns", ["none", "-3", "0", "", "٣"])
def test_a_width_that_is_none_is_no_accident(run: Run, columns: str) -> None:
    check = ("check", "--isolated", "--select", "VOL", "tiny.jsonl")
    assert run(*check, env={"COLUMNS": columns}) == run(*check, apart=True)


@posix
@pytest.mark.usefixtures("interruptible")
def test_an_interrupt_exits_with_130() -> None:
    row = b'{"prompt": "Where is the next station?", "completion": "Two corners further, by the old brewery."}\n'
    with subprocess.Popen(
        (*COMMAND, "check", "--isolated", "--select", "VOL", "-"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=FIXTURES,
        env=environment(),
    ) as process:
        assert process.stdin is not None
        process.stdin.write(row)
        process.stdin.flush()
        _wait_until_read(process.stdin)
        process.send_signal(signal.SIGINT)
        process.wait(PATIENCE)
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.read() == b""
        assert process.stderr.read().strip() == b"interrupted"
    assert process.returncode == 130


def _wait_until_read(pipe: IO[bytes]) -> None:
    """Wait until the other side has taken all that was written, and had time to wait for more."""
    import fcntl
    import termios

    unread = 1
    for _ in range(100 * PATIENCE):
        unread = int.from_bytes(fcntl.ioctl(pipe, termios.FIONREAD, b"\0" * 4), sys.byteorder)
        if not unread:
            break
        time.sleep(0.01)
    assert not unread
    time.sleep(0.2)


def _on_a_terminal(**env: str) -> bytes:
    """Return what the command prints to a terminal."""
    leader, follower = os.openpty()
    with subprocess.Popen(
        (*COMMAND, "check", "--isolated", "--select", "VOL", "tiny.jsonl"),
        stdin=subprocess.DEVNULL,
        stdout=follower,
        stderr=subprocess.DEVNULL,
        cwd=FIXTURES,
        env=environment({"TERM": "xterm-256color", **env}),
    ) as process:
        os.close(follower)
        pieces = []
        # A terminal whose last writer has gone gives an error on Linux and nothing elsewhere.
        with contextlib.suppress(OSError):
            while piece := os.read(leader, 65536):
                pieces.append(piece)
        os.close(leader)
        process.wait(PATIENCE)
    return b"".join(pieces)


@posix
def test_colours_are_for_terminals() -> None:
    shown = _on_a_terminal()
    assert b"FAIL" in shown
    assert _COLOUR.search(shown)


@posix
def test_no_color_is_respected() -> None:
    shown = _on_a_terminal(NO_COLOR="1")
    assert b"FAIL" in shown
    assert not _COLOUR.search(shown)


def test_no_colours_in_a_pipe_unless_asked(run: Run) -> None:
    assert b"\x1b" not in run("check", "--isolated", "--select", "VOL", "tiny.jsonl").output
    assert _COLOUR.search(run("check", "--isolated", "--select", "VOL", "--color", "tiny.jsonl").output)


CLOSED_OUTPUT = "error: standard output is closed; redirect it to a file or to /dev/null\n"
CLOSED_INPUT = "error: standard input is closed; pass a file, or pipe the dataset in\n"


@posix
@pytest.mark.parametrize(
    ("command", "closed", "code", "told"),
    [
        ("check tiny.jsonl --select VOL", ">&-", 2, CLOSED_OUTPUT),
        ("check tiny.jsonl --select VOL --output json:-", ">&-", 2, CLOSED_OUTPUT),
        ("check tiny.jsonl --select VOL --quiet", ">&- 2>&- <&-", 1, ""),
        ("rules", ">&-", 2, CLOSED_OUTPUT),
        ("--help", ">&-", 2, CLOSED_OUTPUT),
        ("check nowhere.jsonl", "2>&-", 2, ""),
        ("check -", "<&-", 2, CLOSED_INPUT),
    ],
)
def test_standard_streams_may_be_closed(command: str, closed: str, code: int, told: str) -> None:
    script = f'"$0" -m datalint {command} {closed}'
    done = subprocess.run(
        ("sh", "-c", script, sys.executable),
        capture_output=True, text=True, cwd=FIXTURES, env=environment(), timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (code, "", told)


@posix
def test_no_file_gets_the_number_of_a_closed_stream(tmp_path: Path) -> None:
    script = '"$0" -m datalint check tiny.jsonl --select VOL -q --output "json:$1" >&- 2>&- <&-'
    ran = subprocess.run(
        ("sh", "-c", script, sys.executable, str(tmp_path / "report.json")),
        cwd=FIXTURES, env=environment(), timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert ran.returncode == 1
    assert json.loads((tmp_path / "report.json").read_bytes())["verdict"] == "fail"


@posix
@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OSError(errno.EMFILE, "Too many open files"), "error: too many open files; raise the limit (ulimit -n) and"),
        (RuntimeError("can't start new thread"), "error: the system starts no more threads; raise the limit of pro"),
        (ImportError("a.so: failed to map segment from shared object"), "error: the system gives no more memory; rai"),
        (type("PanicException", (BaseException,), {})("rayon"), "error: datalint itself failed (PanicException: 'ray"),
    ],
)
def test_limits_of_the_system_are_told(
    error: BaseException, told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_: object) -> None:
        raise error

    monkeypatch.setattr(sys.modules[main.__module__], "_invoke", fail)
    with pytest.raises(SystemExit) as done:
        main(["check"])
    assert done.value.code == 2
    assert capsys.readouterr().err.startswith(told)
