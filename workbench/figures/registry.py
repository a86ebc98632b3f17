"""The figures that are told: each with the operation that counts it and the rows it counts."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pandas as pd

from workbench.errors import BadInput
from workbench.figures.how import how, rows_text
from workbench.figures.ledger import Ledger, said_id
from workbench.figures.marks import defused, mark
from workbench.figures.recompute import CannotCount, Row, counted, formatted, numbers
from workbench.language import LANGUAGES, explanation_word, words

__all__ = ["Figure", "Figures"]

# So many characters around a figure tell which one of its sentence it is.
_AROUND = 14

Where = Sequence[tuple[str, str, Any]]


@dataclass(frozen=True)
class Figure:
    """One figure.

    `value` is how it stands in the text; `operation` says how it is counted (see
    `workbench.figures.recompute.counted`); `open` (by language) is why no masked data can give
    it again, empty where they can.
    """

    id: str
    name: Mapping[str, str]
    value: str
    operation: Mapping[str, Any]
    counted_rows: tuple[Row, ...] = field(repr=False)
    open: Mapping[str, str] = field(default_factory=dict)

    @property
    def screened(self) -> bool:
        """Whether it is counted from what the screening said."""
        return str(self.operation["table"]).startswith("results/")


class Figures:
    """The figures of one set of papers, counted from the tables of a ledger.

    The same operation is the same figure, however often and in whichever language it is told.
    """

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self._figures: dict[str, Figure] = {}
        self._ids: dict[str, str] = {}

    def add(
        self,
        name: str | Mapping[str, str],
        value: Any,
        table: str,
        where: Where = (),
        aggregate: str = "count",
        column: str | Sequence[str] | None = None,
        **more: Any,
    ) -> str:
        """Register a figure and give its id ("N07").

        `name` is what it is, in both languages ({"zh", "en"}) or in one word for both. `value` is
        held against what the operation gives: BadInput says which figure is not what its rows
        give. `more` are further parts of the operation: form, plus, among, since, index.
        """
        operation: dict[str, Any] = {
            "table": table,
            "where": [list(one) for one in where],
            "aggregate": aggregate,
            **({} if column is None else {"column": column}),
            **more,
        }
        key = repr(sorted(operation.items(), key=lambda item: item[0]))
        shown = value if isinstance(value, str) else _shown(value, operation)
        known = self._figures.get(self._ids.get(key, ""))
        names: dict[str, str] = {
            one: name if isinstance(name, str) else name[one] for one in LANGUAGES
        }
        told, rows = (known.value, ()) if known else self._counted(operation, names["en"])
        if shown != told:
            raise BadInput(
                f"A figure is told as {shown}, and its rows give {told}",
                names["en"],
                "Screen the case again; if that does not help, this is an error of the workbench",
            )
        if known is None:
            known = Figure(f"N{len(self._ids) + 1:02d}", names, told, operation, rows)
            self._ids[key] = known.id
            self._figures[known.id] = known
        return known.id

    def text(self, figure_id: str) -> str:
        """The figure as it stands in a sentence, marked (see `workbench.figures.marks`)."""
        return mark(figure_id, self._figures[figure_id].value)

    def tell(self, name: str | Mapping[str, str], value: Any, table: str, **operation: Any) -> str:
        """`add` and `text` in one."""
        return self.text(self.add(name, value, table, **operation))

    def sentence(self, text: str, group_id: str = "") -> str:
        """A sentence of the screening with each of its figures marked.

        Raises BadInput for a sentence with figures that the screening did not say (of the group,
        where one is named).
        """
        plain = defused(text)
        spans = numbers(plain)
        if not spans:
            return plain
        where: list[tuple[str, str, Any]] = [("id", "=", said_id(plain))]
        if group_id:
            where.append(("group_id", "=", group_id))
        said = self.ledger.table("results/said").where(where)
        if not said:
            raise BadInput("A sentence of the letter is not one of the screening", plain)
        parts, last = [], 0
        for index, (begin, end) in enumerate(spans):
            names: dict[str, str] = {
                one: _name(said[0], plain, (begin, end), one) for one in LANGUAGES
            }
            figure = self.add(
                names, plain[begin:end], "results/said", where, "number", "text", index=index
            )
            parts += [plain[last:begin], self.text(figure)]
            last = end
        return "".join([*parts, plain[last:]])

    def all(self, ids: Collection[str] | None = None) -> list[Figure]:
        """The figures in the order of their ids; only those of `ids` where given."""
        return [one for one in self._figures.values() if ids is None or one.id in ids]

    def origins(self) -> dict[str, list[dict[str, str]]]:
        """Per figure where its rows came from: table, source_file (SHA-256), rows ("12–40, 55")."""
        rows = [row for one in self._figures.values() for row in one.counted_rows]
        known = self.ledger.origins(rows)
        return {
            one.id: known.of(one.operation["table"], one.counted_rows)
            for one in self._figures.values()
        }

    def frame(self, language: str = "en", ids: Collection[str] | None = None) -> pd.DataFrame:
        """One row per figure: id, name, value, how (it is counted), table, rows, sources.

        `rows` is text for a reader ("orders 09c8640de486: 12–40, 55"), `sources` what it is made
        of (see `origins`).
        """
        origins = self.origins()
        rows = [
            {
                "id": one.id,
                "name": one.name[language],
                "value": one.value,
                "how": how(one.operation, language),
                "table": one.operation["table"],
                "rows": rows_text(origins[one.id], language),
                "sources": origins[one.id],
            }
            for one in self.all(ids)
        ]
        columns = ["id", "name", "value", "how", "table", "rows", "sources"]
        return pd.DataFrame(rows, columns=columns)

    def _counted(self, operation: Mapping[str, Any], name: str) -> tuple[str, tuple[Row, ...]]:
        try:
            value, rows = counted(operation, self.ledger.table(operation["table"]))
        except CannotCount as error:
            raise BadInput(f"A figure cannot be counted: {error}", name) from None
        return value, tuple(rows)


def _shown(value: Any, operation: Mapping[str, Any]) -> str:
    return formatted(Decimal(str(value)), str(operation.get("form", "plain")))


def _name(said: Row, text: str, span: tuple[int, int], language: str) -> str:
    """What a figure of a sentence is: of which group, in which sentence, among which words."""
    say = words("figures", language)
    what = (
        say("what is seen")
        if said["kind"] == "sentence"
        else explanation_word(say, said["kind"]) or say("a reading of it")
    )
    begin, end = span
    told = (
        f"…{text[max(0, begin - _AROUND) : begin]}[{text[begin:end]}]{text[end : end + _AROUND]}…"
    )
    return say("{group}, {what}: {told}", group=said["group_id"], what=what, told=told)
