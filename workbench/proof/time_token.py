"""What an RFC 3161 time-stamp authority answers: read it, and check it without any network.

Needs the extra `timestamps` (rfc3161-client): signatures are not for us to check ourselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.errors import BadInput

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

__all__ = [
    "TimeToken",
    "read_roots",
    "read_token",
    "request_for_stamp",
    "verify_timestamp",
]

_SHA256 = "2.16.840.1.101.3.4.2.1"
_HEX = re.compile(r"[0-9a-f]{64}")
_STATES = {
    1: "granted with changes",
    2: "refused",
    3: "waiting",
    4: "revocation is near",
    5: "revoked",
}


@dataclass(frozen=True)
class TimeToken:
    """What a token says: this SHA-256 existed `at` (UTC), by whom, under which number.

    `authority` is the name in the signer's certificate, "" where the token has none. `trusted` is
    whether its signature was followed to a root that was given.
    """

    sha256: str
    at: datetime
    authority: str
    serial: int
    trusted: bool = False


def _library() -> Any:
    """The library; raises BadInput where it is not installed."""
    try:
        import rfc3161_client
    except ImportError:
        raise BadInput(
            "Time stamps need an extra that is not installed",
            do="Run `pip install '.[timestamps]'`",
        ) from None
    return rfc3161_client


def request_for_stamp(content: bytes) -> tuple[bytes, int]:
    """The request (DER, the content of a .tsq file) for a stamp of some content, and its nonce.

    It holds the SHA-256 of the content and a random number, and nothing else of it. Raises
    BadInput for empty content.
    """
    if not content:
        raise BadInput("The file is empty", do="Stamp a file that holds something")
    client = _library()
    builder = client.TimestampRequestBuilder(content, client.HashAlgorithm.SHA256)
    built = builder.build()
    return built.as_bytes(), built.nonce


def read_token(token: bytes, sha256: str, nonce: int | None = None) -> TimeToken:
    """What an authority's answer says of a file; raises BadInput when it is not about this file.

    The signature is not checked: `verify_timestamp` does that.
    """
    client = _library()
    with _readable():
        found = client.decode_timestamp_response(token)
        status, said = found.status, "; ".join(found.status_string)
    if status != 0:
        state = _STATES.get(status, f"state {status}")
        shown = "".join(one for one in said if one.isprintable())[:200]
        raise BadInput(f"The authority gave no time stamp: {state}", shown, "Ask it, or another")
    with _readable():
        info = found.tst_info
        imprint = info.message_imprint
        algorithm, message = imprint.hash_algorithm.dotted_string, imprint.message.hex()
        at = info.gen_time
        read = TimeToken(sha256, at.replace(tzinfo=UTC), _signer(found), info.serial_number)
        own_nonce = info.nonce
    if (algorithm, message) != (_SHA256, sha256):
        raise BadInput(
            "The time stamp is of something else",
            f"SHA-256 {message}, not {sha256}",
            "Give the answer to the request for this very file",
        )
    if nonce is not None and own_nonce != nonce:
        raise BadInput("The answer does not belong to this request", do="Ask once more")
    return read


def verify_timestamp(token: bytes, digest: str, roots: Sequence[Certificate]) -> TimeToken:
    """Check a token offline: it is of `digest` (SHA-256) and signed under one of `roots`.

    The certificates had to be valid when it was signed; today they may have run out. Raises
    BadInput when the token is of something else, was changed, or leads to none of the roots.
    """
    if not _HEX.fullmatch(digest):
        raise BadInput("This is no SHA-256", digest, "Give 64 hexadecimal digits")
    if not roots:
        raise BadInput("No root certificate is given", do="Give those of the authority (PEM)")
    client = _library()
    told = read_token(token, digest)
    try:
        with _readable(client.VerificationError):
            verifier = client.VerifierBuilder(roots=list(roots)).build()
            verifier.verify(client.decode_timestamp_response(token), bytes.fromhex(digest))
    except client.VerificationError as error:
        raise BadInput(
            f"The time stamp does not hold: {error}",
            told.authority,
            "Check that these are the authority's own root certificates; else trust it not",
        ) from None
    return TimeToken(told.sha256, told.at, told.authority, told.serial, trusted=True)


def read_roots(file: Path) -> list[Certificate]:
    """The certificates in a PEM file; raises BadInput when there are none."""
    _library()
    from cryptography.x509 import load_pem_x509_certificates

    try:
        return load_pem_x509_certificates(file.read_bytes())
    except (OSError, ValueError) as error:
        raise BadInput(
            f"The root certificates cannot be read: {error}", str(file), "Give a PEM file"
        ) from None


@contextmanager
def _readable(*own: type[Exception]) -> Iterator[None]:
    """Whatever the library raises on a stranger's bytes, save `own`, means that it is no answer."""
    try:
        yield
    except own:
        raise
    except Exception as error:
        told = "".join(one for one in str(error) if one.isprintable())[:200]
        raise BadInput(
            f"This is no answer of a time-stamp authority: {told or type(error).__name__}",
            do="Give the .tsr file as it came",
        ) from None


def _signer(found: Any) -> str:
    from cryptography.x509 import load_der_x509_certificate

    signers = {(one.issuer, one.serial_number) for one in found.signed_data.signer_infos}
    for raw in found.signed_data.certificates:
        certificate = load_der_x509_certificate(raw)
        if (certificate.issuer, certificate.serial_number) in signers:
            name = certificate.subject.rfc4514_string()
            return "".join(one for one in name if one.isprintable())[:200]
    return ""
