"""A second maker of shops with known truth, that shares no line with workbench.simulate.

Detectors are tuned on the shops of workbench.simulate. These here differ in every recipe: other
catalogues, other identities, other schemes, other look-alikes, drawn from wider ranges. What holds
on both is less likely to be fitted to one of them. See `shop.make`.
"""

from second_shop.shop import LEVELS, Made, make

__all__ = ["LEVELS", "Made", "make"]
