"""Ask a time-stamp authority: one request to the one host that a person named."""

from __future__ import annotations

from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import SplitResult, urlsplit

from workbench.errors import BadInput

__all__ = ["ask"]

_SECONDS = 30
_LARGEST = 1_000_000
_CONTENT_TYPE = "application/timestamp-query"


def ask(authority: str, request: bytes) -> bytes:
    """What the authority at this address (http or https) answers to a request.

    Nothing is sent but the request, and to no other host: a redirection is not followed and no
    proxy is asked. Raises BadInput when the address cannot be used, or the answer.
    """
    parts = _parts(authority)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = kind(str(parts.hostname), parts.port, timeout=_SECONDS)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        headers = {"Content-Type": _CONTENT_TYPE, "Accept": "application/timestamp-reply"}
        connection.request("POST", path, request, headers)
        answer = connection.getresponse()
        content = answer.read(_LARGEST + 1)
    except (OSError, HTTPException, ValueError) as error:
        raise BadInput(
            f"The authority does not answer: {error or type(error).__name__}",
            authority,
            "Try again, name another one, or write the request to a file and hand it in elsewhere",
        ) from None
    finally:
        connection.close()
    if answer.status != 200:
        raise BadInput(
            f"The authority answers {answer.status} {answer.reason[:100]}",
            authority,
            "Check its address; a redirection is not followed",
        )
    if len(content) > _LARGEST:
        raise BadInput("The authority's answer is too long for a time stamp", authority)
    return content


def _parts(authority: str) -> SplitResult:
    try:
        parts = urlsplit(authority)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    printable = authority.isascii() and authority.isprintable() and " " not in authority
    if parts.scheme not in ("http", "https") or not parts.hostname or not printable or port == 0:
        raise BadInput(
            "This is no address of a time-stamp authority", authority, "Such as https://HOST/PATH"
        )
    if parts.username or parts.password:
        raise BadInput(
            "The address holds a name or password, and the case would keep it",
            str(parts.hostname),
            "Name the address without them, or hand the request in as a file",
        )
    return parts
