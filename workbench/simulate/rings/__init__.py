"""Recipes of brushing schemes: each module imitates one, and says which and why."""

from workbench.simulate.rings.account_chain import account_chain
from workbench.simulate.rings.address_variants import address_variant_ring
from workbench.simulate.rings.burst import burst_ring
from workbench.simulate.rings.empty_parcels import empty_parcel_ring
from workbench.simulate.rings.lockstep import lockstep_ring
from workbench.simulate.rings.payer import payer_ring
from workbench.simulate.rings.repeat_account import repeat_account
from workbench.simulate.rings.slow_phone import slow_phone_ring

__all__ = [
    "account_chain",
    "address_variant_ring",
    "burst_ring",
    "empty_parcel_ring",
    "lockstep_ring",
    "payer_ring",
    "repeat_account",
    "slow_phone_ring",
]
