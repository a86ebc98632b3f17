"""The PostgreSQL database that tests may write to, named by WORKBENCH_TEST_POSTGRES."""

import os

import pytest


def postgres_url():
    """Its URL; without one the test is skipped, and fails where CI must have it."""
    url = os.environ.get("WORKBENCH_TEST_POSTGRES", "")
    if not url and os.environ.get("CI"):
        pytest.fail("WORKBENCH_TEST_POSTGRES is not set: .ci/run starts PostgreSQL and sets it")
    if not url:
        pytest.skip("WORKBENCH_TEST_POSTGRES is not set")
    return url
