import ibis
import pandas as pd

from workbench.engine import compiled_once, connect


def test_a_recurring_expression_is_compiled_once_and_sees_the_new_rows():
    engine = connect()
    plain, compiled = engine.compile, []

    def counted(expr, /, **how):
        compiled.append(expr)
        return plain(expr, **how)

    engine.compile = counted
    sums = []
    with compiled_once(engine):
        for value in (1, 2, 3):
            engine.raw_sql('DROP TABLE IF EXISTS "rows"')
            rows = ibis.memtable(pd.DataFrame({"n": [value, 10]}))
            table = engine.create_table("rows", rows, temp=True)
            sums.append(table.n.sum().to_pandas())
            sums.append(table.filter(table.n > value).count().to_pandas())
    assert sums == [11, 1, 12, 1, 13, 1]
    # The sum once, the count for each of three values.
    assert len(compiled) == 4
    assert table.n.max().to_pandas() == 10
    engine.disconnect()
