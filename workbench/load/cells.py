"""What a clean cell says: the SQL that gives it a type, one macro per rule.

Each macro first asks a cheap question that is false for nearly every cell, because a shop's
year is millions of cells and most of them are clean.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ibis.backends import BaseBackend

from workbench.load.clean import EDGE
from workbench.load.day_order import SHORT_DATE, named_forms, short_forms

__all__ = [
    *("ID_COLUMNS", "add_macros", "listed", "never_sql", "quoted", "time_sql", "word_key"),
    "written_sql",
]

# Columns that hold numbers which are names: an apostrophe, a `.0` or lost digits matter there.
ID_COLUMNS = frozenset(
    {
        *("order_id", "line_id", "product_id", "payment_id", "tracking_no", "phone", "buyer_id"),
        *("buyer_account", "influencer_id", "conversation_id", "entry_id", "purchase_id"),
        *("invoice_no", "staff_id", "notice_id", "counterparty_account", "postcode"),
        *("reference_id", "refund_id"),
    }
)

_SIGNS = str.maketrans("，（）：；", ",():;")
_MONEY = (
    r"^([-+]?)(?:[A-Z]{0,3}[¥￥$€£₫฿₱₹₩₽₺₪]|[A-Z]{2,3}|R[ps]\.?|元|人民币|zł|kr\.?)? ?"
    r"([-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|[-+]?\.\d+) ?"
    r"(?:元|円|원|[¥￥$€£₫฿₱₹₩₽₺₪]|[A-Z]{3}|đ|zł|kr\.?|Kč|Ft|lei)?$"
)

_MACROS = f"""
CREATE TEMP MACRO word(v) AS
    lower(replace(translate(v, '，（）：；', ',():;'), ' ', ''));
CREATE TEMP MACRO lost_digits(v) AS CASE
    WHEN contains(v, '+') OR contains(v, '.') THEN
        regexp_full_match(v, '-?\\d(\\.\\d+)?[eE]\\+?\\d+')
        OR regexp_full_match(v, '\\d{{16,}}\\.0+')
    ELSE false END;
CREATE TEMP MACRO identifier(v) AS CASE
    WHEN contains(v, '.') AND regexp_full_match(v, '\\d{{1,15}}\\.0+') THEN split_part(v, '.', 1)
    ELSE v END;
CREATE TEMP MACRO plain_number(v) AS
    translate(v, '０１２３４５６７８９．，－＋−\u00a0\u202f', '0123456789.,-+-  ');
CREATE TEMP MACRO believed(t) AS CASE WHEN t >= TIMESTAMP '1900-01-01' THEN t END;
CREATE TEMP MACRO rare_amount(v) AS TRY_CAST(
    concat(regexp_extract(plain_number(v), '{_MONEY}', 1),
           replace(regexp_extract(plain_number(v), '{_MONEY}', 2), ',', '')) AS DECIMAL(18, 4));
CREATE TEMP MACRO amount(v) AS CASE
    WHEN v IS NULL THEN NULL
    WHEN contains(v, 'e') OR contains(v, 'E') OR contains(v, '_') THEN rare_amount(v)
    ELSE coalesce(TRY_CAST(v AS DECIMAL(18, 4)), rare_amount(v)) END;
CREATE TEMP MACRO rare_count(v) AS CASE
    WHEN v IS NOT NULL AND amount(v) = trunc(amount(v)) THEN CAST(amount(v) AS BIGINT) END;
CREATE TEMP MACRO whole(v) AS CASE
    WHEN length(v) < 10 AND regexp_full_match(v, '[0-9]+') THEN TRY_CAST(v AS BIGINT)
    ELSE rare_count(v) END;
CREATE TEMP MACRO clock(v) AS regexp_replace(regexp_replace(
    replace(replace(translate(v, '年月日', '   '), '上午', ' AM '), '下午', ' PM '),
    ',? +', ' ', 'g'),
    '([0-9])([AaPp][Mm])', '\\1 \\2');
