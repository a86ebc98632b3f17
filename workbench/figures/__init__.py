"""Every figure that is told, with the rows it was counted from, so that anybody can count again."""
