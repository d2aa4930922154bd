"""What the tests know of the losses that compare a whole batch of embeddings."""

from __future__ import annotations

import math

import torch

from tests.losses.cases.case import LossCase, Mistaken, Published

Rows = list[list[float]]


def _normal(generator: torch.Generator, *shape: int) -> torch.Tensor:
    return torch.randn(*shape, generator=generator, dtype=torch.float64)


def _labelled(generator: torch.Generator) -> dict[str, object]:
    """Seven examples of two classes and one that is alone in its class."""
    order = torch.randperm(8, generator=generator)
    return {
        "embeddings": _normal(generator, 8, 3),
        "labels": torch.tensor([0, 0, 0, 1, 1, 1, 1, 2])[order],
    }


def _cos(u: list[float], v: list[float]) -> float:
    def length(w: list[float]) -> float:
        return sum(x * x for x in w) ** 0.5

    return sum(x * y for x, y in zip(u, v, strict=True)) / length(u) / length(v)


def _compared(labels: list[int]) -> int:
    """How many anchors have an example of their class beside themselves."""
    return sum(labels.count(label) > 1 for label in labels)


_BAD_BATCHES = (
    ({"embeddings": [[1.0], [2.0]], "labels": [0]}, r"\(1,\).*\(2, 1\)"),
    ({"embeddings": [1.0, 2.0], "labels": [0, 1]}, r"\(2,\)"),
    ({"embeddings": [[1.0]], "labels": [0]}, "2 examples"),
)

# --- all triplets -------------------------------------------------------------------------------

# d(0, 1) = 1, d(0, 2) = 1.5, d(1, 2) = 0.5: max(0, 1 − 1.5 + 1) and max(0, 1 − 0.5 + 1)
_LINE = {"embeddings": [[0.0], [1.0], [1.5]], "labels": [0, 0, 1]}
# a far negative: one of the two triplets costs nothing
_FAR = {"embeddings": [[0.0], [1.0], [2.5]], "labels": [0, 0, 1]}


def _batch_all_sample(generator: torch.Generator) -> dict[str, object]:
    one, other = (bool(torch.rand(1, generator=generator) < 0.5) for _ in range(2))
    return {**_labelled(generator), "margin": 0.5, "squared": one, "active_only": other}


def _triplets(embeddings: Rows, labels: list[int], margin: float, *, squared: bool) -> list[float]:
    terms = []
    for a, anchor in enumerate(embeddings):
        for p, positive in enumerate(embeddings):
            for n, negative in enumerate(embeddings):
                if labels[a] == labels[p] != labels[n] and a != p:
                    near, far = math.dist(anchor, positive), math.dist(anchor, negative)
                    gap = near**2 - far**2 if squared else near - far
                    terms.append(max(0.0, gap + margin))
    return terms


def _batch_all_denominator(
    embeddings: Rows, labels: list[int], margin: float, squared: bool, active_only: bool
) -> float:
    terms = _triplets(embeddings, labels, margin, squared=squared)
    return sum(term > 0 for term in terms) if active_only else len(terms)


def _batch_all_reference(
    embeddings: Rows, labels: list[int], margin: float, squared: bool, active_only: bool
) -> float:
    total = sum(_triplets(embeddings, labels, margin, squared=squared))
    return total / _batch_all_denominator(embeddings, labels, margin, squared, active_only)


_ALL_ALIKE = {"embeddings": [[0.0, 1.0], [1.0, 0.0]], "labels": [3, 3]}

