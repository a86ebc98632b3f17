"""Recipes of innocent patterns that look like brushing: each module imitates some of one sort."""

from workbench.simulate.lookalikes.campaigns import (
    flash_sale,
    group_buy,
    livestream,
    livestream_unrecorded,
    new_product,
)
from workbench.simulate.lookalikes.households import family
from workbench.simulate.lookalikes.regular_buyers import loyal_subscriber, reseller
from workbench.simulate.lookalikes.shared_sites import company_bulk, dormitory, parcel_locker

__all__ = [
    "company_bulk",
    "dormitory",
    "family",
    "flash_sale",
    "group_buy",
    "livestream",
    "livestream_unrecorded",
    "loyal_subscriber",
    "new_product",
    "parcel_locker",
    "reseller",
]
