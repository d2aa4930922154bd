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
from questions.known_mistakes import known_mistakes
from questions.model import (
    BlankQuestion,
    CalculatedChoiceQuestion,
    CardQuestion,
    ChoiceQuestion,
    CodeQuestion,
    CompareQuestion,
    Computation,
    ComputedQuestion,
    Fixed,
    MatchQuestion,
    MultipleQuestion,
    NumericQuestion,
    OrderQuestion,
    PickQuestion,
    Question,
    TermQuestion,
    TrueFalseQuestion,
    ValuedQuestion,
)
from questions.packfile.complaint import Complaint
from questions.packfile.computations import (
    computations,
    computed_names,
    expression_complaints,
    gradient_complaints,
    is_known,
    side_complaints,
    side_texts,
    value_only_complaints,
    wordless_complaints,
)
from questions.packfile.picks import pick_complaints, unknown_loss
from questions.packfile.problems import quoted
from questions.packfile.programs import program_complaints
from questions.packfile.rows import blank_complaints, match_complaints, order_complaints
from questions.packfile.samplers import (
    constant_complaints,
    neighbour_complaints,
    sampler_complaints,
)
from questions.packfile.terms import term_complaints
from questions.packfile.translate import close_to, one_of
from questions.packfile.tree import Path
from questions.sampling import near_of
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
        case TermQuestion():
            yield from term_complaints(question)
        case CardQuestion():
            yield from _two_sides(question)
        case CompareQuestion():
            yield from _givens(question)
            yield from _computations(question)
            yield from _placeholders(question)
            yield from side_complaints(question)
        case CodeQuestion():
            yield from _givens(question)
            yield from _computations(question)
            yield from _named_mistakes(question)
            yield from value_only_complaints(question)
            yield from program_complaints(question)
        case OrderQuestion():
            yield from order_complaints(question)
        case MatchQuestion():
            yield from match_complaints(question)
        case BlankQuestion():
            yield from blank_complaints(question)
        case NumericQuestion() | CalculatedChoiceQuestion():
            yield from _givens(question)
            yield from _computations(question)
            yield from _named_mistakes(question)
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


def _two_sides(question: CardQuestion) -> Iterator[Complaint]:
    if question.back == question.stem:
        yield Complaint(
            ("back",),
            Text("表（stem）と同じ文である。", "The text is that of the front (stem)."),
            Text("裏に答えを書く。", "Write the answer on the back."),
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
    for complaint in neighbour_complaints(question.given):
        yield replace(complaint, path=("given", *complaint.path), code="P230")


def _computations(question: ComputedQuestion | CodeQuestion) -> Iterator[Complaint]:
    yield from expression_complaints(question)
    for path, compute in computations(question):
        if compute.loss not in CATALOG:
            yield unknown_loss((*path, "loss"), compute.loss)
            continue
        info = CATALOG[compute.loss]
        yield from _inputs(question, compute, path, info)
        for complaint in constant_complaints(compute.inputs):
            inside: Path = (*path, "inputs", *complaint.path)
            yield replace(complaint, path=inside, code="P230")
        yield from gradient_complaints(compute, path, question.given, info)


def _named_mistakes(question: ValuedQuestion | CodeQuestion) -> Iterator[Complaint]:
    if not all(is_known(compute) for _, compute in computations(question)):
        return
    known, loss_id = known_mistakes(question.compute), computed_names(question)
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


def _inputs(
    question: ComputedQuestion | CodeQuestion, compute: Computation, base: Path, info: LossInfo
) -> Iterator[Complaint]:
    inputs, given = compute.inputs, question.given
    reductions = (*_REDUCTIONS, "none") if isinstance(question, CodeQuestion) else _REDUCTIONS
    arguments = [argument.name for argument in info.arguments]
    accepted = [*arguments, *(option.name for option in info.options), "reduction"]
    for name in arguments:
        if name not in inputs:
            yield Complaint(
                (*base, "inputs"),
                Text(
                    f"{info.id}の入力「{name}」がない。",
                    f"The input '{name}' of {info.id} is missing.",
                ),
                Text(f"例: {name}: $名前", f"For example {name}: $name"),
                code="P221",
            )
    for name, value in inputs.items():
        path: Path = (*base, "inputs", name)
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
            yield from wordless_complaints(value[1:], path, given)
            if value[1:] not in given:
                yield Complaint(
                    path,
                    Text(
                        f"「{quoted(value)}」にあたるgivenがない。",
                        f"No given is called '{quoted(value[1:])}'.",
                    ),
                    close_to(value[1:], given) or one_of(given),
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
                close_to(value, given),
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
    sides = side_texts(question)
    texts += sides
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
    asked = (question.stem, *(text for _, text in sides))
    shown = {name for text in asked for name in placeholders.names(text)}
    used = {
        value[1:]
        for _, compute in computations(question)
        for value in compute.inputs.values()
        if isinstance(value, str) and value.startswith("$")
    }
    used |= {near for sampler in question.given.values() if (near := near_of(sampler))}
    given = set(question.given)
    for name in question.given:
        if name in shown or not shown <= given:  # a misspelt name explains what is missing
            continue
        if question.passage and isinstance(question.given[name], Fixed):
            continue  # the same in every variant: the passage may have it
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


def _tolerance(question: ValuedQuestion) -> Iterator[Complaint]:
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
    if not all(is_known(compute) for _, compute in computations(question)):
        return
    known, loss_id = known_mistakes(question.compute), computed_names(question)
    single = isinstance(question.compute, Computation)
    if len(known) < WRONG:
        yield Complaint(
            ("compute", "loss") if single else ("compute",),
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
