"""What a merchant's page may know: one file without personal data, made from a case.

Reading one is the door; making one is `workbench.snapshot.publish`, which needs the case and the
tables: the page's kernel must not load what it must not see, nor wait for it.
"""

from workbench.snapshot.read import Snapshot, read_snapshot

__all__ = ["Snapshot", "read_snapshot"]
