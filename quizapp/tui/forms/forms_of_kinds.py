"""Which kind of question is answered in which way."""

from __future__ import annotations

from collections.abc import Mapping

from quizapp.tui.forms.answer_form import AnswerForm
from quizapp.tui.forms.number_form import NumberForm
from quizapp.tui.forms.options_form import OptionsForm

FORMS: Mapping[str, type[AnswerForm]] = {
    "choice": OptionsForm,
    "multiple": OptionsForm,
    "true_false": OptionsForm,
    "pick": OptionsForm,
    "calculated_choice": OptionsForm,
    "compare": OptionsForm,
    "numeric": NumberForm,
}
