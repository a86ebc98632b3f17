"""How often the divisions read from real addresses are right, unknown, or wrong.

    python benchmarks/addresses.py FOLDER            # train.txt.gz and dev.txt.gz of zh_addresses
    python benchmarks/addresses.py FOLDER --show 20  # with wrong ones

The data are address queries with a label per character (Li et al., NAACL 2019). A label is a
spelling, not a division: a level agrees when the answer is a division that the label names, also
in its short or former form, or as the district that it is (奉化市 is labelled a city). Wrong: the
answer at that level names another place, or a place is answered although no character is labelled
a division. cpca and jionlp are measured the same way where they are installed; the workbench
needs neither.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import io
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from workbench.normalise import normalise_address

LEVELS = ("prov", "city", "district")
MORE = ("town", "devzone", "redundant", "otherinfo")
Answer = tuple[list[str], list[str], list[str]]
Labelled = list[tuple[str, str]]


def main() -> None:
    """Run the benchmark as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--show", type=int, default=0)
    given = parser.parse_args()
    for name in ("train", "dev"):
        addresses = _read(given.folder / f"{name}.txt.gz")
        print(f"\n=== {name}: {len(addresses):,} addresses")
        for library, answer in _libraries():
            _measure(library, answer, addresses, given.show)


def _measure(library: str, answer: Callable, addresses: list[Labelled], show: int) -> None:
    texts = ["".join(part for part, _ in one) for one in addresses]
    answer(texts[:50])
    started = time.process_time()
    answers = answer(texts)
    seconds = time.process_time() - started
    rows = [_judged(one, given) for one, given in zip(addresses, answers, strict=True)]
    frame = pd.DataFrame(rows)
    counts = {level: frame[level].value_counts() for level in LEVELS}
    table = pd.DataFrame(counts).T.reindex(columns=["agrees", "unknown", "wrong"]).fillna(0)
    table["labelled"] = table.sum(axis=1).astype(int)
    shares = table.div(table.labelled, axis=0)[["agrees", "unknown", "wrong"]]
    print(f"\n{library}: {seconds / len(texts) * 1000:.3f} s per 1,000")
    print(pd.concat([table.astype(int), shares.add_suffix(" share").round(4)], axis=1).to_string())
    wrong = frame[frame.any_wrong]
    invented = int(frame.invented.sum())
    print(
        f"addresses with any wrong level: {len(wrong)} ({len(wrong) / len(frame):.2%}), "
        f"of them a place where no division is labelled: {invented}"
    )
    for number in wrong.index[:show]:
        labels = " ".join(f"{part}/{label}" for part, label in addresses[number])
        print("   ", labels, "→", answers[number])


def _judged(one: Labelled, answer: Answer) -> dict[str, object]:
    """What became of each level that has a label: agrees, unknown or wrong."""
    named = [name for names in answer for name in names]
    judged: dict[str, object] = {}
    for level, given in zip(LEVELS, answer, strict=True):
        label = next((part for part, tag in one if tag == level), None)
        if label is None:
            continue
        if any(_is_form(label, name) for name in named):
            judged[level] = "agrees"
        else:
            judged[level] = "wrong" if given else "unknown"
    divided = any(tag in LEVELS or tag in MORE for _, tag in one)
    judged["invented"] = bool(named) and not divided
    judged["any_wrong"] = judged["invented"] or "wrong" in judged.values()
    return judged


def _is_form(label: str, name: str) -> bool:
    """Whether a label is a division's name, in full or shortened (延边州, 杭州)."""
    stem = label.removesuffix("地区").rstrip("省市区县州旗盟") if len(label) > 2 else label
    return label == name or (len(stem) >= 2 and name.startswith(stem))


def _read(path: Path) -> list[Labelled]:
    addresses: list[Labelled] = []
    parts: Labelled = []
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in [*file, ""]:
            if not line.strip():
                if parts:
                    addresses.append(parts)
                parts = []
                continue
            one, tag = line[0], line[1:].strip()
            label = tag.split("-")[-1].lower()
            if tag.startswith("B") or not parts or parts[-1][1] != label:
                parts.append((one, label))
            else:
                parts[-1] = (parts[-1][0] + one, label)
    return addresses


def _libraries() -> list[tuple[str, Callable[[list[str]], list[Answer]]]]:
    found: list[tuple[str, Callable[[list[str]], list[Answer]]]] = [("workbench", _ours)]
    with contextlib.suppress(ImportError):
        import cpca

        def by_cpca(texts: list[str]) -> list[Answer]:
            frame = cpca.transform(texts)
            return [
                tuple([v] if isinstance(v, str) and v else [] for v in row[:3])
                for row in frame.values.tolist()
            ]

        found.append(("cpca", by_cpca))
    with contextlib.suppress(ImportError), contextlib.redirect_stdout(io.StringIO()):
        import jionlp

        def by_jionlp(texts: list[str]) -> list[Answer]:
            parsed = [jionlp.parse_location(text) for text in texts]
            levels = ("province", "city", "county")
            return [tuple([one[n]] if one[n] else [] for n in levels) for one in parsed]

        found.append(("jionlp", by_jionlp))
    return found


def _ours(texts: list[str]) -> list[Answer]:
    answers = []
    for text in texts:
        one = normalise_address(text)
        names: Answer = tuple([v] if v else [] for v in (one.province, one.city, one.district))
        if one.former:
            names[2].append(one.former.name)
        answers.append(names)
    return answers


if __name__ == "__main__":
    main()
