"""Lists that no platform wrote: taken by the usual names of their columns, or not taken at all."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.load.made import load, loaded, quarantined
from workbench.errors import BadInput
from workbench.load.names import known_names
from workbench.tables import TABLES


def put(path, *lines):
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def one(tmp_path, *lines):
    """The report and the first row of a file, without its source."""
    [report] = load(tmp_path / "case", put(tmp_path / "a.csv", *lines))
    row = loaded(tmp_path / "case", report)[0]
    return report, {k: v for k, v in row.items() if v is not None and not k.startswith("source_")}


def refused(tmp_path, *lines):
    with pytest.raises(BadInput) as error:
        load(tmp_path / "case", put(tmp_path / "a.csv", *lines))
    return str(error.value)


def test_an_order_sheet_of_an_erp(tmp_path):
    report, row = one(
        tmp_path,
        "内部单号,线上订单号,店铺,下单时间,已付金额,状态,运单号,商品编码,品名,数量,单价,收件人,"
        "手机",
        "77,24072869911652,甲店,2026-01-02 10:00:00,59.80,待发货,SF1234567890123,A1,杯,2,29.90,"
        "陈一,13800138000",
    )
    assert report.table == "orders"
    assert report.format == "names_orders"
    assert row == {
        "order_id": "24072869911652",
        "shop": "甲店",
        "created_at": datetime(2026, 1, 2, 10),
        "paid_amount": Decimal("59.8"),
        "currency": "CNY",
        "status": "paid",
        "tracking_no": "SF1234567890123",
        "seller_sku": "A1",
        "product_title": "杯",
        "quantity": 2,
        "unit_price": Decimal("29.9"),
        "buyer_name": "陈一",
        "phone": "13800138000",
    }
    assert report.columns_unused == ["内部单号"]
    assert "线上订单号 → order_id" in report.reasons["zh"]
    assert "by the usual names of its columns" in report.reason


def test_scans_of_a_courier(tmp_path):
    report, row = one(
        tmp_path,
        "运单号,扫描时间,扫描网点,扫描类型,物流信息",
        "SF1234567890123,2026/1/2 10:05,杭州转运中心,到件,快件已到达杭州",
    )
    assert report.table == "shipment_events"
    assert row == {
        "tracking_no": "SF1234567890123",
        "occurred_at": datetime(2026, 1, 2, 10, 5),
        "status": "到件",
        "place": "杭州转运中心",
        "text": "快件已到达杭州",
    }


def test_reviews_with_order_numbers_are_no_orders(tmp_path):
    report, row = one(
        tmp_path,
        "订单编号,评价内容,评价时间,评分",
        "24072869911652,杯子很好,2026-01-05 08:00:00,5",
    )
    assert report.table == "reviews"
    assert (row["text"], row["rating"]) == ("杯子很好", 5)


def test_a_grade_in_words_is_no_number_of_stars(tmp_path):
    report, row = one(
        tmp_path,
        "订单编号,评价内容,评价时间,评价等级",
        "1,杯子很好,2026-01-05 08:00:00,好评",
        "2,漏水,2026-01-06 08:00:00,差评",
    )
    assert "rating" not in row
    assert report.columns_unused == ["评价等级"]
    assert "好评" in report.notes["zh"][0]
    assert "no number of stars" in report.notes["en"][0]


def test_chats_of_a_tool(tmp_path):
    report, row = one(
        tmp_path,
        "客户名,消息序号,发送时间,发送内容,发送账号,账号类型",
        "晚风,1,2026-01-02 10:00:00,在吗,晚风,客户",
        "晚风,2,2026-01-02 10:01:00,在的,甲店:小红,客服",
    )
    assert report.table == "messages"
    assert row["buyer_id"] == "晚风"
    assert [r["speaker"] for r in loaded(tmp_path / "case", report)] == ["buyer", "seller"]


def test_a_word_beyond_the_first_rows_is_still_known_or_quarantined(tmp_path):
    lines = [f"晚风,2026-01-02 10:00:00,第{n}句,客户" for n in range(250)]
    lines += ["晚风,2026-01-02 10:00:00,好,卖家", "晚风,2026-01-02 10:00:00,好,外星人"]
    report, _ = one(tmp_path, "客户名,发送时间,发送内容,账号类型", *lines)
    assert loaded(tmp_path / "case", report)[250]["speaker"] == "seller"
    assert quarantined(tmp_path / "case", report) == [(253, "账号类型", "外星人", "unknown_word")]


def test_a_statement_with_two_sides(tmp_path):
    report, row = one(
        tmp_path,
        "交易日期,对方户名,收入金额,支出金额,余额,摘要",
        "2026年1月2日,甲公司,100.00,0.00,600.00,货款",
        "2026年1月3日,乙公司,,30.50,569.50,房租",
        "2026年1月4日,丙公司,-5.00,,564.50,冲正",
        "2026年1月5日,丁公司,0.00,0.00,564.50,查询",
    )
    assert report.table == "payments"
    assert row["posted_at"] == datetime(2026, 1, 2)
    amounts = [(r["direction"], r["amount"]) for r in loaded(tmp_path / "case", report)]
    assert amounts == [("in", 100), ("out", Decimal("30.5"))]
    # What came in with a minus sign is a reversal, and nothing moved on the last day.
    assert {row for row, *_ in quarantined(tmp_path / "case", report)} == {4, 5}
    assert report.rows_read == report.rows_loaded + report.rows_quarantined == 4


def test_a_statement_with_a_direction(tmp_path):
    report, row = one(
        tmp_path,
        "交易时间,金额,收/支,对方户名,交易流水号",
        "2026-01-02 10:00:00,-30.00,支出,甲,7700000000000001",
        "2026-01-02 11:00:00,12.00,收入,乙,7700000000000002",
        "2026-01-02 12:00:00,-12.00,收入,乙,7700000000000003",
    )
    assert row["entry_id"] == "7700000000000001"
    amounts = [(r["direction"], r["amount"]) for r in loaded(tmp_path / "case", report)]
    assert amounts == [("out", 30), ("in", 12)]
    assert [row for row, *_ in quarantined(tmp_path / "case", report)] == [4]


def test_signs_alone_are_not_taken_for_directions(tmp_path):
    told = refused(
        tmp_path,
        "date,description,amount,balance",
        "2026-01-02,rent,-30.00,70.00",
        "2026-01-03,sale,12.00,82.00",
    )
    assert "payments (5 headers speak for it) lacks direction" in told
    assert "workbench map FILE" in told


@pytest.mark.parametrize(
    ("table", "lines", "expected"),
    [
        (
            "purchases",
            ("进货单号,供应商,商品编码,数量,进价,进货日期", "P1,石磨,A1,5,3.2,2026/1/2"),
            {"purchase_id": "P1", "supplier": "石磨", "product_id": "A1", "quantity": 5}
            | {"unit_cost": Decimal("3.2"), "purchased_at": datetime(2026, 1, 2)},
        ),
        (
            "stock",
            ("商品编码,仓库,账面数量,实盘数量,盘点日期", "A1,主仓,5,4,2026-01-02"),
            {"product_id": "A1", "place": "主仓", "quantity": 4}
            | {"counted_at": datetime(2026, 1, 2)},
        ),
        (
            "staff",
            ("工号,姓名,部门,手机号,入职日期", "07,张三,客服,13800138000,2024-01-02"),
            {"staff_id": "07", "name": "张三", "phone": "13800138000"},
        ),
        (
            "campaigns",
            (
                "活动名称,活动类型,开始时间,结束时间",
                "多人拼,拼团,2026-01-02 00:00,2026-01-05 23:59",
            ),
            {"name": "多人拼", "kind": "group_buy", "starts_at": datetime(2026, 1, 2)}
            | {"ends_at": datetime(2026, 1, 5, 23, 59)},
        ),
        (
            "notices",
            (
                "违规编号,违规类型,处罚措施,涉及订单,申诉截止时间",
                "W1,虚假交易,删除销量,24072869911652,2026-01-09 23:59:59",
            ),
            {"notice_id": "W1", "violation": "虚假交易", "measure": "删除销量"}
            | {
                "order_id": "24072869911652",
                "appeal_deadline": datetime(2026, 1, 9, 23, 59, 59),
            },
        ),
        (
            "traffic",
            ("统计日期,商品ID,访客数,浏览量", "2026-01-02,1,10,20"),
            {"date": date(2026, 1, 2), "product_id": "1", "visitors": 10, "page_views": 20},
        ),
        (
            "order_lines",
            ("订单号,明细编号,品名,数量,单价", "24072869911652,1,杯,2,5.00"),
            {"order_id": "24072869911652", "line_id": "1", "product_title": "杯"}
            | {"quantity": 2, "unit_price": Decimal(5)},
        ),
        (
            "refunds",
            ("退货单号,订单号,售后申请时间,退款状态", "R1,240,2026-01-02 08:00:00,拒绝退款"),
            {"refund_id": "R1", "order_id": "240", "requested_at": datetime(2026, 1, 2, 8)}
            | {"aftersale_status": "拒绝退款", "state": "refused"},
        ),
        (
            "reviews",
            ("Order ID,Review Date,Review Text,Stars", "1,2026-01-02,It leaks,2"),
            {"order_id": "1", "posted_at": datetime(2026, 1, 2), "text": "It leaks", "rating": 2.0},
        ),
        (
            "orders",
            ("Order No.,Order Date,Status,Total,Qty", "1001,2026-01-02,Delivered,$5.00,1"),
            {"order_id": "1001", "created_at": datetime(2026, 1, 2), "status": "completed"}
            | {"paid_amount": Decimal(5), "quantity": 1, "currency": "CNY"},
        ),
    ],
)
def test_other_lists(tmp_path, table, lines, expected):
    report, row = one(tmp_path, *lines)
    assert report.table == table
    assert {k: v for k, v in row.items() if k != "currency" or k in expected} == expected


def test_kilograms_are_told_and_become_grams(tmp_path):
    report, row = one(
        tmp_path,
        "运单号,称重重量(kg),面单重量(克),目的城市",
        "SF1234567890123,1.255,1200,杭州",
    )
    assert report.table == "shipments"
    assert (row["weighed_weight_g"], row["declared_weight_g"]) == (1255, 1200)
    assert report.notes["zh"] == ["“称重重量(kg)”以千克计：换算为整克载入。"]


@pytest.mark.parametrize(
    ("header", "said"), [("称重重量", "没有单位"), ("重量(kg)", "weighed_weight_g")]
)
def test_a_weight_that_does_not_say_enough_is_left_unread(tmp_path, header, said):
    report, row = one(tmp_path, f"运单号,{header},目的城市", "SF1234567890123,1.255,杭州")
    assert "weighed_weight_g" not in row
    assert report.columns_unused == [header]
    assert said in report.notes["zh"][0]


def test_a_sheet_without_a_status_is_not_taken_for_a_list_of_parcels(tmp_path):
    told = refused(
        tmp_path,
        "订单号,下单时间,已付金额,快递单号,快递公司,发货时间",
        "1,2026-01-02 10:00,5,SF1234567890123,顺丰,2026-01-03 10:00",
    )
    assert "orders (6 headers speak for it) lacks status" in told
    assert "notebook 1" in told


def test_words_that_nobody_explained_are_told(tmp_path):
    told = refused(
        tmp_path,
        "订单号,下单时间,已付金额,状态",
        "1,2026-01-02 10:00,5,飞走了",
        "2,2026-01-02,5,已发货",
    )
    assert "the meaning of 1 words under 状态: 飞走了" in told


def test_cells_that_are_of_another_type_are_told(tmp_path):
    told = refused(
        tmp_path, "订单号,下单时间,已付金额,状态", "1,soon,5,已发货", "2,2026-01-02,5,已发货"
    )
    assert "created_at (下单时间: 1 of 2 cells are of type time)" in told


def test_what_belongs_to_another_table_is_told(tmp_path):
    told = refused(
        tmp_path,
        "订单号,下单时间,状态,付款金额,供应商",
        "1,2026-01-02 10:00,已发货,5,石磨百货",
    )
    assert "供应商 belongs to another kind of table" in told


def test_two_near_tables_are_left_to_a_person(tmp_path):
    told = refused(tmp_path, "姓名,电话,地址,员工", "张三,13800138000,杭州,是")
    assert "orders" in told or "staff" in told


def test_a_list_of_names_alone_is_nothing(tmp_path):
    told = refused(tmp_path, "备注,颜色", "a,b")
    assert "no known format" in told


def test_a_sheet_of_a_workbook(tmp_path):
    import openpyxl

    book = openpyxl.Workbook()
    book.active.title = "说明"
    book.active.append(["本表由仓库填写"])
    sheet = book.create_sheet("盘点")
    for row in (["盘点日期", "货号", "盘点数量"], ["2026-01-02", "A1", 7]):
        sheet.append(row)
    book.save(tmp_path / "a.xlsx")
    [report] = load(tmp_path / "case", tmp_path / "a.xlsx")
    assert (report.table, report.rows_loaded) == ("stock", 1)
    assert "说明" in report.reasons["zh"]


@pytest.mark.parametrize("table", TABLES)
def test_canonical_and_chinese_titles_are_names(tmp_path, table):
    """A header row in the workbench's own Chinese words is read as the table it describes."""
    cells = {"time": "2026-01-02 10:00:00", "date": "2026-01-02", "text": "x"}
    words = {
        "status": "已发货",
        "speaker": "客户",
        "direction": "收入",
        "state": "退款成功",
        "kind": "秒杀",
    }
    headers = [column.zh for column in TABLES[table].columns]
    row = [words.get(c.name) or cells.get(c.type, "1") for c in TABLES[table].columns]
    report, _ = one(tmp_path, ",".join(headers), ",".join(row))
    assert report.table == table
    assert report.columns_unused == []


