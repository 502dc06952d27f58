"""Git starts no program of a repository, its configuration or the environment, whatever datalint asks it."""

from __future__ import annotations

import ast
import contextlib
import hashlib
import http.server
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Final, NamedTuple

import pytest
from hostile import LINE, ROOT, Checkout, Mark, run

from datalint.checkout import git
from datalint.compare.git import Repository
from datalint.core.errors import DatalintError

posix = pytest.mark.skipif(sys.platform == "win32", reason="the program that leaves the mark is a script of the shell")

#: A missing object is looked for at this remote.
PROMISOR: Final = """
[core]
repositoryformatversion = 1
[extensions]
partialClone = evil
[remote "evil"]
promisor = true
url = {url}
"""
SSH: Final = PROMISOR.format(url="ssh://localhost/x")

#: Configuration that makes some git command start PROGRAM; FOLDER is where it lies, SERVER asks for a password.
OPTIONS: Final = {
    "alias": "[alias]\nrev-parse = !PROGRAM\ncat-file = !PROGRAM\nls-tree = !PROGRAM\nfetch = !PROGRAM",
    "browser": "[browser \"x\"]\ncmd = PROGRAM\n[web]\nbrowser = x",
    "core.alternateRefsCommand": "[core]\nalternateRefsCommand = PROGRAM",
    "core.askPass": "[core]\naskPass = PROGRAM\n[remote \"origin\"]\nurl = SERVER/x",
    "core.editor": "[core]\neditor = PROGRAM",
    "core.fsmonitor": "[core]\nfsmonitor = PROGRAM",
    "core.gitProxy": PROMISOR.format(url="git://localhost/x") + "[core]\ngitProxy = PROGRAM",
    "core.gitProxy for a host": PROMISOR.format(url="git://localhost/x") + '[core]\ngitProxy = "PROGRAM for localhost"',
    "core.hooksPath": "[core]\nhooksPath = FOLDER/hooks",
    "core.pager": "[core]\npager = PROGRAM",
    "core.sshCommand": SSH + "[core]\nsshCommand = PROGRAM",
    "core.sshCommand of the origin": '[core]\nsshCommand = PROGRAM\n[remote "origin"]\nurl = ssh://localhost/x',
    "credential.helper": "[credential]\nhelper = PROGRAM\n[remote \"origin\"]\nurl = SERVER/x",
    "credential.helper as a command": "[credential]\nhelper = !PROGRAM\n[remote \"origin\"]\nurl = SERVER/x",
    "credential.URL.helper": '[credential "SERVER"]\nhelper = PROGRAM\n[remote "origin"]\nurl = SERVER/x',
    "diff.DRIVER.command": "[diff \"x\"]\ncommand = PROGRAM",
    "diff.DRIVER.textconv": "[diff \"x\"]\ntextconv = PROGRAM",
    "diff.external": "[diff]\nexternal = PROGRAM",
    "difftool": "[difftool \"x\"]\ncmd = PROGRAM\n[diff]\ntool = x",
    "extensions.worktreeConfig": SSH + "[extensions]\nworktreeConfig = true",
    "filter.DRIVER.clean": "[filter \"x\"]\nclean = PROGRAM\nrequired = true",
    "filter.DRIVER.process": "[filter \"x\"]\nprocess = PROGRAM\nrequired = true",
    "filter.DRIVER.smudge": "[filter \"x\"]\nsmudge = PROGRAM\nrequired = true",
    "gc.recentObjectsHook": "[gc]\nrecentObjectsHook = PROGRAM\nauto = 1\nautoDetach = false",
    "gpg.program": "[gpg]\nprogram = PROGRAM\n[log]\nshowSignature = true\n[merge]\nverifySignatures = true",
    "gpg.ssh.program": "[gpg]\nformat = ssh\n[gpg \"ssh\"]\nprogram = PROGRAM\ndefaultKeyCommand = PROGRAM",
    "hook.NAME.command": "[hook \"x\"]\nevent = reference-transaction\ncommand = PROGRAM",
    "include.path": "[include]\npath = FOLDER/included",
    "includeIf": '[includeIf "gitdir:**"]\npath = FOLDER/included',
    "interactive.diffFilter": "[interactive]\ndiffFilter = PROGRAM",
    "maintenance": "[maintenance]\nauto = true\nautoDetach = false\n[gc]\nauto = 1\nrecentObjectsHook = PROGRAM",
    "man": "[man \"x\"]\ncmd = PROGRAM\n[man]\nviewer = x",
    "merge.DRIVER.driver": "[merge \"x\"]\ndriver = PROGRAM",
    "mergetool": "[mergetool \"x\"]\ncmd = PROGRAM\n[merge]\ntool = x",
    "pager.COMMAND": "[pager]\nrev-parse = PROGRAM\ncat-file = PROGRAM\nls-tree = PROGRAM\nfetch = PROGRAM",
    "promisor with ext::": PROMISOR.format(url="ext::PROGRAM %S") + '[protocol "ext"]\nallow = always',
    "promisor with file": PROMISOR.format(url="FOLDER") + "uploadpack = PROGRAM\n[protocol]\nallow = always",
    "promisor with http": PROMISOR.format(url="SERVER/x") + "[core]\naskPass = PROGRAM\n[protocol]\nallow = always",
    "protocol.allow": SSH + '[core]\nsshCommand = PROGRAM\n[protocol]\nallow = always',
    "protocol.NAME.allow": SSH + '[core]\nsshCommand = PROGRAM\n[protocol "ssh"]\nallow = always',
    "remote.NAME.proxy": '[remote "origin"]\nproxy = ext::PROGRAM\nurl = SERVER/x',
    "remote.NAME.uploadpack": '[remote "origin"]\nuploadpack = PROGRAM',
    "remote.NAME.vcs": '[remote "origin"]\nvcs = evil',
    "remote.NAME.vcs of the promisor": SSH + "vcs = evil",
    "sequence.editor": "[sequence]\neditor = PROGRAM",
    "ssh.variant": SSH + "[ssh]\nvariant = simple\n[core]\nsshCommand = PROGRAM",
    "submodule.NAME.update": '[submodule]\nrecurse = true\n[submodule "x"]\nupdate = !PROGRAM\nactive = true',
    "tar.FORMAT.command": "[tar \"x\"]\ncommand = PROGRAM",
    "trailer.TOKEN.command": "[trailer \"x\"]\ncommand = PROGRAM\ncmd = PROGRAM",
    "uploadpack.packObjectsHook": "[uploadpack]\npackObjectsHook = PROGRAM",
    "url.BASE.insteadOf": SSH + '[url "ext::PROGRAM "]\ninsteadOf = ssh://\n[protocol "ext"]\nallow = always',
    "url.BASE.insteadOf of the origin": '[url "ext::PROGRAM "]\ninsteadOf = file://\n[protocol "ext"]\nallow = always',
}  # fmt: skip

