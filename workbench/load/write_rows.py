"""Write the rows of one file as Parquet: those that can be used, and the problems of the others."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from tqdm.auto import tqdm

from workbench.load.account import Account
from workbench.load.clean import EDGE
from workbench.load.conditions import holds_of
from workbench.load.convert import PROBLEMS, Converter, stored_schema
from workbench.load.duplicates import repeated_rows, without_rows
from workbench.load.fill import whole_orders
from workbench.load.headers import header_key, is_blank
from workbench.load.joins import JoinedRows
from workbench.load.parquet_files import PARQUET
from workbench.load.per_order import amounts_once
from workbench.load.plan import Plan
from workbench.load.recognised import Recognised
from workbench.load.text_rows import Misshapen, Rows

__all__ = ["write_rows"]


def write_rows(
    found: Recognised,
    plan: Plan,
    sha256: str,
    rows_file: Path,
    problems_file: Path,
    *,
    progress: bool = False,
) -> Account:
    """Convert the rows of a file and write those that can be used and the problems of the others.

    Gives the account of every row; raises BadInput when the file cannot be read to its end.
    """
    account = Account()
    rows = found.rows()
    converter = Converter(found.form, plan, sha256)
    bar = tqdm(desc=found.file, unit=" rows", disable=not progress, leave=False)
    with (
        bar,
        pq.ParquetWriter(rows_file, stored_schema(plan), **PARQUET) as kept,
        pq.ParquetWriter(problems_file, PROBLEMS) as refused,
    ):
        for cells in whole_orders(rows.tables(), found.form, plan):
            done = converter.convert(cells)
            kept.write_table(done.rows)
            refused.write_table(done.problems)
            account.read += done.rows.num_rows + done.quarantined
            account.loaded += done.rows.num_rows
            account.quarantined += done.quarantined
            account.blank += done.blank
            skips = len(found.form.skip)
            account.skipped.update(dict(enumerate(done.apart[:skips])))
            account.described += sum(done.apart[skips:])
            account.reasons.update(done.problems.column("reason").to_pylist())
            refused.write_table(_misshapen(rows, found, account))
            bar.update(cells.num_rows)
        refused.write_table(_misshapen(rows, found, account))
        kept.close()
        refused.write_table(_repeated(found, plan, rows_file, account))
    converter.close()
    _described(account)
    _once_per_order(found, plan, rows_file, account)
    account.unknown = converter.unknown.told()
    account.unused = rows.unused if isinstance(rows, JoinedRows) else []
    account.check(found.file)
    return account


def _repeated(found: Recognised, plan: Plan, rows_file: Path, account: Account) -> pa.Table:
    """Take out the rows that repeat another of a file with one row per order, as problems."""
    if found.form.grain != "order" or "order_id" not in plan.columns:
        return PROBLEMS.empty_table()
    repeats = repeated_rows(rows_file, found.rows(), len(plan.headers))
    count = repeats.problems.num_rows
    if count:
        target = rows_file.with_name("unlike")
        without_rows(rows_file, target, repeats.problems["source_row"])
        target.replace(rows_file)
        account.reasons["duplicate"] += count
    account.loaded -= count
    account.quarantined += count
    account.repeated = repeats.orders
    return repeats.problems


def _once_per_order(found: Recognised, plan: Plan, rows_file: Path, account: Account) -> None:
    """Leave the amounts of whole orders on one row of each, and tell where rows differ."""
    columns = [column for column in found.form.per_order if column in plan.columns]
    if not columns or "order_id" not in plan.columns:
        return
    target = rows_file.with_name("once")
    differ = amounts_once(rows_file, target, columns)
    target.replace(rows_file)
    for say, told in account.told():
        for column, (orders, order) in differ.items():
            told.append(
                say(
                    "{column} differs between the rows of one order in {orders} orders, first in "
                    "{order}: the first row's amount stands",
                    column=column,
                    orders=orders,
                    order=order,
                )
            )


def _described(account: Account) -> None:
    """Count the rows that only describe the columns as blank, and say so."""
    account.blank += account.described
    for say, told in account.told() if account.described else ():
        told.append(
            say("The row under the header only describes the columns: it counts as a blank row")
        )


def _misshapen(rows: Rows, found: Recognised, account: Account) -> pa.Table:
    """The records with a wrong number of cells met so far, as problems.

    One that is what the format leaves out, such as a line of totals, is left out.
    """
    records: list[Misshapen] = []
    delimiter = found.header.delimiter
    # There may be millions of such records: what all of them need is looked up once.
    keys = [header_key(header) for header in found.headers] if rows.misshapen else []
    for record in rows.misshapen:
        if (number := _left_out(record, found, keys)) is not None:
            account.skipped[number] += 1
        elif is_blank([record.text.replace(delimiter, "") if delimiter else record.text]):
            account.blank += 1
        else:
            records.append(record)
    rows.misshapen.clear()
    account.read += len(records)
    account.quarantined += len(records)
    account.reasons.update(record.reason for record in records)
    return pa.table(
        {
            "source_row": pa.array([r.row for r in records], pa.int64()),
            "column": pa.array([""] * len(records), pa.string()),
            "value": pa.array([str(r.cells) for r in records], pa.string()),
            "reason": pa.array([r.reason for r in records], pa.string()),
            "raw": pa.array([r.text for r in records], pa.string()),
        }
    )


def _left_out(record: Misshapen, found: Recognised, keys: list[str]) -> int | None:
    """Number of the skip that a record falls under by its first cell or that under its header."""
    if record.reason != "misshapen" or not found.form.skip:
        return None
    cells = [cell.strip(EDGE + '"') for cell in record.text.split(found.header.delimiter or ",")]
    for number, skip in enumerate(found.form.skip):
        key = header_key(skip.condition.header)
        place = keys.index(key) if key in keys else 0
        if any(holds_of(skip.condition, cell) for cell in (cells[0], *cells[place : place + 1])):
            return number
    return None