def test_lines_above_the_headers_and_another_encoding(tmp_path):
    text = (
        "对账单,,,,\n户名：甲店,,,,\n交易日期,借方发生额,贷方发生额,余额,对方户名\n"
        "2026-01-02,30.00,,100.00,乙\n2026-01-03,,12.00,112.00,丙\n"
    )
    (tmp_path / "a.csv").write_bytes(text.encode("gb18030"))
    [report] = load(tmp_path / "case", tmp_path / "a.csv")
    assert (report.table, report.header_row, report.encoding) == ("payments", 3, "gb18030")
    amounts = [(r["direction"], r["amount"]) for r in loaded(tmp_path / "case", report)]
    assert amounts == [("out", 30), ("in", 12)]


def test_records_of_json_lines(tmp_path):
    lines = [
        '{"客户名": "晚", "发送时间": "2026-01-02 10:00", "发送内容": "在吗", "账号类型": "客户"}',
        '{"客户名": "晚", "发送时间": "2026-01-02 10:01", "发送内容": "在", "账号类型": "客服"}',
    ]
    [report] = load(tmp_path / "case", put(tmp_path / "a.jsonl", *lines))
    assert report.table == "messages"
    assert [r["speaker"] for r in loaded(tmp_path / "case", report)] == ["buyer", "seller"]