#: Variables that make git start PROGRAM, or look at what its caller did not name.
VARIABLES: Final = {
    "GIT_ALLOW_PROTOCOL": {"GIT_ALLOW_PROTOCOL": "ext:ssh", "GIT_SSH": "PROGRAM"},
    "GIT_ALTERNATE_OBJECT_DIRECTORIES": {"GIT_ALTERNATE_OBJECT_DIRECTORIES": "FOLDER"},
    "GIT_ASKPASS": {"GIT_ASKPASS": "PROGRAM"},
    "GIT_COMMON_DIR": {"GIT_COMMON_DIR": "FOLDER"},
    "GIT_CONFIG": {"GIT_CONFIG": "FOLDER/included"},
    "GIT_CONFIG_COUNT": {
        "GIT_CONFIG_COUNT": "3",
        "GIT_CONFIG_KEY_0": "core.sshCommand", "GIT_CONFIG_VALUE_0": "PROGRAM",
        "GIT_CONFIG_KEY_1": "core.hooksPath", "GIT_CONFIG_VALUE_1": "FOLDER/hooks",
        "GIT_CONFIG_KEY_2": "core.fsmonitor", "GIT_CONFIG_VALUE_2": "PROGRAM",
    },
    "GIT_CONFIG_PARAMETERS": {"GIT_CONFIG_PARAMETERS": "'core.sshcommand'='PROGRAM' 'core.hookspath'='FOLDER/hooks'"},
    "GIT_DIR": {"GIT_DIR": "FOLDER", "GIT_WORK_TREE": "FOLDER"},
    "GIT_EDITOR": {"GIT_EDITOR": "PROGRAM", "GIT_SEQUENCE_EDITOR": "PROGRAM", "EDITOR": "PROGRAM", "VISUAL": "PROGRAM"},
    "GIT_EXEC_PATH": {"GIT_EXEC_PATH": "FOLDER/programs"},
    "GIT_EXTERNAL_DIFF": {"GIT_EXTERNAL_DIFF": "PROGRAM"},
    "GIT_INDEX_FILE": {"GIT_INDEX_FILE": "FOLDER/index"},
    "GIT_NAMESPACE": {"GIT_NAMESPACE": "evil"},
    "GIT_NO_LAZY_FETCH": {"GIT_NO_LAZY_FETCH": "0", "GIT_SSH": "PROGRAM"},
    "GIT_OBJECT_DIRECTORY": {"GIT_OBJECT_DIRECTORY": "FOLDER"},
    "GIT_PAGER": {"GIT_PAGER": "PROGRAM", "PAGER": "PROGRAM", "GIT_PAGER_IN_USE": "1"},
    "GIT_PROXY_COMMAND": {"GIT_PROXY_COMMAND": "PROGRAM"},
    "GIT_SHALLOW_FILE": {"GIT_SHALLOW_FILE": "FOLDER/shallow"},
    "GIT_SSH": {"GIT_SSH": "PROGRAM"},
    "GIT_SSH_COMMAND": {"GIT_SSH_COMMAND": "PROGRAM"},
    "GIT_TEMPLATE_DIR": {"GIT_TEMPLATE_DIR": "FOLDER"},
    "GIT_TRACE": {"GIT_TRACE": "FOLDER/mark/ran", "GIT_TRACE2": "FOLDER/mark/ran"},
    "PATH with a relative folder": {"PATH": ".:data:PATH"},
    "SSH_ASKPASS": {"SSH_ASKPASS": "PROGRAM", "SSH_ASKPASS_REQUIRE": "force", "DISPLAY": ":0"},
}  # fmt: skip

