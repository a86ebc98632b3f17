"""Fixed words of letter and workbook in one language."""

from __future__ import annotations

from workbench.language import Say

__all__ = [
    "copy_label",
    "letter_labels",
    "presence_labels",
    "result_label",
    "signing_labels",
    "subject_label",
    "yes_label",
]


def result_label(result: str, say: Say) -> str:
    """What became of the test of an innocent explanation."""
    return {
        "passed": say("Fits"),
        "failed": say("Contradicted"),
        "not_available": say("Cannot be told"),
    }[result]


def copy_label(copy: str, say: Say) -> str:
    """Whether a file is an original; "" where nobody said."""
    return {"original": say("original"), "copy": say("copy")}.get(copy, "")


def yes_label(say: Say) -> str:
    """The word for what holds."""
    return say("yes")


def subject_label(kind: str, subject_id: str, say: Say) -> str:
    """What a decision or an evidence file belongs to."""
    return {
        "order": say("Order {id}", id=subject_id),
        "group": say("Group {id}", id=subject_id),
        "case": say("The whole case"),
    }.get(kind, subject_id)


def presence_labels(say: Say) -> dict[str, str]:
    """Whether an order is named in the notice, and that the data lack it."""
    return {"named": yes_label(say), "absent": say("not in the data")}


def letter_labels(say: Say) -> dict[str, str]:
    """Headings, column heads and standing sentences of the letter."""
    return {**_headings(say), **_columns(say), **signing_labels(say)} | {
        "nothing": say("None."),
        "reading": say(
            "“Fits” means that the explanation fits the shop's own data; “contradicted” means that "
            "the data speak against it. Neither proves an order genuine or fake by itself."
        ),
        "figures_read": say(
            "Each figure in this letter that is a link leads here: what it is, how it was counted, "
            "and from which rows of which file. Rows are counted as a spreadsheet counts them."
        ),
        "undertake": say(
            "The undersigned declares that the files listed above are true copies of what the "
            "shop holds, that their originals are kept unchanged and can be produced, and that "
            "they were obtained lawfully."
        ),
    }


def signing_labels(say: Say) -> dict[str, str]:
    """What a letter and a form need to be signed, or to be told from a finished one."""
    return {
        "draft": say("DRAFT – not to be sent yet. What is missing:"),
        "signature": say("Signature (person in charge):"),
        "seal": say("Seal of the shop or company:"),
        "date": say("Date:"),
        "provision": say("Provision"),
        "says": say("What it says"),
        "source": say("In force since; source"),
    }


def _headings(say: Say) -> dict[str, str]:
    return {
        "title": say("Appeal"),
        "contents": say("Contents"),
        "request": say("1. Request"),
        "position": say("2. Position"),
        "groups": say("3. Groups of orders"),
        "orders": say("4. Orders one by one"),
        "timeline": say("5. Timeline"),
        "exhibits": say("6. Evidence index"),
        "concessions": say("7. Orders that are not defended, and corrective steps"),
        "corrective": say("Corrective and preventive steps"),
        "unknown": say("8. What is not known, and which paper would settle it"),
        "procedure": say("9. Procedure"),
        "ladder": say("Where the matter can go from here"),
        "undertaking": say("10. Undertaking"),
        "figures": say("Appendix A. Figures: how each was counted"),
        "sources": say("Appendix B. Source files"),
    }


def _columns(say: Say) -> dict[str, str]:
    return {
        "group": say("Group"),
        "order": say("Order"),
        "sees": say("What the platform may see"),
        "contradicted": say("Innocent explanations that the data contradict"),
        "fits": say("Innocent explanations that fit the data"),
        "against": say("Speaks against"),
        "speaks_for": say("Speaks for"),
        "open": say("What the data cannot tell"),
        "evidence": say("Evidence"),
        "decision": say("Decision"),
        "when": say("When"),
        "what": say("What"),
        "where": say("Source, row"),
        "who": say("Who"),
        "number": say("No."),
        "shows": say("File, what it shows, SHA-256"),
        "origin": say("Where it comes from"),
        "belongs": say("Belongs to"),
        "added": say("Added"),
        "reason": say("Reason"),
        "papers": say("Paper that would settle it, and who can supply it"),
        "code": say("Code"),
        "flaw": say("What the check found"),
        "hook": say("Rule or law"),
        "step": say("Step"),
        "clock": say("Time limit"),
        "figure": say("Figure"),
        "value": say("Value"),
        "how": say("How it was counted"),
        "rows": say("From which rows"),
        "file": say("File"),
        "table": say("Table"),
        "read": say("Rows read, loaded, quarantined"),
    }
