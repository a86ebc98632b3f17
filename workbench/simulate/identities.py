"""Who a person is: account, name, phone, payment account, device and network from the number."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from workbench.simulate.streams import Ints, permuted, uniform, which
from workbench.simulate.text_columns import Column, digits, glue, only, pick
from workbench.simulate.word_lists import words

__all__ = ["identities", "phone_numbers"]


def identities(rows: Mapping[str, Ints], seed: int) -> dict[str, Column]:
    """Columns buyer_id, buyer_account, buyer_name, phone, device, ip for draft rows."""
    return {
        "buyer_id": _accounts(rows["buyer"], seed),
        "buyer_account": _payment_accounts(rows["payer"], seed),
        "buyer_name": _names(rows["name"], seed),
        "phone": phone_numbers(rows["phone"], seed),
        "device": only(
            rows["device"] >= 0, glue("d", digits(permuted(rows["device"], 9, seed), 9))
        ),
        "ip": _networks(rows["network"], seed),
    }


def phone_numbers(person: Ints, seed: int) -> Column:
    """Eleven digits beginning with 100, a prefix that no carrier hands out."""
    return glue("100", digits(permuted(person, 8, seed), 8))


def _names(person: Ints, seed: int) -> Column:
    lists = words("people")
    return glue(
        *(
            pick(lists[part], which(person, len(lists[part]), seed, part))
            for part in ("surnames", "given_first", "given_second")
        )
    )


def _accounts(person: Ints, seed: int) -> Column:
    heads = words("people")["nick_heads"]
    tail = digits(permuted(person, 7, seed), 7)
    nick = glue(pick(heads, which(person, len(heads), seed, "nick")), tail)
    plain = pa.array(uniform(person, seed, "plain nick") < 0.6)
    return pc.if_else(plain, glue("tb", tail), nick)


def _payment_accounts(person: Ints, seed: int) -> Column:
    hosts = words("people")["mail_hosts"]
    host = pick(hosts, which(person, len(hosts), seed, "host"))
    mail = glue("u", digits(permuted(person, 7, seed + 1), 7), "@", host)
    by_phone = pa.array(uniform(person, seed, "pays by phone") < 0.65)
    return pc.if_else(by_phone, phone_numbers(person, seed), mail)


def _networks(network: Ints, seed: int) -> Column:
    """Homes lie in 10.0.0.0/8, gateways of mobile networks (negative numbers) in 100.64.0.0/16."""
    home = permuted(np.maximum(network, 0), 7, seed)
    gateway = np.maximum(-1 - network, 0)
    at_home = glue("10.", digits(home >> 16), ".", digits(home >> 8 & 255), ".", digits(home & 255))
    mobile = glue("100.64.", digits(gateway >> 8 & 255), ".", digits(gateway & 255))
    return pc.if_else(pa.array(network >= 0), at_home, mobile)