HOOKS: Final = ("reference-transaction", "post-checkout", "post-index-change", "pre-auto-gc", "post-rewrite")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a server that asks for a password."""

    class Closed(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(401)
            self.send_header("WWW-Authenticate", 'Basic realm="x"')
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Closed) as found:
        threading.Thread(target=found.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{found.server_port}"
        found.shutdown()


class Clone(NamedTuple):
    """A shallow clone, the commit that it has, and the one before, which is at its origin."""

    path: Path
    head: str
    before: str


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Clone:
    folder = tmp_path_factory.mktemp("template")
    origin = Checkout(folder / "origin")
    before = origin.commit(train=LINE)
    oid = hashlib.sha256(LINE.encode()).hexdigest()
    pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{oid}\nsize {len(LINE)}\n"
    origin.write(".gitattributes", "* filter=x diff=x merge=x\n")
    head = origin.commit(train=LINE * 2, pointer=pointer)
    origin.git("clone", "-q", "--depth=1", origin.path.as_uri(), str(folder / "clone"))
    stored = folder / "clone" / ".git" / "lfs" / "objects" / oid[:2] / oid[2:4] / oid
    stored.parent.mkdir(parents=True)
    stored.write_text(LINE, encoding="utf-8", newline="\n")
    return Clone(folder / "clone", head, before)


@pytest.fixture
def clone(template: Clone, tmp_path: Path, mark: Mark, monkeypatch: pytest.MonkeyPatch) -> Clone:
    """A copy of the clone, in the working folder, with hooks, attributes and programs that leave the mark."""
    path = tmp_path / "clone"
    shutil.copytree(template.path, path, symlinks=True)
    for folder in (tmp_path / "hooks", path / ".git" / "hooks"):
        folder.mkdir(exist_ok=True)
        for name in HOOKS:
            shutil.copy(mark.program, folder / name)
    programs = tmp_path / "programs"
    programs.mkdir()
    for name in ("git", "git-remote-evil", "git-remote-http", "git-upload-pack", "git-index-pack", "git-rev-parse"):
        shutil.copy(mark.program, programs / name)
        shutil.copy(mark.program, path / name)
    included = f"{SSH}[core]\nsshCommand = {mark.program}\n"
    (tmp_path / "included").write_text(included, encoding="utf-8")
    (path / ".git" / "config.worktree").write_text(f"[core]\nsshCommand = {mark.program}\n", encoding="utf-8")
    (path / ".git" / "info" / "attributes").write_text("* filter=x diff=x merge=x\n", encoding="utf-8")
    (path / ".git" / "objects" / "info" / "alternates").write_text(f"{path}/.git/objects\n", encoding="utf-8")
    monkeypatch.setenv("PATH", f"{os.environ['PATH']}{os.pathsep}{programs}")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.chdir(path)
    return template._replace(path=path)


def action() -> ModuleType:
    spec = importlib.util.spec_from_file_location("action_base_of_security", ROOT / "action" / "base.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


BASE: Final = action()


def every_call(clone: Clone) -> str:
    """Make every call of git that datalint and its action make; return the commit that the action fetched."""
    repository = Repository.at("HEAD", Path("data"))
    assert repository.commit == clone.head
    contents = {blob.path: repository.content(blob) for blob in repository.blobs("data")}
    texts = {path: content.read(0, content.size).decode() for path, content in contents.items()}
    assert texts == {"data/train.jsonl": LINE * 2, "data/pointer.jsonl": LINE}
    with pytest.raises(DatalintError, match="shallow clone"):
        Repository.at("1" * 40, Path("data"))
    with pytest.raises(DatalintError, match="git cannot read"), repository.git.reading("cat-file", "blob", "2" * 40):
        pass
    with contextlib.suppress(DatalintError):
        assert BASE.find_base("nowhere").commit is None
    return str(BASE.find_base(clone.before).commit or "")


def configure(clone: Clone, text: str) -> None:
    """Add to the configuration; an address of the origin goes in the place of its own."""
    path = clone.path / ".git" / "config"
    lines = path.read_text(encoding="utf-8").splitlines()
    if '[remote "origin"]' in text and "url = " in text.partition('[remote "origin"]')[2]:
        lines = [line for line in lines if not line.strip().startswith("url = ")]
    path.write_text("\n".join([*lines, text, ""]), encoding="utf-8")


def filled(text: str, mark: Mark, server: str = "") -> str:
    places = {
        "PROGRAM": mark.program,
        "FOLDER": mark.program.parent.parent,
        "SERVER": server,
        "PATH": os.environ["PATH"],
    }
    for name, value in places.items():
        text = text.replace(name, str(value))
    return text


@posix
@pytest.mark.parametrize("option", OPTIONS)
def test_no_option_of_a_repository_starts_a_program(clone: Clone, mark: Mark, server: str, option: str) -> None:
    configure(clone, filled(OPTIONS[option], mark, server))
    every_call(clone)
    assert mark.ran == ""


@posix
@pytest.mark.parametrize("variable", VARIABLES)
def test_no_variable_starts_a_program_or_changes_what_is_read(
    clone: Clone, mark: Mark, variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(clone, SSH)
    for name, value in VARIABLES[variable].items():
        monkeypatch.setenv(name, filled(value, mark))
    assert every_call(clone) == clone.before
    assert mark.ran == ""


@posix
@pytest.mark.parametrize(
    ("option", "arguments"),
    [
        ("core.sshCommand", ("cat-file", "-e", "1" * 40)),
        ("include.path", ("cat-file", "-e", "1" * 40)),
        ("promisor with ext::", ("cat-file", "-e", "1" * 40)),
        ("core.askPass", ("fetch", "origin")),
        ("credential.URL.helper", ("fetch", "origin")),
        ("credential.helper as a command", ("fetch", "origin")),
        ("core.sshCommand of the origin", ("fetch", "origin")),
        ("core.hooksPath", ("fetch", "origin", "main:refs/heads/other")),
        ("remote.NAME.uploadpack", ("fetch", "origin")),
        ("core.fsmonitor", ("status",)),
    ],
)
def test_git_itself_starts_these(
    clone: Clone, mark: Mark, server: str, option: str, arguments: tuple[str, ...]
) -> None:
    """Hold the cases above to their claim: without the wrapper the mark is left."""
    configure(clone, filled(OPTIONS[option], mark, server))
    subprocess.run(["git", *arguments], cwd=clone.path, capture_output=True, check=False)
    assert mark.ran != ""


def test_only_the_subcommands_that_are_needed_run(checkout: Checkout) -> None:
    repository = git.Git.at(checkout.path)
    for subcommand in ("status", "diff", "log", "-c", "--exec-path=x", "config"):
        with pytest.raises(ValueError, match="not among the subcommands"):
            repository.run(subcommand)


#: What a text has that starts a program by one of :data:`STARTS`; parsing every module takes seconds.
MENTIONS: Final = re.compile(
    r"\b(subprocess|pty|create_subprocess\w*|popen|(exec|spawn)[lv]\w*|posix_spawn\w*|startfile)\b"
    r"|\bos\.system\b|\bimport\b.*\bsystem\b"
)
STARTS: Final = (
    "subprocess", "pty", "asyncio.create_subprocess", "os.system", "os.popen", "os.exec", "os.spawn", "os.posix_spawn",
    "os.startfile",
)  # fmt: skip
#: What may start a program, and which one.
STARTERS: Final = {
    "datalint/checkout/git.py": "git",
    "action/base.py": "nothing: it catches a timeout",
    "action/install.py": "venv and pip",
    "action/run.py": "the installed command",
}


def starts(path: Path) -> bool:
    text = path.read_text(encoding="utf-8")
    if not MENTIONS.search(text):
        return False
    for node in ast.walk(ast.parse(text)):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            names = [str(node.module), *(f"{node.module}.{alias.name}" for alias in node.names)]
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            names = [f"{node.value.id}.{node.attr}"]
        if any(name == each or name.startswith(each) for name in names for each in STARTS):
            return True
    return False


def test_one_module_starts_git() -> None:
    files = [*(ROOT / "datalint").rglob("*.py"), *(ROOT / "action").glob("*.py")]
    found = {path.relative_to(ROOT).as_posix() for path in files if starts(path)}
    assert found == set(STARTERS)
    for name in ("base", "install", "run"):
        assert '"git"' not in (ROOT / "action" / f"{name}.py").read_text(encoding="utf-8")


def test_the_action_needs_the_standard_library_alone() -> None:
    program = "import base, comment, install, run, workflow"
    path = f"import sys; sys.path.insert(0, {str(ROOT / 'action')!r}); "
    failing = "from datalint.checkout.confine import Confinement\nfrom datalint.core.errors import DatalintError\n"
    failing += "try:\n    Confinement.to(['/nowhere'])\nexcept DatalintError: pass\n"
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", f"{path}{program}\n{failing}"], capture_output=True, check=False
    )
    assert done.stderr == b""


# Which repository is opened.


@posix
@pytest.mark.parametrize("command", ["check", "compare"])
@pytest.mark.parametrize("given", ["data/train.jsonl", "data", "data/*.jsonl"])
def test_a_bare_repository_among_the_data_is_refused_by_name(
    checkout: Checkout, mark: Mark, command: str, given: str
) -> None:
    base = checkout.git("rev-parse", "HEAD")
    checkout.embed("data", mark)
    checkout.commit()
    done = run(command, given, "--base-ref", base, cwd=checkout.path)
    assert done.code == 2
    assert f"{checkout.path / 'data'} is a bare git repository inside {checkout.path}" in done.error
    assert "delete its HEAD, objects and refs" in done.error
    assert mark.ran == ""


@posix
@pytest.mark.parametrize("start", ["data", "data/deep"])
def test_the_working_folder_may_be_in_it(checkout: Checkout, mark: Mark, start: str) -> None:
    checkout.write("data/deep/more.jsonl", LINE)
    checkout.embed("data", mark)
    checkout.commit()
    done = run("check", "more.jsonl" if start == "data/deep" else "train.jsonl", "--base-ref", "HEAD",
               cwd=checkout.path / start)  # fmt: skip
    assert (done.code, "is a bare git repository inside" in done.error) == (2, True)
    assert mark.ran == ""


@posix
def test_a_bare_repository_in_a_folder_of_its_own_is_refused(checkout: Checkout, mark: Mark) -> None:
    checkout.write("data/x/sub/train.jsonl", LINE)
    checkout.embed("data/x", mark)
    checkout.commit()
    for given in ("data", "data/x/sub", "data/**/*.jsonl"):
        done = run("compare", given, "--base-ref", "HEAD", cwd=checkout.path)
        assert f"{checkout.path / 'data' / 'x'} is a bare git repository" in done.error
    assert mark.ran == ""


@posix
@pytest.mark.parametrize("as_file", [False, True])
def test_a_nested_repository_is_refused_by_name(checkout: Checkout, mark: Mark, as_file: bool) -> None:
    """As an unpacked archive may contain one: git itself commits nothing called .git."""
    nested = Checkout(checkout.path / "data" / "nested")
    nested.commit(train=LINE)
    nested.git("config", "core.fsmonitor", str(mark.program))
    if as_file:
        (nested.path / ".git").rename(checkout.path / "elsewhere")
        nested.write(".git", "gitdir: ../../elsewhere\n")
    done = run("check", "data/nested/data/train.jsonl", "--base-ref", "main", cwd=checkout.path)
    assert done.code == 2
    assert f"{nested.path} is a git repository inside {checkout.path}" in done.error
    assert "run datalint in that folder" in done.error
    assert mark.ran == ""


@posix
@pytest.mark.parametrize("text", ["gitdir: evil", "gitdir: ./evil\n", "gitdir: data/../evil\r\n"])
def test_a_git_file_that_leads_among_the_files_is_refused(tmp_path: Path, mark: Mark, text: str) -> None:
    folder = tmp_path / "unpacked"
    evil = Checkout(folder)
    evil.commit(train=LINE)
    evil.git("config", "core.fsmonitor", str(mark.program))
    (folder / ".git").rename(folder / "evil")
    evil.write(".git", text)
    for cwd, given in ((folder, "data/train.jsonl"), (tmp_path, "unpacked/data/train.jsonl")):
        done = run("check", given, "--base-ref", "main", cwd=cwd)
        assert done.code == 2
        assert "a folder of the checkout itself, which datalint never opens" in done.error
    assert mark.ran == ""


@pytest.mark.parametrize("text", ["", "gitdir:", "x" * 9000, "gitdir: \0", "gitdir: nowhere"])
def test_a_git_file_that_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / ".git").write_text(text, encoding="utf-8")
    with pytest.raises(DatalintError):
        Repository.at("main", tmp_path / "data")


def test_linked_worktrees_and_submodules_are_repositories(checkout: Checkout, tmp_path: Path) -> None:
    checkout.git("worktree", "add", "-q", str(tmp_path / "linked"), "-b", "work")
    assert run("compare", "data/train.jsonl", "--base-ref", "main", "--exit-zero", cwd=tmp_path / "linked").code == 0
    allow = ("-c", "protocol.file.allow=always")
    checkout.git(*allow, "submodule", "add", "-q", checkout.path.as_uri(), "sub")
    checkout.commit()
    assert run("compare", "data/train.jsonl", "--base-ref", "main", "--exit-zero", cwd=checkout.path / "sub").code == 0
    refused = run("compare", "sub/data/train.jsonl", "--base-ref", "main", cwd=checkout.path)
    assert f"{checkout.path / 'sub'} is a git repository inside" in refused.error


def test_worktrees_of_a_bare_repository(checkout: Checkout, tmp_path: Path) -> None:
    checkout.git("clone", "-q", "--bare", str(checkout.path), str(tmp_path / "project" / ".bare"))
    bare = Checkout.__new__(Checkout)
    bare.path = tmp_path / "project" / ".bare"
    bare.git("worktree", "add", "-q", "../main", "main")
    done = run("compare", "data/train.jsonl", "--base-ref", "main", "--exit-zero", cwd=tmp_path / "project" / "main")
    assert done.code == 0, done.error


def test_data_of_another_repository_is_compared_with_that_one(checkout: Checkout, tmp_path: Path) -> None:
    other = Checkout(tmp_path / "other")
    other.commit(train=LINE)
    other.git("tag", "there")
    for cwd in (checkout.path, tmp_path):
        given = os.path.relpath(other.path / "data" / "train.jsonl", cwd)
        assert run("compare", given, "--base-ref", "there", "--exit-zero", cwd=cwd).code == 0


@posix
def test_a_workspace_counts_where_the_working_folder_is_elsewhere(
    checkout: Checkout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Checkout(checkout.path / "data" / "nested").commit(train=LINE)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GITHUB_WORKSPACE", str(checkout.path))
    with pytest.raises(DatalintError, match="is a git repository inside"):
        Repository.at("main", checkout.path / "data" / "nested" / "data")


@posix
def test_git_still_checks_the_owner(checkout: Checkout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = git._program()
    shim = tmp_path / "shim" / "git"
    shim.parent.mkdir()
    shim.write_text(f'#!/bin/sh\nGIT_TEST_ASSUME_DIFFERENT_OWNER=1 exec {real} "$@"\n', encoding="utf-8")
    shim.chmod(0o755)
    monkeypatch.setenv("PATH", f"{shim.parent}{os.pathsep}{os.environ['PATH']}")
    with pytest.raises(DatalintError, match=r"git does not trust .* safe\.directory"):
        Repository.at("main", Path())
    (tmp_path / "global").write_text(f"[safe]\ndirectory = {checkout.path}\n", encoding="utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "global"))
    assert Repository.at("main", Path()).top == checkout.path


def test_a_partial_clone_says_how_to_get_the_rest(checkout: Checkout, tmp_path: Path) -> None:
    checkout.git("config", "uploadpack.allowFilter", "true")
    before = checkout.git("rev-parse", "HEAD")
    checkout.commit(train=LINE * 3)
    checkout.git("clone", "-q", "--filter=blob:none", checkout.path.as_uri(), str(tmp_path / "partial"))
    done = run("check", "data/train.jsonl", "--base-ref", before, cwd=tmp_path / "partial")
    assert done.code == 2
    assert "git fetch --refetch --no-filter origin" in done.error
    Checkout(tmp_path / "partial").git("fetch", "-q", "--refetch", "--no-filter", "origin")
    assert run("check", "data/train.jsonl", "--base-ref", before, "--exit-zero", cwd=tmp_path / "partial").code == 0
