"""One event of a case: its fields, and the hashes that bind it to its body and to the one before.

The chain binds each event to the hash of its body, salted with 32 random bytes, and not to the
body itself. So a body that must be removed for the sake of the people it names can be removed
without breaking the chain, nobody can find it again by trying, and a body that is handed over
masked still hangs in a chain that its reader can check.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass

from workbench.errors import BadInput

__all__ = ["FIRST_HASH", "Event", "Origin", "body_hash", "canonical_json", "event_hash"]

FIRST_HASH = "0" * 64

# Fields that stand beside the chain: they can be checked against `body_hash`, or be gone.
_BESIDE = ("body", "salt", "purged", "hash")


@dataclass(frozen=True)
class Origin:
    """Where an event was first written that came over from another copy of the case."""

    seq: int
    at: str
    previous_hash: str
    hash: str


@dataclass(frozen=True)
class Event:
    """One thing that one person did.

    `at` is UTC in ISO 8601 with microseconds, `body` canonical JSON and `salt` 64 hexadecimal
    digits. `body_hash` is the SHA-256 of the salt, a line feed and the body. `origin` is the
    canonical JSON of an Origin for an event that was taken over from another copy, else "".
    `hash` is the SHA-256 of the canonical JSON of the object of all fields but body, salt,
    purged and hash. Of a `purged` event the salt is gone and the body keeps what names nobody.
    """

    seq: int
    at: str
    who: str
    kind: str
    subject_kind: str
    subject_id: str
    body_hash: str
    origin: str
    previous_hash: str
    hash: str
    salt: str
    body: str
    purged: bool = False

    @property
    def identity(self) -> str:
        """The hash by which other events name this one: the same in every copy of a case."""
        return str(json.loads(self.origin)["hash"]) if self.origin else self.hash

    @property
    def sealed(self) -> bool:
        """Whether no field was changed since it was written; of a purged body nothing is known."""
        try:
            return (
                self.hash == event_hash(self)
                and (self.purged or self.body_hash == body_hash(self.salt, self.body))
                and _origin_holds(self)
            )
        except (BadInput, ValueError, TypeError, KeyError, AttributeError):
            return False  # what stands there now is no event at all


def body_hash(salt: str, body: str) -> str:
    """SHA-256 of the salt, a line feed and the body."""
    return hashlib.sha256(f"{salt}\n{body}".encode()).hexdigest()


def event_hash(event: Event) -> str:
    """The hash that an event with these fields must have."""
    return _hash({name: value for name, value in asdict(event).items() if name not in _BESIDE})


def canonical_json(value: object) -> str:
    """The one JSON text of a value: keys sorted, no blanks, characters as they are.

    Raises BadInput for what JSON cannot hold (not-a-number, infinity, half characters).
    """
    try:
        text = json.dumps(
            value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
        )
        text.encode("utf-8")
    except (TypeError, ValueError) as error:
        raise BadInput(f"This cannot be stored as JSON: {error}") from None
    return text


def _hash(record: dict[str, object]) -> str:
    return hashlib.sha256(canonical_json(record).encode("utf-8")).hexdigest()


def _origin_holds(event: Event) -> bool:
    """Whether an event that was taken over says the same as where it was first written."""
    if not event.origin:
        return True
    first = Origin(**json.loads(event.origin))
    record = {name: value for name, value in asdict(event).items() if name not in _BESIDE}
    record |= {"seq": first.seq, "at": first.at, "previous_hash": first.previous_hash, "origin": ""}
    return first.hash == _hash(record)
