"""Commands that open pages: JupyterLab, the dashboard, the demonstration."""

from __future__ import annotations

import argparse

from workbench.cli.output import teller

__all__ = ["run_demo", "run_lab", "run_serve"]

# Each command imports what it needs when it runs: `workbench verify` should not wait for Jupyter.


def run_lab(options: argparse.Namespace) -> int:
    """Run JupyterLab until it is closed."""
    from workbench.commands import lab

    return lab(options.case, browser=not options.no_browser)


def run_serve(options: argparse.Namespace) -> int:
    """Publish and serve the dashboard until Ctrl-C."""
    from workbench.commands.serve import serve

    return serve(
        options.case, port=options.port, browser=not options.no_browser, tell=teller(options)
    )


def run_demo(options: argparse.Namespace) -> int:
    """Build the sample's case, screen it and serve its dashboard until Ctrl-C."""
    from workbench.commands.demo import demo

    return demo(
        options.case, port=options.port, browser=not options.no_browser, tell=teller(options)
    )
