"""Where a home lies: province, city, district and door follow from the home's number."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from workbench.simulate.spelling import respelled
from workbench.simulate.streams import Ints, uniform, which
from workbench.simulate.text_columns import Column, digits, glue, only, pick
from workbench.simulate.word_lists import words

__all__ = ["addresses", "cities", "city_of", "transit_days"]


@cache
def cities() -> tuple[str, ...]:
    """All cities, province by province."""
    return tuple(city for province in words("places")["province"] for city in province["cities"])


@cache
def _provinces() -> tuple[Ints, Ints, list[str]]:
    """For each city: province number and days in transit; and the provinces' names."""
    rows = words("places")["province"]
    number = [i for i, row in enumerate(rows) for _ in row["cities"]]
    days = [row["days"] for row in rows for _ in row["cities"]]
    return np.asarray(number, np.int64), np.asarray(days, np.int64), [r["name"] for r in rows]


def city_of(home: Ints, seed: int) -> Ints:
    """The city (index in `cities`) in which a home lies."""
    rows = words("places")["province"]
    weights = [row["share"] / len(row["cities"]) for row in rows for _ in row["cities"]]
    edges = np.cumsum(weights) / np.sum(weights)
    return np.searchsorted(edges[:-1], uniform(home, seed, "city"), side="right")


def transit_days(city: Ints) -> Ints:
    """Usual days in transit from the shop to the city."""
    return _provinces()[1][city]


def addresses(rows: Mapping[str, Ints], seed: int) -> dict[str, Column]:
    """Columns address, province, city, district, postcode for draft rows.

    `address` reads "province city district rest", as the platform prints it.
    """
    home, site = rows["home"], rows["site"]
    number, _, names = _provinces()
    city = city_of(home, seed)
    province_text = pick(names, number[city])
    city_text = pick(cities(), city)
    places = words("places")
    in_village = _form(home, seed) == 3
    nameless = uniform(home, seed, "district known") < np.where(in_village, 0.6, 0.03)
    known = which(home, len(places["districts"]), seed, "district")
    district = np.where((site == 0) & nameless, len(places["districts"]), known)
    district_text = pick([*places["districts"], "其它区"], district)
    door = _respell(_doors(rows, seed), rows["spelling"])
    postcode = digits(100000 + 10000 * number[city] + known * 100)
    unknown = uniform(home, seed, "postcode") < 0.75
    return {
        "address": glue(province_text, " ", city_text, " ", district_text, " ", door),
        "province": province_text,
        "city": city_text,
        "district": district_text,
        "postcode": pc.if_else(pa.array(unknown), "000000", postcode),
    }


def _form(home: Ints, seed: int) -> Ints:
    """0 road and block, 1 estate, 2 lane, 3 village."""
    return np.searchsorted([0.45, 0.8, 0.92], uniform(home, seed, "form"), side="right")


def _doors(rows: Mapping[str, Ints], seed: int) -> Column:
    """The part of the address below the district."""
    home, site, places = rows["home"], rows["site"], words("places")

    def number(low: int, count: int, what: str) -> Column:
        return digits(low + which(home, count, seed, what))

    def named(what: str) -> Column:
        return pick(places[what], which(home, len(places[what]), seed, what))

    storey = which(home, 26, seed, "floor") + 1
    own_room = storey * 100 + which(home, 6, seed, "door") + 1
    room = digits(np.where(rows["room"] < 0, own_room, rows["room"]))
    road = glue(named("roads"), number(1, 320, "house"))
    block = number(1, 28, "block")
    form = np.where(site > 0, 3 + site, _form(home, seed))
    texts = (
        glue(road, "号", block, "幢", room, "室"),
        glue(named("estates"), block, "号楼", number(1, 4, "stair"), "单元", room, "室"),
        glue(road, "弄", block, "号", room, "室"),
        glue(named("villages"), block, "组", number(1, 320, "house"), "号"),
        glue(named("schools"), block, "号宿舍楼", room, "室"),
        glue(road, "号", named("stations")),
        glue(road, "号", named("companies")),
    )
    return pc.coalesce(*(only(form == i, text) for i, text in enumerate(texts)))


def _respell(doors: Column, spelling: Ints) -> Column:
    changed = np.flatnonzero(spelling > 0)
    if not len(changed):
        return doors
    texts = doors.take(pa.array(changed)).to_pylist()
    new = [respelled(t, int(s)) for t, s in zip(texts, spelling[changed], strict=True)]
    return pc.replace_with_mask(doors, pa.array(spelling > 0), pa.array(new, pa.large_string()))