TRIPLET_BATCH_ALL = LossCase(
    id="triplet_batch_all",
    published=(
        Published(inputs=_LINE, value=1.0, source="by hand: (0.5 + 1.5) / 2", tolerance=1e-12),
        Published(inputs=_FAR, value=0.25, source="by hand: (0 + 0.5) / 2", tolerance=1e-12),
        Published(
            inputs={**_FAR, "active_only": True},
            value=0.5,
            source="by hand: 0.5 / 1",
            tolerance=1e-12,
        ),
        Published(
            inputs={**_LINE, "squared": True, "reduction": "sum"},
            value=1.75,
            source="by hand: max(0, 1 − 2.25 + 1) + max(0, 1 − 0.25 + 1)",
            tolerance=1e-12,
        ),
    ),
    mistaken={
        "sum_for_mean": Mistaken(inputs=_LINE, value=2.0),
        "other_denominator": Mistaken(inputs=_FAR, value=0.5),
        "margin_forgotten": Mistaken(inputs=_LINE, value=0.25),
        # 1 − 2.5 + 1 and 1 − 1.5 + 1
        "not_clamped": Mistaken(inputs=_FAR, value=0.0),
        # besides 0.5 and 1.5: 0 − 1.5 + 1, 0 − 0.5 + 1, and both again from the third
        "self_as_positive": Mistaken(inputs=_LINE, value=3 / 6),
        "other_power_of_distance": Mistaken(inputs=_LINE, value=0.875),
    },
    sample=_batch_all_sample,
    reference=_batch_all_reference,
    extreme=(
        # all in one point: no distance has a slope
        {"embeddings": [[1.0, 2.0], [1.0, 2.0], [1.0, 2.0]], "labels": [0, 0, 1]},
        {"embeddings": [[1e4, -1e4], [-1e4, 1e4], [0.0, 0.0]], "labels": [0, 0, 1]},
        {
            "embeddings": [[1e4, -1e4], [-1e4, 1e4], [0.0, 0.0]],
            "labels": [0, 0, 1],
            "squared": True,
        },
    ),
    refused=(*_BAD_BATCHES, ({**_LINE, "margin": 0.0}, "margin")),
    differentiable=("embeddings",),
    # no triplet in the batch
    degenerate=((_ALL_ALIKE, 0.0), ({**_ALL_ALIKE, "labels": [3, 4]}, 0.0)),
    denominator=_batch_all_denominator,
)

# --- InfoNCE and NT-Xent ------------------------------------------------------------------------

_VIEWS = ([[1.0, 0.0], [0.0, 1.0]], [[0.8, 0.6], [0.6, 0.8]])
_SKEW = ([[1.0, 0.0], [0.6, 0.8]], [[0.8, 0.6], [0.0, 1.0]])
_QUERIES = {"queries": _VIEWS[0], "keys": _VIEWS[1], "temperature": 0.5}
_SKEWED = {"queries": _SKEW[0], "keys": _SKEW[1], "temperature": 0.5}
_LONG = {**_QUERIES, "queries": [[2.0, 0.0], [0.0, 1.0]]}
_BOTH = {"view1": _VIEWS[0], "view2": _VIEWS[1], "temperature": 0.5}


def _lse(values: list[float]) -> float:
    return math.log(sum(math.exp(value) for value in values))


def _info_nce_sample(generator: torch.Generator) -> dict[str, object]:
    return {
        "queries": _normal(generator, 5, 3),
        "keys": _normal(generator, 5, 3),
        "temperature": 0.4,
        "symmetric": bool(torch.rand(1, generator=generator) < 0.5),
    }


def _info_nce_reference(queries: Rows, keys: Rows, temperature: float, symmetric: bool) -> float:
    there = back = 0.0
    for i, query in enumerate(queries):
        own = _cos(query, keys[i]) / temperature
        there += _lse([_cos(query, key) / temperature for key in keys]) - own
        back += _lse([_cos(other, keys[i]) / temperature for other in queries]) - own
    return ((there + back) / 2 if symmetric else there) / len(queries)


def _log1p_exp(x: float) -> float:
    return math.log(1 + math.exp(x))


