"""The git subprocess, hardened so that no repository, configuration or environment variable makes it start a program.

This is the only module that starts git. Four things keep it harmless:

- The repository is found here, by looking for ``.git`` from the working folder upwards, and is passed to git by name.
  Git would also accept a folder with ``HEAD``, ``objects`` and ``refs``, which anybody can commit among the data.
- Only the subcommands of :data:`COMMANDS` run. They show objects and know no filter, diff driver, pager, editor, alias
  or hook (fetch apart, whose hooks and helpers are switched off).
- No object is fetched on demand, and no protocol is allowed unless the caller asks for the network.
- Every ``GIT_*`` variable of the environment is dropped but for :data:`KEPT`.

See ``git help git`` and ``git help config`` for each variable and option, and SECURITY in ``git help git`` for the
trust that git itself puts into a repository's configuration.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, cast

from datalint.checkout.repositories import git_directory, shown
from datalint.core.errors import DatalintError

#: The subcommands that may run.
COMMANDS: Final = ("rev-parse", "cat-file", "ls-tree", "fetch")
#: Variables of the environment that git still sees: where the user's own configuration and certificates are.
#: ``safe.directory`` is in the former.
KEPT: Final = (
    "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM", "GIT_SSL_CAINFO", "GIT_SSL_CAPATH",
)  # fmt: skip
#: Programs that git takes from variables without its own prefix.
_DROPPED: Final = ("SSH_ASKPASS", "SSH_ASKPASS_REQUIRE", "EDITOR", "VISUAL", "PAGER", "PATH")
#: Settings that go before those of every file. ``true`` and ``false`` are programs where a command is expected.
_SETTINGS: Final = (
    "safe.bareRepository=explicit",
    "protocol.allow=never",
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.sshCommand=false",
    "core.gitProxy=false",
    "core.askPass=",
    "core.pager=cat",
    "core.editor=false",
    "core.alternateRefsCommand=true",
    "core.attributesFile=/dev/null",
    "credential.helper=",
    "gpg.program=false",
    "gc.auto=0",
    "maintenance.auto=false",
    "fetch.recurseSubmodules=false",
    "fetch.writeCommitGraph=false",
    "submodule.recurse=false",
)
_VARIABLES: Final = {
    "GIT_ALLOW_PROTOCOL": ":",  # a list without a name: an empty value does not exist on Windows
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
#: What a fetch may use. SSH is not among them: it starts a program, and reads the user's keys.
_NETWORK: Final = ("https", "http", "file")


@dataclass(frozen=True, slots=True)
class Git:
    """Git for one repository: ``top`` is the folder of its working tree, ``directory`` its git directory."""

    top: Path
    directory: Path

    @classmethod
    def at(cls, top: Path) -> Git:
        """Return git for the repository whose ``.git`` is in the folder ``top``.

        Raises:
            DatalintError: without git, and when ``.git`` is none that git accepts or trusts, with the remedy.
        """
        directory = git_directory(top)
        # Git itself checks the owner, with safe.directory, but only when it looks for the repository. It may look at
        # `top` and nowhere else.
        only_here = {"GIT_CEILING_DIRECTORIES": str(top.parent)}
        done = _run(top, ("rev-parse", "--absolute-git-dir"), only_here)
        if done.returncode:
            raise DatalintError(_refusal(top, done.stderr))
        found = Path(os.fsdecode(done.stdout.removesuffix(b"\n")))
        if os.path.realpath(found) != os.path.realpath(directory):
            raise DatalintError(f"git takes {shown(found)} for the repository of {shown(top)}; repair its .git")
        return cls(top, directory)

    def run(self, *arguments: str, network: bool = False, patience: float | None = None) -> tuple[int, bytes, bytes]:
        """Run a subcommand and return its exit code, standard output and standard error.

        ``network`` lets it use HTTP and local files; ``patience`` is in seconds.

        Raises:
            DatalintError: without git.
            subprocess.TimeoutExpired: when it takes longer than ``patience``.
        """
        done = _run(self.top, arguments, self._variables(network=network), patience=patience)
        return done.returncode, done.stdout, done.stderr

    @contextmanager
    def reading(self, *arguments: str) -> Iterator[BinaryIO]:
        """Yield what a subcommand prints, as it comes.

        Raises:
            DatalintError: without git, and when the subcommand fails, with git's first line.
        """
        try:
            process = subprocess.Popen(
                _command(self.top, arguments),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=_environment(self._variables()),
            )
        except OSError as error:
            raise DatalintError(_not_started(self.top, error)) from None
        with process:
            assert process.stdout is not None
            assert process.stderr is not None
            try:
                yield cast(BinaryIO, process.stdout)
            except BaseException:
                process.kill()
                raise
            said = process.stderr.read()
        if process.returncode:
            raise DatalintError(f"git cannot read an object of the revision: {first_line(said)}{self._partial()}")

    def _partial(self) -> str:
        """Return what to do in a clone that lacks objects, empty in a complete one."""
        _, packs, _ = self.run("rev-parse", "--git-path", "objects/pack")
        if not any((self.top / os.fsdecode(packs.strip())).glob("*.promisor")):
            return ""
        return "; this clone is partial, and datalint fetches nothing: run `git fetch --refetch --no-filter origin`"

    def _variables(self, *, network: bool = False) -> dict[str, str]:
        named = {"GIT_DIR": str(self.directory), "GIT_WORK_TREE": str(self.top)}
        return named | ({"GIT_ALLOW_PROTOCOL": ":".join(_NETWORK)} if network else {})


def first_line(said: bytes) -> str:
    """Return the first line of what git printed to standard error, without ``fatal:``."""
    lines = [line for line in said.decode("utf-8", "replace").splitlines() if line and not line.startswith("warning:")]
    return shown((lines or ["it gave no reason"])[0].removeprefix("fatal: ")[:200])


def _program() -> str:
    """Return the path of git. Windows itself would look into the working folder first."""
    name = "git.exe" if os.name == "nt" else "git"
    for folder in _folders():
        path = Path(folder, name)
        if path.is_file() and os.access(path, os.X_OK):
            return str(path)
    raise FileNotFoundError(name)


def _folders() -> list[str]:
    """Return the entries of PATH without relative ones: a checkout may contain a program called ``git``."""
    return [folder for folder in os.get_exec_path() if Path(folder).is_absolute()]


def _run(
    top: Path, arguments: Sequence[str], variables: dict[str, str], *, patience: float | None = None
) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            _command(top, arguments),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env=_environment(variables),
            check=False,
            timeout=patience,
        )
    except OSError as error:
        raise DatalintError(_not_started(top, error)) from None


def _command(top: Path, arguments: Sequence[str]) -> list[str]:
    if arguments[0] not in COMMANDS:
        raise ValueError(f"git {arguments[0]} is not among the subcommands that may run")
    settings = [part for each in _SETTINGS for part in ("-c", each)]
    return [_program(), "--no-pager", *settings, "-C", str(top), *arguments]


def _environment(variables: dict[str, str]) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if name.upper() in KEPT or not (name.upper().startswith("GIT_") or name.upper() in _DROPPED)
    }
    return kept | {"PATH": os.pathsep.join(_folders())} | _VARIABLES | variables


def _not_started(top: Path, error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "git is not installed; --base-ref needs it, or compare two files instead"
    return f"git cannot run in {shown(top)}: {error.strerror}"


def _refusal(top: Path, said: bytes) -> str:
    words = first_line(said)
    if "dubious ownership" in words:
        return (
            f"git does not trust {shown(top)}, which belongs to another user; "
            "run `git config --global --add safe.directory` with its path"
        )
    return f"git cannot read {shown(top)}: {words}"
