"""One content, three kinds of paper: Word, PDF and HTML, with every figure a link."""

from workbench.appeal.render.html import html_paper
from workbench.appeal.render.pdf import missing_font, pdf_paper
from workbench.appeal.render.word import FORM_TEMPLATE, LETTER_TEMPLATE, word_paper

__all__ = [
    "FORM_TEMPLATE",
    "LETTER_TEMPLATE",
    "html_paper",
    "missing_font",
    "pdf_paper",
    "word_paper",
]
