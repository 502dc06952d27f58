"""Refusal of redirects of web servers that lead from outside into the network of the run."""

from __future__ import annotations

from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from datalint.core.errors import DatalintError


def is_inward(host: str, to: str) -> bool:
    """Return whether a redirect from one host to another leads to an address that only this network can reach.

    Only addresses are judged, not the addresses of names. A host that is itself in this network, because the user
    typed it, may redirect within it, but not to link-local addresses: clouds hand out credentials there.
    """
    target = _address(to)
    if target is None or target.is_global:
        return False
    typed = _address(host)
    return target.is_link_local or typed is None or typed.is_global


def _address(host: str) -> Any:
    """Return a host as an IP address; None for a name."""
    if host.lower().rstrip(".") == "localhost":
        return ip_address("127.0.0.1")
    try:
        return ip_address(host.strip("[]").partition("%")[0])
    except ValueError:
        return None


def tracing() -> list[Any]:
    """Return the trace configurations of aiohttp that refuse such redirects."""
    from aiohttp import TraceConfig

    async def check(_session: Any, _context: Any, params: Any) -> None:
        location = params.response.headers.get("Location") or params.response.headers.get("URI") or ""
        try:
            to = urlsplit(location).hostname
        except ValueError:
            to = None
        if to and is_inward(params.url.host or "", to):
            raise DatalintError("the server redirects to an address inside of this network, which is not followed")

    config = TraceConfig()
    config.on_request_redirect.append(check)
    return [config]