INFO_NCE = LossCase(
    id="info_nce",
    published=(
        Published(
            inputs=_QUERIES, value=0.513015, source="by hand: log(1 + e^−0.4), both queries alike"
        ),
        Published(
            inputs={**_SKEWED, "reduction": "none"},
            # cosines 0.8, 0 and 0.96, 0.8
            value=[_log1p_exp(-1.6), _log1p_exp(0.32)],
            source="by hand",
            tolerance=1e-12,
        ),
        Published(
            inputs={**_SKEWED, "symmetric": True, "reduction": "none"},
            value=[
                (_log1p_exp(-1.6) + _log1p_exp(0.32)) / 2,
                (_log1p_exp(0.32) + _log1p_exp(-1.6)) / 2,
            ],
            source="by hand: down the columns 0.8, 0.96 and 0.8, 0",
            tolerance=1e-12,
        ),
        Published(
            # pytorch-metric-learning gives 44.01 and no gradient here
            inputs={
                "queries": [[1.0, 0.0], [-1.0, 0.0]],
                "keys": [[-1.0, 0.0], [1.0, 0.0]],
                "temperature": 0.005,
            },
            value=400.0,
            source="by hand: a gap of 2 in the cosine, over 0.005",
            tolerance=1e-9,
        ),
    ),
    mistaken={
        "sum_for_mean": Mistaken(inputs=_QUERIES, value=1.02603),
        # products 1.6, 1.2: −3.2 + log(e^3.2 + e^2.4), and 0.513015 as before
        "not_normalised": Mistaken(inputs=_LONG, value=(_log1p_exp(-0.8) + _log1p_exp(-0.4)) / 2),
        "multiplied_by_temperature": Mistaken(inputs=_QUERIES, value=_log1p_exp(-0.1)),
        "temperature_forgotten": Mistaken(inputs=_QUERIES, value=_log1p_exp(-0.2)),
        "positive_left_out": Mistaken(inputs=_QUERIES, value=-0.4),
        "other_direction": Mistaken(
            inputs={**_SKEWED, "keys": [[0.8, 0.6], [0.6, 0.8]]},
            # columns 0.8, 0.96 and 0.6, 1; the rows are 0.8, 0.6 and 0.96, 1
            value=(_log1p_exp(0.32) + _log1p_exp(-0.8)) / 2,
        ),
    },
    sample=_info_nce_sample,
    reference=_info_nce_reference,
    extreme=(
        {"queries": [[1e4, 0.0], [0.0, 1e-4]], "keys": [[-1.0, 0.0], [0.0, -1.0]]},
        {**_QUERIES, "temperature": 1e-4},
        {"queries": [[0.0, 0.0], [1.0, 0.0]], "keys": [[0.0, 1.0], [0.0, 0.0]]},
        {"queries": [[1e30, 1e30], [1e-30, 0.0]], "keys": [[0.0, 1e30], [1e-30, 1e-30]]},
    ),
    refused=(
        ({**_QUERIES, "keys": [[0.8, 0.6]]}, r"\(2, 2\).*\(1, 2\)"),
        ({"queries": [1.0, 0.0], "keys": [1.0, 0.0]}, r"\(2,\)"),
        ({**_QUERIES, "temperature": 0.0}, "temperature"),
    ),
    differentiable=("queries", "keys"),
    # one pair: nothing to mistake it for
    degenerate=(({"queries": [[1.0, 0.0]], "keys": [[0.0, 1.0]]}, 0.0),),
)


def _nt_xent_sample(generator: torch.Generator) -> dict[str, object]:
    return {
        "view1": _normal(generator, 4, 3),
        "view2": _normal(generator, 4, 3),
        "temperature": 0.4,
    }


def _nt_xent_reference(view1: Rows, view2: Rows, temperature: float) -> float:
    views, count = view1 + view2, len(view1)
    total = 0.0
    for i, view in enumerate(views):
        other = views[i + count] if i < count else views[i - count]
        rest = [_cos(view, each) / temperature for k, each in enumerate(views) if k != i]
        total += _lse(rest) - _cos(view, other) / temperature
    return total / len(views)


# optax's test: rows 0, 1 and rows 2, 3 belong together, T = 0.07
_OPTAX = ([[-1.9540, 1.0780], [1.8745, -0.0195]], [[0.2380, -0.5703], [-0.6719, -1.9210]])

