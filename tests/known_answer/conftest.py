import pytest

from workbench.engine import connect
from workbench.known_answer import shop_material
from workbench.simulate import simulate_shop
from workbench.tables import memory_tables

SHOP = ("orders", "shipments", "shipment_events", "payments")


@pytest.fixture(scope="session")
def shop_tables():
    """A made-up shop of 600 orders without any brushing."""
    made = simulate_shop(5, 600, "plain", rings=False).tables()
    return memory_tables(connect(), {name: made[name] for name in SHOP})


@pytest.fixture(scope="session")
def material(shop_tables):
    return shop_material(shop_tables)
