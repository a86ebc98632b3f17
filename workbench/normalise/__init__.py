"""Addresses and phones in a form that can be compared; the original stays with the caller.

What a text does not say for certain stays unknown: nothing here is a guess.
"""

from workbench.normalise.address import Address, Former, normalise_address
from workbench.normalise.divisions import DIVISIONS, Division, division
from workbench.normalise.expressions import (
    is_masked,
    is_plain_phone,
    is_privacy_number,
    mobile_key,
    plain_address,
)
from workbench.normalise.frames import address_frame, phone_frame
from workbench.normalise.phone import Phone, normalise_phone
from workbench.normalise.text import plain_text

__all__ = [
    "DIVISIONS",
    "Address",
    "Division",
    "Former",
    "Phone",
    "address_frame",
    "division",
    "is_masked",
    "is_plain_phone",
    "is_privacy_number",
    "mobile_key",
    "normalise_address",
    "normalise_phone",
    "phone_frame",
    "plain_address",
    "plain_text",
]
