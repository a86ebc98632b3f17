"""Made-up shops with known truth: ordinary trade, brushing rings and their innocent look-alikes.

Everybody and everything in them is invented. Phones begin with 100, a prefix nobody is given.
The recipes know nothing of the detectors, and the detectors nothing of the recipes.
"""

from workbench.simulate.canonical_files import write_canonical
from workbench.simulate.shop import Shop
from workbench.simulate.simulation import simulate_shop
from workbench.simulate.taobao_export import write_taobao

__all__ = ["Shop", "simulate_shop", "write_canonical", "write_taobao"]
