import json

from workbench.tables.loads import LOADS_FILE, Book, Load, loads, read_book


def test_a_book_comes_back_as_it_was(tmp_path):
    first = Load("orders", "a", "B", ("C", "D"), "line", "r", ())
    second = Load("orders", "c", corrects=("a",))
    book = Book((first, second), "A", ("C", "D"), {"orders": "orders-1.parquet"})
    (tmp_path / LOADS_FILE).write_text(book.to_json(), "utf-8")
    assert read_book(tmp_path) == book
    assert loads(tmp_path) == {"orders": ["a", "c"]}


def test_the_list_that_existing_cases_have_is_read(tmp_path):
    (tmp_path / LOADS_FILE).write_text(json.dumps({"orders": ["a", "b"], "stock": ["s"]}))
    assert read_book(tmp_path).loads == (
        Load("orders", "a"),
        Load("orders", "b"),
        Load("stock", "s"),
    )
    assert loads(tmp_path) == {"orders": ["a", "b"], "stock": ["s"]}


def test_a_file_that_is_loaded_anew_is_the_newest_and_leaves_its_old_table():
    book = Book().with_load(Load("orders", "a")).with_load(Load("orders", "b"))
    assert [x.sha256 for x in book.with_load(Load("orders", "a")).loads] == ["b", "a"]
    moved = book.with_load(Load("refunds", "a"))
    assert [(x.table, x.sha256) for x in moved.loads] == [("orders", "b"), ("refunds", "a")]


def test_corrections_belong_to_several_tables_and_leave_with_their_original():
    book = Book().with_load(Load("orders", "a")).with_load(Load("stock", "s"))
    book = book.with_load(Load("orders", "c", corrects=("a",)))
    book = book.with_load(Load("stock", "c", corrects=("s",)))
    assert [(x.table, x.sha256) for x in book.loads[2:]] == [("orders", "c"), ("stock", "c")]
    left = book.with_load(Load("refunds", "a"))
    assert [(x.table, x.sha256) for x in left.loads] == [
        ("stock", "s"),
        ("stock", "c"),
        ("refunds", "a"),
    ]
