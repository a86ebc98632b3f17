"""What a merchant's page may know: one file without personal data, made from a case."""

from workbench.snapshot.publish import SNAPSHOT_FILE, build_snapshot, publish
from workbench.snapshot.read import Snapshot, read_snapshot

__all__ = ["SNAPSHOT_FILE", "Snapshot", "build_snapshot", "publish", "read_snapshot"]
