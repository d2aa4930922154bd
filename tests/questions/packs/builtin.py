"""The built-in packs, read once for all tests."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import questions
from questions.model import (
    BlankQuestion,
    CalculatedChoiceQuestion,
    ChoiceQuestion,
    CodeQuestion,
    CompareQuestion,
    Computation,
    ComputedQuestion,
    Expression,
    MatchQuestion,
    MultipleQuestion,
    NumericQuestion,
    OrderQuestion,
    Pack,
    PickQuestion,
    TrueFalseQuestion,
)
from questions.packfile import read_pack

# Losses whose value depends on the base of a logarithm: a stem says which one is meant.
LOGARITHMS = frozenset(
    {
        "cross_entropy",
        "distribution_cross_entropy",
        "bce",
        "bce_with_logits",
        "nll",
        "binary_focal",
        "softmax_focal",
        "kl_div",
        "js_div",
        "entropy",
        "log_cosh",
        "gaussian_nll",
        "poisson_nll",
        "gaussian_kl",
        "pairwise_logistic",
        "lambda_rank",
        "list_net",
        "list_mle",
        "info_nce",
        "nt_xent",
        "supcon",
        "circle",
        "vae",
        "gan_discriminator",
        "gan_generator_minimax",
        "gan_generator_non_saturating",
        "uncertainty_weighting",
        "scheduled_switch",
    }
)
FOLDER = Path(questions.__file__).parent / "packs"


@cache
def _read() -> tuple[Pack, ...]:
    return tuple(read_pack(path, name=path.name) for path in sorted(FOLDER.glob("*.yaml")))


@cache
def packs() -> tuple[Pack, ...]:
    """The packs in Japanese, which is what the bank is written in."""
    return tuple(pack for pack in _read() if pack.translates is None)


@cache
def translations() -> tuple[Pack, ...]:
    """The packs that say the same as others in another language."""
    return tuple(pack for pack in _read() if pack.translates is not None)


def choices() -> tuple[ChoiceQuestion, ...]:
    return tuple(q for pack in packs() for q in pack.questions if isinstance(q, ChoiceQuestion))


def picks() -> tuple[PickQuestion, ...]:
    return tuple(q for pack in packs() for q in pack.questions if isinstance(q, PickQuestion))


def numerics() -> tuple[NumericQuestion, ...]:
    return tuple(q for pack in packs() for q in pack.questions if isinstance(q, NumericQuestion))


def calculated() -> tuple[CalculatedChoiceQuestion, ...]:
    return tuple(
        q for pack in packs() for q in pack.questions if isinstance(q, CalculatedChoiceQuestion)
    )


def comparisons() -> tuple[CompareQuestion, ...]:
    return tuple(q for pack in packs() for q in pack.questions if isinstance(q, CompareQuestion))


def computations(question: ComputedQuestion) -> tuple[Computation, ...]:
    """Every loss that a question computes."""
    computes = (
        [side.compute for side in question.sides]
        if isinstance(question, CompareQuestion)
        else [question.compute]
    )
    return tuple(
        each
        for compute in computes
        for each in (compute.parts.values() if isinstance(compute, Expression) else [compute])
    )


def codes() -> tuple[CodeQuestion, ...]:
    return tuple(q for pack in packs() for q in pack.questions if isinstance(q, CodeQuestion))


def multiples() -> tuple[MultipleQuestion, ...]:
    return tuple(q for pack in packs() for q in pack.questions if isinstance(q, MultipleQuestion))


def statements() -> tuple[TrueFalseQuestion, ...]:
    return tuple(q for pack in packs() for q in pack.questions if isinstance(q, TrueFalseQuestion))


def orders() -> tuple[OrderQuestion, ...]:
    return tuple(q for pack in packs() for q in pack.questions if isinstance(q, OrderQuestion))


def matches() -> tuple[MatchQuestion, ...]:
    return tuple(q for pack in packs() for q in pack.questions if isinstance(q, MatchQuestion))


def blanks() -> tuple[BlankQuestion, ...]:
    return tuple(q for pack in packs() for q in pack.questions if isinstance(q, BlankQuestion))
