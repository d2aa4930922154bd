"""The 17 calculations of the source material: what they print, and whether that is right."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

import losses
from losses import CATALOG, evaluation
from tests.losses.cases import source
from tests.losses.cases.case import Inputs
from tests.losses.cases.source import SNIPPETS, Snippet

EVERY_SNIPPET = pytest.mark.parametrize(
    "snippet", SNIPPETS, ids=[f"{snippet.number}-{snippet.loss}" for snippet in SNIPPETS]
)


def given(snippet: Snippet) -> list[Tensor]:
    """The tensors of the snippet in float32, the first with a gradient."""
    made = evaluation.tensors(snippet.loss, **snippet.inputs)
    tensors = [made[argument.name] for argument in CATALOG[snippet.loss].arguments]
    single = [
        tensor.float() if tensor.is_floating_point() else tensor
        for tensor in tensors
        if isinstance(tensor, Tensor)
    ]
    return [single[0].requires_grad_(), *single[1:]]


def mistaken(snippet: Snippet, inputs: Inputs) -> float:
    (mistake,) = [m for m in losses.mistakes.of(snippet.loss) if m.id == snippet.mistake]
    return evaluation.run(mistake.function, snippet.loss, **inputs).item()


def test_there_are_seventeen_and_four_are_wrong():
    assert [snippet.number for snippet in SNIPPETS] == list(range(1, 18))
    wrong = [snippet.number for snippet in SNIPPETS if snippet.verdict == "wrong"]
    assert wrong == [10, 11, 12, 17]
    assert [snippet.number for snippet in SNIPPETS if not snippet.trains] == [11, 13]


@EVERY_SNIPPET
def test_it_prints_what_is_documented(snippet: Snippet):
    printed = snippet.calculation(*given(snippet)).item()
    assert printed == pytest.approx(snippet.printed, rel=2e-7, abs=2e-7)


@EVERY_SNIPPET
def test_the_library_gives_the_right_value(snippet: Snippet):
    value = losses.compute(snippet.loss, **snippet.inputs).item()
    assert value == pytest.approx(snippet.right, abs=1e-6)


@EVERY_SNIPPET
def test_the_verdict(snippet: Snippet):
    if snippet.mistake is None:
        assert snippet.printed == pytest.approx(snippet.right, abs=2e-7)
        return
    assert snippet.printed != pytest.approx(snippet.right, abs=1e-3)
    # The sign is the loss's: metrics are printed with the sign that a loss must not have.
    value = mistaken(snippet, snippet.inputs)
    assert abs(value) == pytest.approx(abs(snippet.printed), abs=1e-6)


@EVERY_SNIPPET
def test_whether_it_can_be_trained(snippet: Snippet):
    value = snippet.calculation(*given(snippet))
    assert value.requires_grad == snippet.trains
    if not snippet.trains:
        with pytest.raises(RuntimeError, match="does not require grad"):
            value.backward()
    first = CATALOG[snippet.loss].arguments[0].name
    assert losses.gradient(snippet.loss, first, **snippet.inputs).abs().sum() > 0


def test_the_metrics_behind_11_and_13_are_right_as_metrics():
    by_id = {snippet.number: snippet for snippet in SNIPPETS}
    for number, metric in ((11, "mrr"), (13, "ndcg")):
        inputs = {
            name: tensor
            for name, tensor in by_id[number].inputs.items()
            if name in ("scores", "relevance")
        }
        value = losses.compute(metric, **inputs).item()
        assert abs(by_id[number].printed) == pytest.approx(value)
        assert CATALOG[metric].role == "metric"


def test_minimising_snippet_11_would_push_the_answer_down():
    best = source.mrr(torch.tensor([0.9, 0.6, 0.4, 0.2]), torch.tensor([1.0, 0.0, 0.0, 0.0]))
    worst = source.mrr(torch.tensor([0.1, 0.6, 0.4, 0.2]), torch.tensor([1.0, 0.0, 0.0, 0.0]))
    assert (best.item(), worst.item()) == (1.0, 0.25)
    scores = [0.1, 0.6, 0.4, 0.2]
    relevance = [1.0, 0.0, 0.0, 0.0]
    slope = losses.gradient("approx_mrr", "scores", scores=scores, relevance=relevance)
    assert slope[0] < 0  # descending raises the score of the answer


def test_snippet_11_averages_over_every_relevant_item():
    scores, relevance = torch.tensor([0.9, 0.8, 0.1]), torch.tensor([1.0, 1.0, 0.0])
    assert source.mrr(scores, relevance).item() == 0.75
    assert losses.compute("mrr", scores=scores, relevance=relevance).item() == 1.0


def test_snippet_12_does_not_see_the_labels():
    scores = torch.tensor(SNIPPETS[11].inputs["scores"])
    printed = {
        round(source.list_mle(scores, torch.tensor(labels)).item(), 5)
        for labels in ([1.0, 0.0, 1.0, 0.0], [0.0, 1.0, 0.0, 1.0], [3.0, 2.0, 1.0, 0.0])
    }
    assert len(printed) == 1
    seen = {
        round(losses.compute("list_mle", scores=scores, relevance=torch.tensor(labels)).item(), 5)
        for labels in ([1.0, 0.0, 1.0, 0.0], [0.0, 1.0, 0.0, 1.0], [3.0, 2.0, 1.0, 0.0])
    }
    assert len(seen) == 3


def test_snippet_10_has_the_right_direction_but_another_length():
    scores = torch.tensor(SNIPPETS[9].inputs["scores"], dtype=torch.float64, requires_grad=True)
    relevance = torch.tensor(SNIPPETS[9].inputs["relevance"], dtype=torch.float64)
    source.pairwise(scores, relevance).backward()
    right = losses.gradient("pairwise_logistic", "scores", scores=scores, relevance=relevance)
    # 2P/n² with P = 2 pairs among n = 3 items
    torch.testing.assert_close(scores.grad, right * 4 / 9)


def test_snippet_9_means_something_else_with_probabilities():
    value = losses.compute(
        "kl_div", log_probs=source.KL_NUMBERS, target=source.KL_TARGET, log_input=False
    )
    assert value.item() == pytest.approx(0.255413, abs=1e-6)


@pytest.mark.parametrize(
    ("number", "inputs"),
    [
        (4, {"pred": [100.0], "target": [0.0]}),  # cosh overflows
        (10, {"scores": [-100.0, 0.0], "relevance": [1.0, 0.0]}),  # exp overflows
        (11, {"scores": [0.2, 0.1], "relevance": [0.0, 0.0]}),  # nothing relevant
        (12, {"scores": [100.0, 0.0], "relevance": [1.0, 0.0]}),
        (13, {"scores": [0.2, 0.1], "relevance": [0.0, 0.0]}),
    ],
)
def test_where_a_snippet_breaks_the_library_does_not(number: int, inputs: Inputs):
    snippet = SNIPPETS[number - 1]
    single = {name: torch.tensor(numbers) for name, numbers in inputs.items()}
    assert not snippet.calculation(*single.values()).isfinite()
    assert losses.compute(snippet.loss, **single).isfinite()


@pytest.mark.parametrize(
    ("number", "broadcast"), [(1, 0.343333), (8, 0.877778)], ids=["mse", "hinge"]
)
@pytest.mark.filterwarnings("ignore:Using a target size")
def test_a_column_against_a_row_is_refused_where_a_snippet_broadcasts(
    number: int, broadcast: float
):
    snippet = SNIPPETS[number - 1]
    first, target = given(snippet)
    column = first.detach().unsqueeze(1)
    assert snippet.calculation(column, target).item() == pytest.approx(broadcast, abs=1e-6)
    with pytest.raises(ValueError, match=r"shape \(3, 1\) but target has shape \(3,\)"):
        losses.get(snippet.loss)(column, target)


def test_uint8_labels_are_refused_where_the_snippet_wraps_them():
    scores, labels = torch.tensor([1.2, -0.5, 0.8]), torch.tensor([1, -1, 1]).to(torch.uint8)
    assert source.hinge(scores, labels).item() == pytest.approx(42.9)
    with pytest.raises(ValueError, match=r"which torch\.uint8 cannot hold"):
        losses.get("hinge")(scores, labels)
    for dtype in (torch.int64, torch.float32):
        signed = torch.tensor([1, -1, 1], dtype=dtype)
        assert losses.get("hinge")(scores, signed).item() == pytest.approx(0.233333, abs=1e-6)
