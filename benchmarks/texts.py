"""How often ordinary texts look like arranged ones: the lexicon and the copies, on real reviews.

    python benchmarks/texts.py REVIEWS.csv[.gz] --column review

Every text is read as if it were a review, a buyer's line in a chat, and a seller's line; for
copies, how many texts of a length three or more people wrote in the same words.
"""

from __future__ import annotations

import argparse
import itertools
import time
from collections import Counter

import pandas as pd

from workbench.detect.constants import TALK_WEIGHT
from workbench.detect.phrases import normal_text, said_in
from workbench.detect.talk import weight_of

LENGTHS = (1, 5, 10, 15, 20, 30, 50, 100, 10_000)


def main() -> None:
    """Print the rates."""
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("file")
    parser.add_argument("--column", default="review")
    parser.add_argument("--encoding", default="utf-8")
    given = parser.parse_args()
    texts = pd.read_csv(given.file, encoding=given.encoding)[given.column].dropna().astype(str)
    started = time.process_time()
    plain = [normal_text(text) for text in texts]
    print(f"{len(plain)} texts, normal form {1e6 * _since(started) / len(plain):.1f} µs each")
    for speaker, where in (("buyer", "review"), ("buyer", "chat"), ("seller", "chat")):
        started = time.process_time()
        _lexicon(plain, speaker, where)
        print(f"  {1e6 * _since(started) / len(plain):.1f} µs each")
    _copies(plain)


def _lexicon(plain: list[str], speaker: str, where: str) -> None:
    hits: Counter[str] = Counter()
    over, examples = 0, dict[str, str]()
    for text in plain:
        affirmed = [one for one in said_in(text, speaker, where).affirmed if one.kind != "G"]
        over += weight_of(affirmed) >= TALK_WEIGHT
        for entry in affirmed:
            hits[entry.name] += 1
            examples.setdefault(entry.name, text[:60])
    share = over / len(plain)
    print(
        f"as {speaker}, {where}: {over} of {len(plain)} ({share:.5f}) weigh {TALK_WEIGHT:g} or more"
    )
    for name, count in hits.most_common():
        print(f"    {name} {count}: {examples[name]}")


def _copies(plain: list[str]) -> None:
    counts = Counter(plain)
    for low, high in itertools.pairwise(LENGTHS):
        own = [n for text, n in counts.items() if low <= len(text) < high]
        copied = sum(n for n in own if n >= 3)
        print(f"{low}-{high - 1} characters: {sum(own)} texts, {copied} said by three or more")


def _since(started: float) -> float:
    return time.process_time() - started


if __name__ == "__main__":
    main()
