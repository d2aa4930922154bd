"""What can be known to be wrong with a question without computing it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from losses import CATALOG, LossInfo
from losses.text import Text
from questions import placeholders
from questions.calculated_options import WRONG
from questions.model import (
    BlankQuestion,
    CalculatedChoiceQuestion,
    ChoiceQuestion,
    CodeQuestion,
    ComputedQuestion,
    MatchQuestion,
    MultipleQuestion,
    NumericQuestion,
    OrderQuestion,
    PickQuestion,
    Question,
    TrueFalseQuestion,
)
from questions.packfile.complaint import Complaint
from questions.packfile.picks import pick_complaints, unknown_loss
from questions.packfile.problems import quoted
from questions.packfile.programs import program_complaints
from questions.packfile.rows import blank_complaints, match_complaints, order_complaints
from questions.packfile.samplers import constant_complaints, sampler_complaints
from questions.packfile.translate import close_to, one_of
from questions.packfile.tree import Path
from questions.topics import TOPICS

_REDUCTIONS = ("mean", "sum", "batchmean")


def complaints(question: Question) -> Iterator[Complaint]:
    """Yield everything that is wrong with a question of sound form."""
    if question.topic not in TOPICS:
        yield Complaint(
            ("topic",),
            Text(
                f"topic「{quoted(question.topic)}」はない。",
                f"There is no topic '{quoted(question.topic)}'.",
            ),
            one_of(TOPICS),
            code="P203",
        )
    match question:
        case ChoiceQuestion() | MultipleQuestion():
            yield from _options(question)
        case TrueFalseQuestion():
            yield from _reasons(question)
        case PickQuestion():
            yield from pick_complaints(question)
        case CodeQuestion():
            yield from _givens(question)
            yield from _computation(question)
            yield from program_complaints(question)
        case OrderQuestion():
            yield from order_complaints(question)
        case MatchQuestion():
            yield from match_complaints(question)
        case BlankQuestion():
            yield from blank_complaints(question)
        case NumericQuestion() | CalculatedChoiceQuestion():
            yield from _givens(question)
            yield from _computation(question)
            yield from _placeholders(question)
            if isinstance(question, CalculatedChoiceQuestion):
                yield from _decimals_only(question)
                yield from _enough_mistakes(question)
            else:
                yield from _tolerance(question)


def _options(question: ChoiceQuestion | MultipleQuestion) -> Iterator[Complaint]:
    first: dict[str, int] = {}
    for place, option in enumerate(question.options):
        if option.text in first:
            yield Complaint(
                ("options", place, "text"),
                Text(
                    f"選択肢{first[option.text] + 1}と同じ文である。",
                    f"The text is that of option {first[option.text] + 1}.",
                ),
                Text("選択肢は互いに異なるものにする。", "Options must differ."),
                code="P210",
            )
        first.setdefault(option.text, place)


def _reasons(question: TrueFalseQuestion) -> Iterator[Complaint]:
    if question.right_reason == question.wrong_reason:
        yield Complaint(
            ("wrong_reason",),
            Text("right_reasonと同じ文である。", "The text is that of right_reason."),
            Text("誤った判断のどこが誤りかを書く。", "Say where the wrong judgement goes astray."),
            code="P211",
        )


def _givens(question: ComputedQuestion | CodeQuestion) -> Iterator[Complaint]:
    for name, sampler in question.given.items():
        if placeholders.names("{" + name + "}") != (name,):
            yield Complaint(
                ("given", name),
                Text(
                    f"「{quoted(name)}」は名前に使えない。", f"'{quoted(name)}' cannot be a name."
                ),
                Text(
                    "英字で始め、英数字と _ だけを使う。",
                    "Start with a letter; use letters, digits and _.",
                ),
                at_key=True,
                code="P220",
            )
        for complaint in sampler_complaints(sampler):
            yield replace(complaint, path=("given", name, *complaint.path), code="P230")


def _computation(question: ComputedQuestion | CodeQuestion) -> Iterator[Complaint]:
    loss_id = question.compute.loss
    if loss_id not in CATALOG:
        yield unknown_loss(("compute", "loss"), loss_id)
        return
    info = CATALOG[loss_id]
    yield from _inputs(question, info)
    for complaint in constant_complaints(question.compute.inputs):
        path: Path = ("compute", "inputs", *complaint.path)
        yield replace(complaint, path=path, code="P230")
    known = tuple(mistake.id for mistake in info.mistakes)
    counts = Counter(question.mistakes or ())
    for place, mistake in enumerate(question.mistakes or ()):
        if mistake not in known:
            yield Complaint(
                ("mistakes", place),
                Text(
                    f"{loss_id}に誤り「{quoted(mistake)}」は登録されていない。",
                    f"No mistake '{quoted(mistake)}' is known of {loss_id}.",
                ),
                close_to(mistake, known) or (one_of(known) if known else None),
                code="P205",
            )
        elif counts[mistake] > 1:
            counts[mistake] = 0
            yield Complaint(
                ("mistakes", place),
                Text(
                    f"誤り「{mistake}」が重複している。",
                    f"The mistake '{mistake}' is listed twice.",
                ),
                code="P212",
            )


def _inputs(question: ComputedQuestion | CodeQuestion, info: LossInfo) -> Iterator[Complaint]:
    inputs = question.compute.inputs
    reductions = (*_REDUCTIONS, "none") if isinstance(question, CodeQuestion) else _REDUCTIONS
    arguments = [argument.name for argument in info.arguments]
    accepted = [*arguments, *(option.name for option in info.options), "reduction"]
    for name in arguments:
        if name not in inputs:
            yield Complaint(
                ("compute", "inputs"),
                Text(
                    f"{info.id}の入力「{name}」がない。",
                    f"The input '{name}' of {info.id} is missing.",
                ),
                Text(f"例: {name}: $名前", f"For example {name}: $name"),
                code="P221",
            )
    for name, value in inputs.items():
        path: Path = ("compute", "inputs", name)
        if name not in accepted:
            yield Complaint(
                path,
                Text(
                    f"{info.id}に入力「{quoted(name)}」はない。",
                    f"{info.id} has no input '{quoted(name)}'.",
                ),
                close_to(name, accepted) or one_of(accepted),
                at_key=True,
                code="P222",
            )
        elif isinstance(value, str) and value.startswith("$"):
            if value[1:] not in question.given:
                yield Complaint(
                    path,
                    Text(
                        f"「{quoted(value)}」にあたるgivenがない。",
                        f"No given is called '{quoted(value[1:])}'.",
                    ),
                    close_to(value[1:], question.given) or one_of(question.given),
                    code="P223",
                )
        elif name == "reduction" and value not in reductions:
            yield Complaint(
                path,
                Text(
                    "reductionは一つの数になるものにする。", "The reduction must give one number."
                ),
                one_of(reductions),
                code="P224",
            )
        elif isinstance(value, str) and _takes_number(info, name):
            yield Complaint(
                path,
                Text(
                    f"入力「{name}」が数でも $名前 でもない。",
                    f"The input '{name}' is neither numbers nor $name.",
                ),
                close_to(value, question.given),
                code="P225",
            )


def _takes_number(info: LossInfo, name: str) -> bool:
    if name == "reduction":
        return False
    return not any(
        option.name == name and (option.default is None or isinstance(option.default, str))
        for option in info.options
    )


def _placeholders(question: ComputedQuestion) -> Iterator[Complaint]:
    texts: list[tuple[Path, str]] = [
        (("stem",), question.stem),
        (("explanation",), question.explanation),
    ]
    texts += [(("hints", place), hint) for place, hint in enumerate(question.hints)]
    for path, text in texts:
        for name in placeholders.names(text):
            if name not in question.given:
                yield Complaint(
                    path,
                    Text(f"{{{name}}} にあたるgivenがない。", f"No given is called '{name}'."),
                    close_to(name, question.given)
                    or Text(
                        f"文字どおりの波括弧なら {{{{{name}}}}} と書く。",
                        f"Write {{{{{name}}}}} for literal braces.",
                    ),
                    "{" + name + "}",
                    code="P226",
                )
    shown = set(placeholders.names(question.stem))
    used = {
        value[1:]
        for value in question.compute.inputs.values()
        if isinstance(value, str) and value.startswith("$")
    }
    given = set(question.given)
    for name in question.given:
        if name in shown or not shown <= given:  # a misspelt name explains what is missing
            continue
        if name in used:
            yield Complaint(
                ("given", name),
                Text(
                    f"計算に使う「{name}」が問題文に示されていない。",
                    f"'{name}' is needed but not shown in the stem.",
                ),
                Text(f"問題文に {{{name}}} を書く。", f"Write {{{name}}} in the stem."),
                code="P227",
            )
        elif used <= given:
            yield Complaint(
                ("given", name),
                Text(
                    f"「{quoted(name)}」はどこにも使われていない。",
                    f"'{quoted(name)}' is not used anywhere.",
                ),
                Text("削除する。", "Remove it."),
                code="P228",
            )


def _tolerance(question: ComputedQuestion) -> Iterator[Complaint]:
    tolerance = question.tolerance
    margins = (tolerance.atol, tolerance.rtol)
    if any(margin is not None for margin in margins) and not any(chain(margins)):
        yield Complaint(
            ("tolerance",),
            Text("許容誤差が0である。", "The tolerance is 0."),
            Text(
                "atolかrtolを0より大きくするか、両方を省く。",
                "Make atol or rtol positive, or leave both out.",
            ),
            code="P229",
        )


def _decimals_only(question: CalculatedChoiceQuestion) -> Iterator[Complaint]:
    for name in ("atol", "rtol"):
        if getattr(question.tolerance, name) is not None:
            yield Complaint(
                ("tolerance", name),
                Text(
                    f"選択肢は小数第何位まで示すかだけで決まる。{name}は使えない。",
                    f"Options are shown to a number of decimals; {name} has no meaning here.",
                ),
                Text("decimalsだけを書く。", "Give decimals only."),
                at_key=True,
                code="P231",
            )


def _enough_mistakes(question: CalculatedChoiceQuestion) -> Iterator[Complaint]:
    """Three wrong options need three mistakes."""
    loss_id = question.compute.loss
    if loss_id not in CATALOG:
        return
    known = tuple(mistake.id for mistake in CATALOG[loss_id].mistakes)
    if len(known) < WRONG:
        yield Complaint(
            ("compute", "loss"),
            Text(
                f"{loss_id}に登録された誤りは{len(known)}個で、選択肢を作れない（{WRONG}個必要）。",
                f"{loss_id} has {len(known)} known mistakes; the options need {WRONG}.",
            ),
            Text("別の損失にするか、kind: numericにする。", "Use another loss, or kind: numeric."),
            code="P213",
        )
    elif question.mistakes is not None and len(set(question.mistakes)) < WRONG:
        yield Complaint(
            ("mistakes",),
            Text(
                f"誤りが{len(set(question.mistakes))}個では選択肢を作れない（{WRONG}個必要）。",
                f"{len(set(question.mistakes))} mistakes are too few: the options need {WRONG}.",
            ),
            one_of(known),
            code="P213",
        )
