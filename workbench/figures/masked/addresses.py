"""Addresses in code, and the places that they name: the same places, written in as many ways."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pandas as pd
from ibis.expr.types import Table

from workbench.detect.place import joined_places
from workbench.detect.places import places_of
from workbench.detect.text_values import text_hash, text_value, town_of
from workbench.engine import keeping
from workbench.explain import innocent
from workbench.figures.masked.codes import Codes, is_in_part
from workbench.normalise import plain_address

__all__ = ["coded_addresses", "coded_places", "places_again"]

_STATION = re.compile(
    tomllib.loads(
        Path(innocent.__file__).with_name("place_words.toml").read_text(encoding="utf-8")
    )["station"]
)


def coded_addresses(addresses: Table, codes: Codes) -> dict[str, str]:
    """The code of every address of a column `address`, by the address as written.

    What it is once spelling is put aside, then in brackets its spelling; and the words that call
    it a parcel station, if any.
    """
    known = addresses.filter(addresses.address.notnull()).distinct()
    frame = known.mutate(plain=plain_address(known.address.strip())).to_pandas()
    return {
        text: _coded(text, plain, codes)
        for text, plain in zip(frame.address.tolist(), frame.plain.tolist(), strict=True)
    }


def _coded(text: str, plain: str, codes: Codes) -> str:
    if not text.strip():
        return ""
    words = " ".join(dict.fromkeys(match[0] for match in _STATION.finditer(text)))
    spelling = codes.letters("spelling", text.strip(), 12)
    told = f"{codes.named('a', plain)}({spelling}){'*' * is_in_part(text)}"
    return f"{told} {words}" if words else told


def coded_places(orders: Table, addresses: dict[str, str], codes: Codes) -> pd.DataFrame:
    """One row per spelling and town: text (the coded address), town, road, marks, key.

    As `workbench.detect.places.places_of` gives them of the addresses themselves. Keys that are
    one place written with slips have one road text, all others have none alike.
    """
    with keeping(orders.get_backend()) as keep:
        places = places_of(orders, keep)
        written = orders.select(text=text_value(orders, "address"), town=town_of(orders)).distinct()
        written = written.filter(written.text.notnull()).mutate(
            spelling=lambda t: text_hash(t.text)
        )
        found = written.join(places, ["spelling", "town"]).to_pandas()
        joined, _ = joined_places(places)
    place = found.address.map(joined.set_index("address").place).fillna(found.address)
    first = found.assign(place=place).groupby("place").key.transform("min")
    stripped = {text.strip(): code for text, code in addresses.items()}
    frame = pd.DataFrame(
        {
            "text": [stripped[text] for text in found.text],
            "town": found.town,
            "road": [codes.named("r", text) if text else "" for text in first.fillna("")],
            "marks": [codes.named("m", text) for text in found.marks.fillna("")],
            "key": [
                codes.named("k", text) if isinstance(text, str) else None for text in found.key
            ],
        }
    )
    return frame.sort_values(["text", "town"], ignore_index=True)


def places_again(places: Table) -> Table:
    """The table of places that detectors count on, from what was handed over."""
    return places.select(
        "road",
        "marks",
        "key",
        town=places.town.fill_null(""),
        spelling=text_hash(places.text),
        address=text_hash(places.key),
    ).mutate(road=lambda t: t.road.fill_null(""), marks=lambda t: t.marks.fill_null(""))
