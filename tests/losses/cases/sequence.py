"""What the tests know of the losses for sequences."""

from __future__ import annotations

import itertools
import math

import torch

from tests.losses.cases.case import LossCase, Mistaken, Published

Rows = list[list[float]]

# The two sequences of TensorFlow's test, with Graves' values; class 5 is the blank.
_FIRST_FRAMES = [
    [
        -0.45607547784710933,
        -1.508755823568191,
        -2.3888850867131297,
        -4.344676901481767,
        -4.248496242049859,
        -3.6475340765824678,
    ],
    [
        -2.1971355812964846,
        -0.5303618865403495,
        -1.2773359257447254,
        -5.1893553441085425,
        -5.167975304435492,
        -4.562493911707655,
    ],
    [
        -3.330405329671556,
        -0.45600132073339655,
        -1.1350128222687248,
        -5.9944770802326905,
        -5.903885997657731,
        -5.580998630578443,
    ],
    [
        -2.7131190259166473,
        -0.44029105242034156,
        -1.2725693257985042,
        -5.8639688325978065,
        -5.639540872594736,
        -5.709198112787524,
    ],
    [
        -0.7803731260222889,
        -0.9247413378770378,
        -2.092510570620269,
        -5.037743935435031,
        -4.7067146586750574,
        -5.078207211331333,
    ],
]
_SECOND_FRAMES = [
    [
        -1.1981232795370444,
        -1.25309302295735,
        -2.4870886285732423,
        -2.4502142509144185,
        -2.5048836682894424,
        -1.8232006019425582,
    ],
    [
        -1.423705512518064,
        -0.9224773294657014,
        -2.887369469278331,
        -2.906231663942814,
        -2.886827645687856,
        -1.632246051760109,
    ],
    [
        -1.4686069764189043,
        -0.796580665246295,
        -3.2452018332234194,
        -3.2620704234554747,
        -3.240094354080571,
        -1.5972326999957382,
    ],
    [
        -1.2698135062663694,
        -0.8450823165180752,
        -3.421625624615006,
        -3.3842045805858847,
        -3.4208206650414166,
        -1.6589170639007789,
    ],
    [
        -0.8597072054725503,
        -1.1535427157266591,
        -3.385996502657731,
        -3.234639420047679,
        -3.383411492498274,
        -1.8705040198721579,
    ],
]
_GRAVES = (
    "tensorflow/tensorflow:tensorflow/python/kernel_tests/nn_ops/ctc_loss_op_test.py::testBasic"
)
_FIRST = {"log_probs": _FIRST_FRAMES, "targets": [0, 1, 2, 1, 0], "blank": 5}
_BOTH = {
    "log_probs": [list(pair) for pair in zip(_FIRST_FRAMES, _SECOND_FRAMES, strict=True)],
    "targets": [[0, 1, 2, 1, 0], [0, 1, 1, 0, 0]],
    "target_lengths": [5, 4],
    "blank": 5,
}


def _logs(*rows: list[float]) -> Rows:
    return [[math.log(p) for p in row] for row in rows]


# ∅1, 1∅ and 11 become 1: 0.4·0.5 + 0.6·0.5 + 0.6·0.5
_TWO_FRAMES = {"log_probs": _logs([0.4, 0.6], [0.5, 0.5]), "targets": [1]}
# the only way to 1 1 in three frames is 1∅1
_REPEAT = {"log_probs": _logs([0.4, 0.6], [0.5, 0.5], [0.3, 0.7]), "targets": [1, 1]}


def _sample(generator: torch.Generator) -> dict[str, object]:
    logits = torch.randn(5, 3, 4, generator=generator, dtype=torch.float64)
    return {
        "log_probs": torch.log_softmax(logits, -1),
        "targets": torch.randint(1, 4, (3, 3), generator=generator),
        "input_lengths": torch.tensor([5, 4, 5]),
        # of one length, so that the mean is the sum over a number; unequal ones are published
        "target_lengths": torch.tensor([2, 2, 2]),
    }


