"""Letters beside the appeal: for a human decision, for data, and to whoever is asked next."""

from workbench.appeal.forms.complaint import complaint
from workbench.appeal.forms.data_request import data_request
from workbench.appeal.forms.form import Form
from workbench.appeal.forms.human_review import human_review

__all__ = ["Form", "complaint", "data_request", "human_review"]
