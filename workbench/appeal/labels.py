"""Fixed words of letter and workbook in one language."""

from __future__ import annotations

from workbench.language import Say

__all__ = [
    "letter_labels",
    "presence_labels",
    "result_label",
    "subject_label",
]


def result_label(result: str, say: Say) -> str:
    """What became of the test of an innocent explanation."""
    return {
        "passed": say("Fits"),
        "failed": say("Contradicted"),
        "not_available": say("Cannot be told"),
    }[result]


def subject_label(kind: str, subject_id: str, say: Say) -> str:
    """What a decision or an evidence file belongs to."""
    return {
        "order": say("Order {id}", id=subject_id),
        "group": say("Group {id}", id=subject_id),
        "case": say("The whole case"),
    }.get(kind, subject_id)


def presence_labels(say: Say) -> dict[str, str]:
    """Whether an order is named in the notice, and that the data lack it."""
    return {"named": say("yes"), "absent": say("not in the data")}


def letter_labels(say: Say) -> dict[str, str]:
    """Headings, column heads and standing sentences of the letter."""
    return {
        "title": say("Appeal"),
        "draft": say("DRAFT – not to be sent yet. What is missing:"),
        "request": say("1. Request"),
        "position": say("2. Position"),
        "groups": say("3. Groups of orders"),
        "orders": say("4. Orders one by one"),
        "timeline": say("5. Timeline"),
        "exhibits": say("6. Evidence index"),
        "concessions": say("7. Orders that are not defended"),
        "unknown": say("8. What is not known, and which paper would settle it"),
        "procedure": say("9. Procedure"),
        "undertaking": say("10. Undertaking"),
        "nothing": say("None."),
        "group": say("Group"),
        "order": say("Order"),
        "sees": say("What the platform may see"),
        "tests": say("Innocent explanations tested"),
        "evidence": say("Evidence"),
        "decision": say("Decision"),
        "when": say("When"),
        "what": say("What"),
        "number": say("No."),
        "file": say("File, what it shows, SHA-256"),
        "belongs": say("Belongs to"),
        "added": say("Added"),
        "reason": say("Reason"),
        "open": say("What the data cannot tell"),
        "papers": say("Paper that would settle it, and who can supply it"),
        "provision": say("Provision"),
        "says": say("What it says"),
        "source": say("In force since; source"),
        "reading": say(
            "“Fits” means that the explanation fits the shop's own data; “contradicted” means that "
            "the data speak against it. Neither proves an order genuine or fake by itself."
        ),
        "undertake": say(
            "The undersigned declares that the files listed above are true copies of what the "
            "shop holds, that their originals are kept unchanged and can be produced, and that "
            "they were obtained lawfully."
        ),
        "signature": say("Signature (person in charge):"),
        "seal": say("Seal of the shop or company:"),
        "date": say("Date:"),
    }