def test_short_dates_are_decided_for_the_column_and_told(tmp_path):
    report, row = one(
        tmp_path,
        "Order ID,Order Date,Status,Total",
        "1,01/13/2026,Shipped,5.00",
        "2,01/02/2026,Delivered,5.00",
    )
    assert row["created_at"] == datetime(2026, 1, 13)
    assert loaded(tmp_path / "case", report)[1]["created_at"] == datetime(2026, 1, 2)
    assert "month first" in report.notes["en"][0]
    told = refused(tmp_path, "Order ID,Order Date,Status,Total", "1,01/11/2026,Shipped,5.00")
    assert "--dates" in told


CELLS = st.one_of(
    st.sampled_from(["", "-", "5", "-3.5", "2026-01-02", "2026/1/2 10:00", "已发货", "客户", "贷"]),
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=6),
)
NAMES = st.one_of(
    st.sampled_from(sorted(known_names())),
    st.sampled_from(["称重(kg)", "重量 g", "订单编号*", "状态", "="]),
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=4),
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(headers=st.lists(NAMES, min_size=1, max_size=9), data=st.data())
def test_any_mixture_of_names_is_loaded_whole_or_refused(tmp_path_factory, headers, data):
    row = st.lists(CELLS, min_size=len(headers), max_size=len(headers))
    rows = data.draw(st.lists(row, max_size=4))
    folder = tmp_path_factory.mktemp("mixture")
    lines = ["\t".join(cells) for cells in (headers, *rows)]
    (folder / "a.txt").write_text("\n".join(lines) + "\n", "utf-8")
    try:
        [report] = load(folder / "case", folder / "a.txt")
    except BadInput:
        return
    assert report.rows_read == report.rows_loaded + report.rows_quarantined
    assert report.rows_loaded == len(loaded(folder / "case", report))
