"""Innocent explanations: one module per explanation, each tested on the shop's own data."""

from workbench.explain.innocent.outcome import InnocentTest, Outcome
from workbench.explain.innocent.runner import INNOCENT_TESTS, run_tests, tests_of

__all__ = ["INNOCENT_TESTS", "InnocentTest", "Outcome", "run_tests", "tests_of"]
