"""Which kind of question is answered in which way."""

from __future__ import annotations

from collections.abc import Mapping

from questions.model import BlankQuestion
from questions.variant import Variant
from quizapp.tui.forms.answer_form import AnswerForm
from quizapp.tui.forms.card_form import CardForm
from quizapp.tui.forms.code_form import CodeForm
from quizapp.tui.forms.number_form import NumberForm
from quizapp.tui.forms.options_form import OptionsForm
from quizapp.tui.forms.order_form import OrderForm
from quizapp.tui.forms.places_form import PlacesForm
from quizapp.tui.forms.term_form import TermForm

FORMS: Mapping[str, type[AnswerForm]] = {
    "choice": OptionsForm,
    "multiple": OptionsForm,
    "true_false": OptionsForm,
    "pick": OptionsForm,
    "calculated_choice": OptionsForm,
    "compare": OptionsForm,
    "order": OrderForm,
    "match": PlacesForm,
    "blank": PlacesForm,
    "numeric": NumberForm,
    "term": TermForm,
    "card": CardForm,
    "code": CodeForm,
}


def form_of(variant: Variant) -> type[AnswerForm]:
    """Return how a variant is answered: one with combinations for all its gaps, by choosing."""
    if isinstance(variant.question, BlankQuestion) and not variant.rows:
        return OptionsForm
    return FORMS[variant.question.kind]
