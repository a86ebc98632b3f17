"""Every figure that is told, with the rows it was counted from, so that anybody can count again."""

from workbench.figures.marks import Segment, defused, mark, segments, unmarked

__all__ = ["Segment", "defused", "mark", "segments", "unmarked"]
