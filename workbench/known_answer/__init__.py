"""How much is a silence worth? Plant made-up brushing into a copy of a shop, and look for it.

What is planted is made of the shop's own catalogue, prices, hours and regions, with ids of
nobody. The recipes know nothing of the detectors, and nothing is written to the case.
"""

from workbench.known_answer.answers import COLUMNS, ELSEWHERE, SEEDS, known_answers
from workbench.known_answer.kept import FILE, read_known_answers, write_known_answers
from workbench.known_answer.levels import LEVELS
from workbench.known_answer.material import Material, shop_material
from workbench.known_answer.planting import Planting, planted
from workbench.known_answer.share import interval
from workbench.known_answer.told import kind_word, known_answers_told, level_word, silences
from workbench.known_answer.trial import Trial, trials
from workbench.known_answer.visible import KINDS, absent

__all__ = [
    "COLUMNS",
    "ELSEWHERE",
    "FILE",
    "KINDS",
    "LEVELS",
    "SEEDS",
    "Material",
    "Planting",
    "Trial",
    "absent",
    "interval",
    "kind_word",
    "known_answers",
    "known_answers_told",
    "level_word",
    "planted",
    "read_known_answers",
    "shop_material",
    "silences",
    "trials",
    "write_known_answers",
]