NT_XENT = LossCase(
    id="nt_xent",
    published=(
        Published(
            inputs={"view1": _OPTAX[0], "view2": _OPTAX[1], "temperature": 0.07},
            value=14.01032,
            source="google-deepmind/optax:optax/losses/_self_supervised_test.py",
            tolerance=1e-5,
        ),
        Published(
            inputs=_BOTH,
            value=0.870714,
            source="by hand: cosines 0.8 with the other view, 0, 0.6 and 0.96 with the rest",
        ),
    ),
    mistaken={
        "sum_for_mean": Mistaken(inputs=_BOTH, value=3.482855),
        "self_kept": Mistaken(inputs=_BOTH, value=1.362955),
        "multiplied_by_temperature": Mistaken(inputs=_BOTH, value=1.020278),
        "other_view_only": Mistaken(inputs=_BOTH, value=0.513015),
        "positive_left_out": Mistaken(inputs=_BOTH, value=0.289938),
        # the first view doubled: products 0, 1.6, 1.2, then 0.6, 0.8, then 0.96, over T = ½
        "not_normalised": Mistaken(
            inputs={**_BOTH, "view1": [[2.0, 0.0], [0.0, 1.0]]},
            value=(
                _lse([0.0, 3.2, 2.4])
                + _lse([0.0, 1.2, 1.6])
                + _lse([3.2, 1.2, 1.92])
                + _lse([2.4, 1.6, 1.92])
                - 2 * (3.2 + 1.6)
            )
            / 4,
        ),
    },
    sample=_nt_xent_sample,
    reference=_nt_xent_reference,
    extreme=(
        {"view1": [[1e4, 0.0], [0.0, 1e-4]], "view2": [[-1.0, 0.0], [0.0, -1.0]]},
        {**_BOTH, "temperature": 1e-4},
        {"view1": [[0.0, 0.0], [1.0, 0.0]], "view2": [[0.0, 1.0], [0.0, 0.0]]},
    ),
    refused=(
        ({**_BOTH, "view2": [[0.8, 0.6]]}, r"\(2, 2\).*\(1, 2\)"),
        ({"view1": [1.0, 0.0], "view2": [1.0, 0.0]}, r"\(2,\)"),
        ({**_BOTH, "temperature": -1.0}, "temperature"),
    ),
    differentiable=("view1", "view2"),
    degenerate=(({"view1": [[1.0, 0.0]], "view2": [[0.0, 1.0]]}, 0.0),),
)

# --- supervised contrastive ---------------------------------------------------------------------

# cosines 0.8 (same class), 0 and 0.6; the third example is alone in its class
_THREE = {
    "embeddings": [[1.0, 0.0], [0.8, 0.6], [0.0, 1.0]],
    "labels": [0, 0, 1],
    "temperature": 0.5,
}
# a class of three: cosines 0.8, 0, 0.6 with each other; the fourth is opposite to the first
_FOUR = {
    "embeddings": [[1.0, 0.0], [0.8, 0.6], [0.0, 1.0], [-1.0, 0.0]],
    "labels": [0, 0, 0, 1],
    "temperature": 1.0,
}
_THREE_VALUE = (_log1p_exp(-1.6) + _log1p_exp(-0.4)) / 2
# per anchor: log Σ of all others, and the logits of its positives
_ANCHORS = (
    (_lse([0.8, 0.0, -1.0]), [0.8, 0.0]),
    (_lse([0.8, 0.6, -0.8]), [0.8, 0.6]),
    (_lse([0.0, 0.6, 0.0]), [0.0, 0.6]),
)
_FOUR_VALUE = sum(total - sum(own) / 2 for total, own in _ANCHORS) / 3


def _supcon_sample(generator: torch.Generator) -> dict[str, object]:
    return {**_labelled(generator), "temperature": 0.4}


def _supcon_reference(embeddings: Rows, labels: list[int], temperature: float) -> float:
    terms = []
    for i, anchor in enumerate(embeddings):
        logits = {
            k: _cos(anchor, other) / temperature for k, other in enumerate(embeddings) if k != i
        }
        positives = [k for k in logits if labels[k] == labels[i]]
        if positives:
            shares = [logits[p] - _lse(list(logits.values())) for p in positives]
            terms.append(-sum(shares) / len(shares))
    return sum(terms) / len(terms)