def _reference(
    log_probs: list[Rows],
    targets: list[list[int]],
    input_lengths: list[int],
    target_lengths: list[int],
) -> float:
    """Every frame-by-frame sequence is written out, merged and compared."""
    total = 0.0
    for n, labels in enumerate(targets):
        found = 0.0
        for path in itertools.product(range(4), repeat=input_lengths[n]):
            merged = [place for place, _ in itertools.groupby(path) if place != 0]
            if merged == labels[: target_lengths[n]]:
                found += math.exp(sum(log_probs[t][n][place] for t, place in enumerate(path)))
        total += -math.log(found) / target_lengths[n]
    return total / len(targets)


CTC = LossCase(
    id="ctc",
    published=(
        Published(
            inputs={**_FIRST, "reduction": "sum"}, value=3.34211, source=_GRAVES, tolerance=1e-5
        ),
        Published(
            inputs={**_BOTH, "reduction": "none"},
            value=[3.34211, 5.42262],
            source=_GRAVES,
            tolerance=1e-5,
        ),
        Published(
            inputs=_BOTH,
            value=(3.34211 / 5 + 5.42262 / 4) / 2,
            source=f"{_GRAVES}, each divided by its target length as in PyTorch",
            tolerance=1e-5,
        ),
        Published(inputs=_TWO_FRAMES, value=-math.log(0.8), source="by hand", tolerance=1e-12),
        Published(
            inputs={**_REPEAT, "reduction": "sum"},
            value=-math.log(0.6 * 0.5 * 0.7),
            source="by hand",
            tolerance=1e-12,
        ),
    ),
    mistaken={
        "sum_for_mean": Mistaken(inputs=_FIRST, value=3.342114),
        "not_divided_by_length": Mistaken(
            inputs=_BOTH, value=(3.34211 + 5.42262) / 2, tolerance=1e-5
        ),
        "probabilities_as_logarithms": Mistaken(
            inputs={**_FIRST, "reduction": "sum"}, value=-2.645660
        ),
        # 1∅ and 11 are equally likely, ∅1 less
        "best_path_only": Mistaken(inputs=_TWO_FRAMES, value=-math.log(0.3)),
        # without 1∅
        "last_blank_forgotten": Mistaken(inputs=_TWO_FRAMES, value=-math.log(0.5)),
        # besides 1∅1: ∅11, 111 twice, 11∅
        "repeats_run_together": Mistaken(
            inputs={**_REPEAT, "reduction": "sum"},
            value=-math.log(0.21 + 0.14 + 0.21 + 0.21 + 0.09),
        ),
    },
    sample=_sample,
    reference=_reference,
    extreme=(
        {"log_probs": [[0.0, -1e4], [0.0, -1e4]], "targets": [1]},
        # certain frames: log 0 is −inf
        {"log_probs": [[-math.inf, 0.0], [0.0, -math.inf]], "targets": [1]},
    ),
    refused=(
        ({**_TWO_FRAMES, "log_probs": [[0.4, 0.6], [0.5, 0.5]]}, "log_probs"),
        ({**_TWO_FRAMES, "log_probs": [[-0.1, -0.1], [-0.7, -0.7]]}, "add up to 1"),
        ({**_TWO_FRAMES, "log_probs": [-0.7, -0.7]}, r"\(2,\)"),
        ({**_TWO_FRAMES, "targets": [[1]]}, r"\(1, 1\).*\(2, 2\)"),
        ({**_BOTH, "targets": [[0, 1]]}, r"\(1, 2\).*\(5, 2, 6\)"),
        ({**_TWO_FRAMES, "targets": [0]}, "blank 0"),
        ({**_TWO_FRAMES, "targets": [2]}, "from 0 to 1"),
        ({**_TWO_FRAMES, "blank": 2}, "blank"),
        ({**_TWO_FRAMES, "input_lengths": [3]}, "input_lengths"),
        ({**_TWO_FRAMES, "target_lengths": [2]}, "target_lengths"),
        ({**_BOTH, "target_lengths": [5]}, r"\(1,\)"),
    ),
    differentiable=("log_probs",),
    degenerate=(
        # no labels: both frames are blank
        ({"log_probs": _logs([0.4, 0.6], [0.5, 0.5]), "targets": []}, -math.log(0.2)),
        # more labels than frames can hold
        ({"log_probs": _logs([0.4, 0.6], [0.5, 0.5]), "targets": [1, 1]}, math.inf),
    ),
    denominator=lambda target_lengths, **_: sum(target_lengths),
)

CASES: tuple[LossCase, ...] = (CTC,)
