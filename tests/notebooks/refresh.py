"""Run the notebooks and write their outputs back, without widget state.

    python tests/notebooks/refresh.py [NOTEBOOK …]

Needed after a change that changes what a notebook shows; look at the diff before committing it.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from tqdm.auto import tqdm

ROOT = Path(__file__).resolve().parents[2]
KEPT_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def refresh(path: Path) -> None:
    """Execute one notebook from top to bottom and save it."""
    os.environ.pop("WORKBENCH_CASE", None)
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=300,
        kernel_name="python3",
        store_widget_state=False,
        resources={"metadata": {"path": str(path.parent)}},
    )
    client.execute()
    notebook.metadata = nbformat.from_dict(KEPT_METADATA)
    for number, cell in enumerate(notebook.cells):
        cell.metadata.pop("execution", None)
        cell["id"] = f"cell-{number:02d}"
    nbformat.write(notebook, path)


def main(names: list[str]) -> None:
    """Refresh the named notebooks, or all of them."""
    paths = [Path(name).resolve() for name in names] or sorted(
        (ROOT / "notebooks").rglob("*.ipynb")
    )
    for path in tqdm(paths, desc="notebooks"):
        refresh(path)


if __name__ == "__main__":
    main(sys.argv[1:])
