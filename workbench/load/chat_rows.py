"""The messages of a pasted chat as rows of the table `messages`."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

import pyarrow as pa

from workbench.load.chat import Said, Unclaimed, chat_words, read_chat
from workbench.load.decode import OpenBytes
from workbench.load.formats import Format, Skip, built_in
from workbench.load.rules import Condition
from workbench.load.text_rows import Misshapen

__all__ = ["CHAT_HEADERS", "ChatRows", "chat_format"]

CHAT_HEADERS = ("conversation_id", "buyer_id", "speaker", "sent_at", "text")
_GROUP = 20_000
_LINE = 1 << 24
_NAMES = 100_000


def chat_format(sellers: Sequence[str]) -> Format:
    """The format of pasted chats, in which `sellers` are names of the shop and its staff."""
    form = next(form for form in built_in() if form.name == "canonical_messages")
    rules = [form.digest, *sorted(sellers)]
    rules += [Path(__file__).with_name("chat_layouts.toml").read_text("utf-8")]
    marks = Condition("speaker", one_of=tuple(chat_words()["words"]["marks"]))
    return replace(
        form,
        name="pasted_chat",
        title=chat_words()["title"],
        skip=(Skip(marks, chat_words()["why"]),),
        digest=hashlib.sha256("\n".join(rules).encode()).hexdigest(),
    )


@dataclass
class ChatRows:
    """The messages of a chat, numbered by the lines they begin on.

    The seller is whoever writes as `shop:nick`, as the shop, or as one of `sellers`; where there is
    one, the others are buyers, and where there is none nobody can tell who is who. Messages of a
    chat with one buyer are one conversation; with several, a seller's message belongs to a
    conversation only where it says to whom it goes.
    """

    open_bytes: OpenBytes
    encoding: str
    sellers: Collection[str] = ()
    misshapen: list[Misshapen] = field(default_factory=list)

    def tables(self) -> Iterator[pa.Table]:
        """The messages, in order."""
        roles = self._roles()
        buyers = {name for name, role in roles.items() if role == "buyer"}
        alone = next(iter(buyers)) if len(buyers) == 1 else ""
        items = self._items()
        while group := list(islice(items, _GROUP)):
            rows: list[tuple[int, list[str]]] = []
            for item in group:
                if isinstance(item, Unclaimed):
                    reason = "misshapen" if item.mark else "no_speaker"
                    self.misshapen.append(Misshapen(item.row, 1, item.text, reason))
                    continue
                role = self._role(item, roles)
                if role:
                    buyer = _buyer(item, role, alone, roles)
                    rows.append((item.row, [buyer, buyer, role, item.time, item.text]))
                else:
                    told = f"{item.speaker}: {item.text}"
                    self.misshapen.append(Misshapen(item.row, 1, told, "speaker_unknown"))
            columns = {
                f"c{i}": pa.array([cells[i] for _, cells in rows], pa.string())
                for i in range(len(CHAT_HEADERS))
            }
            numbers = pa.array([row for row, _ in rows], pa.int64())
            yield pa.table({**columns, "source_row": numbers})

    def _items(self) -> Iterator[Said | Unclaimed]:
        with self.open_bytes() as file:
            lines = io.TextIOWrapper(file, self.encoding, newline="\n")
            try:
                yield from read_chat(iter(lambda: lines.readline(_LINE), ""))
            finally:
                lines.detach()

    def _role(self, item: Said, roles: dict[str, str]) -> str:
        if chat_words()["words"]["recalled"] in item.text or not item.speaker:
            return "system" if item.speaker else ""
        return roles.get(item.speaker, "")

    def _roles(self) -> dict[str, str]:
        """Name → buyer, seller or system; no buyers while no seller is known."""
        names: dict[str, None] = {}
        for item in self._items():
            if isinstance(item, Said) and len(names) < _NAMES:
                names.update(dict.fromkeys(n for n in (item.speaker, item.other) if n))
        system = set(chat_words()["words"]["system"])
        own = {seller.strip().casefold() for seller in self.sellers if seller.strip()}
        roles = {name: "system" for name in names if name in system}
        roles.update({name: "seller" for name in names if _is_seller(name, own)})
        if "seller" in roles.values():
            roles.update({name: "buyer" for name in names if name not in roles})
        return roles


def _is_seller(name: str, own: Collection[str]) -> bool:
    plain = name.casefold().replace("：", ":")
    shop, colon, nick = plain.partition(":")
    return plain in own or bool(colon and shop.strip() and nick.strip())


def _buyer(item: Said, role: str, alone: str, roles: dict[str, str]) -> str:
    """The buyer whose conversation a message belongs to; "" where that is open."""
    if role == "buyer":
        return item.speaker
    if roles.get(item.other) == "buyer":
        return item.other
    return alone
