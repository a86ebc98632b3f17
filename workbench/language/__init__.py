"""Chinese and English wording from one source: the English text in the code is the key."""

from workbench.language.words import LANGUAGES, Language, Say, words

__all__ = ["LANGUAGES", "Language", "Say", "words"]