_STRANGERS = {"embeddings": [[1.0, 0.0], [0.0, 1.0]], "labels": [0, 1]}

SUPCON = LossCase(
    id="supcon",
    published=(
        Published(
            inputs={
                "embeddings": [_OPTAX[0][0], _OPTAX[1][0], _OPTAX[0][1], _OPTAX[1][1]],
                "labels": [0, 0, 1, 1],
                "temperature": 0.07,
            },
            value=14.01032,
            source="with one positive each it is NT-Xent: optax _self_supervised_test.py",
            tolerance=1e-5,
        ),
        Published(
            inputs=_THREE,
            value=_THREE_VALUE,
            source="by hand: log(1 + e^−1.6) and log(1 + e^−0.4), the third does not count",
            tolerance=1e-12,
        ),
        Published(inputs=_FOUR, value=_FOUR_VALUE, source="by hand", tolerance=1e-12),
    ),
    mistaken={
        "sum_for_mean": Mistaken(inputs=_THREE, value=2 * _THREE_VALUE),
        # e² for the example itself joins both denominators
        "self_kept": Mistaken(
            inputs=_THREE,
            value=(_lse([2.0, 1.6, 0.0]) - 1.6 + _lse([2.0, 1.6, 1.2]) - 1.6) / 2,
        ),
        # the first example doubled: products 1.6 and 0 with it
        "not_normalised": Mistaken(
            inputs={**_THREE, "embeddings": [[2.0, 0.0], [0.8, 0.6], [0.0, 1.0]]},
            value=(_log1p_exp(-3.2) + _log1p_exp(-2.0)) / 2,
        ),
        "mean_inside_log": Mistaken(
            inputs=_FOUR,
            value=sum(total - _lse(own) + math.log(2) for total, own in _ANCHORS) / 3,
        ),
        "positives_summed": Mistaken(inputs=_FOUR, value=2 * _FOUR_VALUE),
        "lone_anchors_counted": Mistaken(inputs=_THREE, value=_THREE_VALUE * 2 / 3),
    },
    sample=_supcon_sample,
    reference=_supcon_reference,
    extreme=(
        {**_THREE, "temperature": 1e-4},
        {"embeddings": [[0.0, 0.0], [1e4, 0.0], [-1e4, 0.0]], "labels": [0, 0, 1]},
        {"embeddings": [[1.0, 0.0], [1.0, 0.0], [1.0, 0.0]], "labels": [0, 0, 1]},
    ),
    refused=(*_BAD_BATCHES, ({**_THREE, "temperature": 0.0}, "temperature")),
    differentiable=("embeddings",),
    degenerate=((_STRANGERS, 0.0),),
    denominator=lambda embeddings, labels, temperature: _compared(labels),
)

# --- circle -------------------------------------------------------------------------------------

_H103 = {
    "embeddings": [
        [2.0, 0.0],
        [1.8793852415718169, 0.17101007166283436],
        [1.532088886237956, 0.3213938048432696],
        [1.0000000000000002, 0.4330127018922193],
        [0.34729635533386083, 0.492403876506104],
    ],
    "labels": [0, 0, 1, 1, 2],
    "margin": 0.25,
    "gamma": 256.0,
}
_KERAS_CIRCLE = {
    "embeddings": [
        [0.40824829, -0.54433105, 0.27216553, 0.68041382],
        [0.76376261, 0.10910895, -0.54554473, 0.32732684],
        [-0.74420841, 0.24806947, 0.49613894, -0.3721042],
        [0.52981294, -0.13245324, 0.79471941, -0.26490647],
        [0.54554473, -0.32732684, 0.10910895, 0.76376261],
        [-0.27216553, 0.68041382, 0.40824829, -0.54433105],
    ],
    "labels": [1, 1, 2, 2, 3, 4],
    "margin": 0.4,
    "gamma": 80.0,
}
_SMALL_CIRCLE = {
    "embeddings": [[1.0, 0.0], [0.6, 0.8], [0.0, 1.0]],
    "labels": [0, 0, 1],
    "gamma": 4.0,
}


