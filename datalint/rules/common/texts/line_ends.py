"""Line ends of texts that come from Windows, or from old files of Mac OS."""

from __future__ import annotations


def plain_ends(text: str) -> str:
    r"""Return a text with ``\n`` at the end of each line, for what is compared line by line."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
