from workbench.procedure import (
    conduct_law,
    ladder,
    not_advice,
    procedural_checks,
    procedure_lines,
    record_clocks,
)

from .invented import make_tables, notice


def lines(case, language, told=None):
    tables = make_tables()
    return procedure_lines(
        procedural_checks(told, case, tables),
        ladder(told, case),
        record_clocks(case, tables, told.order_ids if told else ()),
        conduct_law(told, tables),
        language,
    )


def test_everything_is_told_and_it_ends_with_what_it_is_not(case):
    for language in ("zh", "en"):
        text = lines(case, language, notice())
        assert text[-2:] == [not_advice("zh"), not_advice("en")]
        for code in range(1, 24):
            assert sum(line.startswith(f"F{code:02} ") for line in text) == 1
    assert text[0] == ("Procedural checks: 0 failed, 15 need an answer, 2 passed, 6 do not apply.")


def test_what_is_to_be_answered_says_what_to_do(case):
    text = lines(case, "en", notice())
    at = next(n for n, line in enumerate(text) if line.startswith("F05 "))
    assert text[at] == (
        "F05 [needs an answer] Were comments asked for in public before the rule was changed?"
    )
    assert text[at + 2].startswith("    To do: Look for the announcement")
    assert text[at + 3] == ("    Rests on: E-Commerce Law of the PRC, article 34, article 81 (V)")


def test_without_a_notice_it_says_so(case):
    text = lines(case, "en")
    assert "  None of the listed orders is in the loaded data." in text
