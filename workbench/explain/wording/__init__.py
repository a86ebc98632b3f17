"""What a sentence says of a finding: one module per family of detectors."""

from collections.abc import Mapping

from workbench.explain.wording import behaviour, coordination, identity, proof, texts, time
from workbench.explain.wording.figures import Wording, figure

__all__ = ["WORDINGS", "figure"]

WORDINGS: Mapping[str, Wording] = {
    **time.WORDINGS,
    **identity.WORDINGS,
    **coordination.WORDINGS,
    **behaviour.WORDINGS,
    **proof.WORDINGS,
    **texts.WORDINGS,
}
