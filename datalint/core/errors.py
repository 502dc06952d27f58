"""Errors that the user can fix."""

from __future__ import annotations


class DatalintError(Exception):
    """Something datalint could not start or finish; the message is one sentence with the remedy.

    The command line prints it as ``error: …`` and exits with 2. What the message quotes of files and their names is
    redacted and fit to print.
    """

    def __init__(self, message: str) -> None:
        from datalint.privacy.display import printable

        super().__init__(printable(message))


class ConfinementError(DatalintError):
    """A path that leads out of the folders that files are limited to; it ends the run wherever it comes from."""


class NotRegularError(OSError):
    """A path that leads to a pipe, a device or a socket; ``strerror`` says which."""


def unreadable(path: str, error: OSError) -> str:
    """Return the sentence for a file that the system refuses to open; ``path`` is fit to print."""
    if isinstance(error, FileNotFoundError):
        return f"no such file: {path}: check the path"
    if isinstance(error, PermissionError):
        return f"{path} cannot be read: you lack the permission (chmod +r)"
    if isinstance(error, IsADirectoryError):
        return f"{path} is a folder: name a file in it"
    if isinstance(error, NotRegularError):
        return f"{path} is {error.strerror}, and only regular files are read: save its content as a file"
    return f"{path} cannot be read: {error.strerror or type(error).__name__}"