CREATE TEMP MACRO short_date(v) AS translate(clock(v), '.-', '//');
CREATE TEMP MACRO named_date(v) AS regexp_replace(regexp_replace(regexp_replace(clock(v),
    '(?i)^(mon|tues?|wed(nes)?|thur?s?|fri|sat(ur)?|sun)(day)?[, ]+', ''),
    '(?i)\\b(jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)'
    || '(uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)\\b', '\\1'),
    '([0-9A-Za-z])[-/.,]+ ?', '\\1 ', 'g');
CREATE TEMP MACRO figure(v) AS CASE
    WHEN isfinite(TRY_CAST(v AS DOUBLE)) AND NOT contains(v, '_') THEN TRY_CAST(v AS DOUBLE) END;
"""


def add_macros(connection: BaseBackend) -> None:
    """Teach a DuckDB connection to read cells.

    `word(v)` is what two words are compared by; `identifier` and `lost_digits` belong to ids;
    `amount` reads money (a currency sign, 元 or thousands commas included; more than four places
    are rounded half away from zero), `whole` a count, `figure` any number. What cannot be read is
    NULL. `short_date` and `named_date` make ways of writing a date alike, `believed` is a time but
    for years that are two digits misread.
    """
    for macro in _MACROS.split(";\n"):
        if macro.strip():
            connection.raw_sql(macro)


def word_key(word: str) -> str:
    """The Python twin of the macro `word`, for the words of a format."""
    return word.translate(_SIGNS).replace(" ", "").strip(EDGE).lower()


def quoted(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def listed(texts: Iterable[str]) -> str:
    """Texts as a list of SQL literals."""
    return ", ".join(quoted(text) for text in texts)


def time_sql(
    cell: str, formats: Sequence[str], zone: str, shop_zone: str, otherwise: str = ""
) -> str:
    """SQL of a cell's moment as the shop's local time.

    A time without an offset is local time of `zone` ("" = the shop's own); one with an offset is
    converted. `otherwise` is SQL of a local time that fits none of the formats. A year before 1900
    is one of two digits, or how some systems say "never", and is NULL, as is what fits no format.
    """
    local = f"believed({_strptime(cell, [form for form in formats if '%z' not in form])})"
    if otherwise:
        local = f"coalesce({local}, {otherwise})"
    if zone and zone != shop_zone:
        local = f"timezone({quoted(shop_zone)}, timezone({quoted(zone)}, {local}))"
    with_offset = [form for form in formats if "%z" in form]
    if not with_offset:
        return local
    utc = f"regexp_replace({cell}, '[zZ]$', '+00:00')"
    converted = f"timezone({quoted(shop_zone)}, {_strptime(utc, with_offset)})"
    has_offset = (
        f"length({cell}) > 16 AND (suffix({cell}, 'Z') OR suffix({cell}, 'z') "
        f"OR substr({cell}, -6, 1) IN ('+', '-') OR substr({cell}, -5, 1) IN ('+', '-') "
        f"OR substr({cell}, -3, 1) IN ('+', '-'))"
    )
    return f"CASE WHEN {has_offset} THEN {converted} ELSE {local} END"


def written_sql(cell: str, reading: str) -> str:
    """SQL of the local time of a cell that names its month, or has numbers in the order `reading`.

    `reading` is one of READINGS, or "" when no cell of the column needs one.
    """
    named = f"believed({_strptime(f'named_date({cell})', named_forms())})"
    if not reading:
        return named
    short = f"believed({_strptime(f'short_date({cell})', short_forms(reading))})"
    return f"CASE WHEN regexp_matches({cell}, {quoted(SHORT_DATE)}) THEN {short} ELSE {named} END"


def never_sql(cell: str) -> str:
    """SQL that is true where a cell says "never": 0001-01-01, or all zeros."""
    return f"(prefix({cell}, '0001-01-01') OR prefix({cell}, '0000-00-00'))"


def _strptime(cell: str, formats: Iterable[str]) -> str:
    patterns = listed(formats)
    return f"TRY_STRPTIME({cell}, [{patterns}])" if patterns else "NULL::TIMESTAMP"