def _circle_sample(generator: torch.Generator) -> dict[str, object]:
    return {**_labelled(generator), "margin": 0.3, "gamma": 6.0}


def _circle_reference(embeddings: Rows, labels: list[int], margin: float, gamma: float) -> float:
    terms = []
    for i, anchor in enumerate(embeddings):
        total = 0.0
        for p, near in enumerate(embeddings):
            for n, far in enumerate(embeddings):
                if p != i and labels[p] == labels[i] != labels[n]:
                    sp, sn = _cos(anchor, near), _cos(anchor, far)
                    low = -max(0.0, 1 + margin - sp) * (sp - 1 + margin)
                    total += math.exp(gamma * (low + max(0.0, sn + margin) * (sn - margin)))
        if total:
            terms.append(math.log(1 + total))
    return sum(terms) / len(terms)


CIRCLE = LossCase(
    id="circle",
    published=(
        Published(
            inputs=_H103,
            value=213.38908570803733,
            source="KevinMusgrave/pytorch-metric-learning:tests/losses/test_circle_loss.py",
            tolerance=1e-8,
        ),
        Published(
            inputs={**_KERAS_CIRCLE, "reduction": "none"},
            value=[82.9116, 36.7942, 92.4590, 52.6798, 0.0, 0.0],
            source="keras-team/keras:keras/src/losses/losses_test.py",
            tolerance=1e-4,
        ),
        Published(
            inputs=_SMALL_CIRCLE,
            # positive cosine 0.6 for both; negative cosine 0 and 0.8
            value=(_log1p_exp(0.39 - 0.25) + _log1p_exp(0.39 + 2.31)) / 2,
            source="by hand: exponents 4·0.65·0.15, −4·0.25·0.25 and 4·1.05·0.55",
            tolerance=1e-12,
        ),
    ),
    mistaken={
        "sum_for_mean": Mistaken(inputs=_H103, value=4 * 213.389086, tolerance=1e-5),
        "not_normalised": Mistaken(inputs=_H103, value=1992.88, tolerance=5e-3),
        # exponents 4·0.15, −4·0.25 and 4·0.55
        "weights_left_out": Mistaken(
            inputs=_SMALL_CIRCLE, value=(_log1p_exp(0.6 - 1.0) + _log1p_exp(0.6 + 2.2)) / 2
        ),
        # exponents 4·0.4·0.4, 0 and 4·0.8·0.8
        "margin_forgotten": Mistaken(
            inputs=_SMALL_CIRCLE, value=(_log1p_exp(0.64) + _log1p_exp(0.64 + 2.56)) / 2
        ),
        "lone_anchors_counted": Mistaken(inputs=_H103, value=170.711, tolerance=5e-4),
    },
    sample=_circle_sample,
    reference=_circle_reference,
    extreme=(
        _H103,
        {"embeddings": [[1.0, 0.0], [-1.0, 0.0], [1.0, 0.0]], "labels": [0, 0, 1]},
        {"embeddings": [[0.0, 0.0], [1e4, 0.0], [-1e4, 0.0]], "labels": [0, 0, 1]},
    ),
    refused=(*_BAD_BATCHES, ({**_SMALL_CIRCLE, "gamma": 0.0}, "gamma")),
    differentiable=("embeddings",),
    no_gradcheck="the weights α are held constant in the gradient, as in the paper",
    degenerate=((_STRANGERS, 0.0), ({**_STRANGERS, "labels": [5, 5]}, 0.0)),
    denominator=lambda embeddings, labels, margin, gamma: _compared(labels),
)

CASES: tuple[LossCase, ...] = (TRIPLET_BATCH_ALL, INFO_NCE, NT_XENT, SUPCON, CIRCLE)
