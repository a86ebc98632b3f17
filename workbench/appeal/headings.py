"""Headings and names of the workbook's sheets, in both languages at once."""

from __future__ import annotations

from workbench.language import Say, words
from workbench.tables import TABLES

__all__ = ["heading", "sheet_title"]


def heading(column: str) -> str:
    """Chinese words and the column's own name: "订单编号 / order_id"."""
    own = _headings(words("appeal", "zh"))
    if column in own:
        return f"{own[column]} / {column}"
    return f"{TABLES['orders'].column(column).zh} / {column}"


def sheet_title(sheet: str) -> str:
    """Name of a sheet: "订单 Orders"."""
    return f"{_sheets(words('appeal', 'zh'))[sheet]} {sheet}"


def _sheets(say: Say) -> dict[str, str]:
    return {
        "About": say("About"),
        "Groups": say("Groups"),
        "Orders": say("Orders"),
        "Tests": say("Tests"),
        "Papers": say("Missing papers"),
        "Decisions": say("Decisions"),
        "Evidence": say("Evidence"),
        "Strength": say("Strength of evidence"),
        "Chronology": say("Chronology"),
        "Procedure": say("Procedure"),
        "Remedies": say("Remedies"),
        "Figures": say("Figures"),
        "Detectors": say("Detectors"),
        "KnownAnswers": say("Planted and found"),
        "Sources": say("Sources"),
    }


def _headings(say: Say) -> dict[str, str]:
    return {
        "about_zh": say("Chinese"),
        "absent": say("Cannot be seen without"),
        "about_en": say("English"),
        "added_at": say("Added"),
        "assessment": say("Assessment"),
        "captured_at": say("Captured"),
        "check": say("Check"),
        "clock": say("Time limit"),
        "clock_zh": say("Time limit, in Chinese"),
        "clock_en": say("Time limit, in English"),
        "code": say("Code of the paper"),
        "confidence": say("How sure the law is (V read, V-sec second-hand, G general)"),
        "contradicts_zh": say("Contradicts, in Chinese"),
        "contradicts_en": say("Contradicts, in English"),
        "copy": say("Original or copy"),
        "decided_at": say("Decided at"),
        "decision": say("Decision"),
        "detail_file": say("SHA-256 of the second original file"),
        "detail_row": say("Row in the second original file"),
        "detector": say("Detector"),
        "detectors": say("Detectors that fired"),
        "event": say("Number of the event"),
        "evidence": say("Evidence, by number"),
        "figure": say("Figure"),
        "hook_zh": say("Rule or law, in Chinese"),
        "hook_en": say("Rule or law, in English"),
        "how_zh": say("How it was counted, in Chinese"),
        "how_en": say("How it was counted, in English"),
        "independent": say("Independent sources"),
        "lacking_zh": say("Lacking, in Chinese"),
        "lacking_en": say("Lacking, in English"),
        "name_zh": say("Name, in Chinese"),
        "name_en": say("Name, in English"),
        "neutral": say("A neutral source among them"),
        "origin": say("Where it comes from"),
        "original": say("An original among them"),
        "question_zh": say("Question, in Chinese"),
        "question_en": say("Question, in English"),
        "rows": say("From which rows"),
        "step": say("Step"),
        "strength": say("Strength of evidence"),
        "supplier": say("Supplied by"),
        "system": say("Source system"),
        "systems": say("Source systems"),
        "told_zh": say("What it says, in Chinese"),
        "told_en": say("What it says, in English"),
        "value": say("Value"),
        "when": say("When"),
        "expected": say("Expected"),
        "explanation": say("Explanation"),
        "false_evidence": say("Shop's own orders newly unusual"),
        "false_marked": say("Shop's own orders newly marked"),
        "found": say("Planted orders found"),
        "found_evidence": say("Planted orders found as unusual"),
        "high": say("Share found, at most (95 %)"),
        "level": say("How well it hides"),
        "low": say("Share found, at least (95 %)"),
        "planted": say("Planted orders"),
        "planted_kind": say("Planted kind"),
        "recall": say("Share found"),
        "rings": say("Planted rings"),
        "explanation_zh": say("Explanation in Chinese"),
        "explanation_en": say("Explanation in English"),
        "families": say("Families of signals"),
        "file": say("File"),
        "group_id": say("Group"),
        "groups": say("Groups found"),
        "in_notice": say("Named in the notice"),
        "needs": say("Missing columns"),
        "note": say("Note"),
        "number": say("No."),
        "observed": say("Observed"),
        "order_count": say("Number of orders"),
        "order_ids": say("Order numbers"),
        "orders_at_issue": say("Orders at issue"),
        "p_value": say("p-value"),
        "paper_zh": say("Paper, in Chinese"),
        "paper_en": say("Paper, in English"),
        "q_value": say("q-value (false-discovery rate)"),
        "reason": say("Reason"),
        "reasons_zh": say("What the platform may see, in Chinese"),
        "reasons_en": say("What the platform may see, in English"),
        "result": say("Result"),
        "rows_loaded": say("Rows loaded"),
        "rows_quarantined": say("Rows quarantined"),
        "rows_read": say("Rows read"),
        "score": say("Score (0 to 1)"),
        "sentence_zh": say("Finding, in Chinese"),
        "sentence_en": say("Finding, in English"),
        "sha256": "SHA-256",
        "size": say("Size"),
        "source_file": say("SHA-256 of the original file"),
        "source_row": say("Row in the original file"),
        "state": say("State"),
        "statistic": say("Statistic"),
        "subject": say("Belongs to"),
        "subject_id": say("Number of the subject"),
        "table": say("Table"),
        "who": say("Who"),
        "who_zh": say("Who can supply it, in Chinese"),
        "who_en": say("Who can supply it, in English"),
        "window_end": say("Last order"),
        "window_start": say("First order"),
    }
