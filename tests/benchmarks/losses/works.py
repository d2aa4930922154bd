"""Everything that is measured."""

from __future__ import annotations

import math

import torch
from torch import Generator, Tensor

from tests.benchmarks.losses import enumerating, floors
from tests.benchmarks.losses.work import ENUMERATING, Extreme, Size, Work
from tests.losses.cases.draw import index, normal, sign, uniform

Tensors = tuple[Tensor, ...]


def errors(g: Generator, count: int) -> Tensors:
    return normal(g, count), normal(g, count)


def gaussians(g: Generator, count: int) -> Tensors:
    return normal(g, count), normal(g, count), uniform(g, count, low=0.1, high=2)


def coins(g: Generator, count: int) -> Tensors:
    return normal(g, count), index(g, 2, count).double()


def classes(g: Generator, count: int, kinds: int) -> Tensors:
    return normal(g, count, kinds), index(g, kinds, count)


def log_chances(g: Generator, count: int, kinds: int) -> Tensors:
    return normal(g, count, kinds).log_softmax(-1), normal(g, count, kinds).softmax(-1)


def logits_and_chances(g: Generator, count: int, kinds: int) -> Tensors:
    return normal(g, count, kinds), normal(g, count, kinds).softmax(-1)


def graded(g: Generator, lists: int, items: int) -> Tensors:
    return normal(g, lists, items), index(g, 5, lists, items).double()


def ordered(g: Generator, lists: int, items: int) -> Tensors:
    """Every item with a grade of its own: whoever breaks ties at random then agrees, too."""
    grades = torch.stack([torch.randperm(items, generator=g) for _ in range(lists)])
    return normal(g, lists, items), grades.double()


def views(g: Generator, count: int, width: int) -> Tensors:
    base = normal(g, count, width)
    return base + normal(g, count, width), base + normal(g, count, width)


def labelled(g: Generator, count: int, width: int) -> Tensors:
    return normal(g, count, width), torch.arange(count) % (count // 8)


def vectors(g: Generator, count: int, width: int) -> Tensors:
    return normal(g, count, width), normal(g, count, width), sign(g, count)


def masks(g: Generator, count: int, height: int, width: int) -> Tensors:
    return uniform(g, count, 1, height, width), index(g, 2, count, 1, height, width).double()


def boxes(g: Generator, count: int) -> Tensors:
    corners = uniform(g, count, 2)
    pred = torch.cat((corners, corners + uniform(g, count, 2, low=0.05)), -1)
    moved = corners + 0.2 * normal(g, count, 2)
    return pred, torch.cat((moved, moved + uniform(g, count, 2, low=0.05)), -1)


def samples(g: Generator, count: int) -> Tensors:
    return normal(g, count), normal(g, count) + 0.5


def speech(g: Generator, frames: int, count: int, kinds: int, written: int) -> Tensors:
    return normal(g, frames, count, kinds), 1 + index(g, kinds - 1, count, written)


LISTS: tuple[Size, ...] = ((32, 50), (32, 200), (8, 500))
GAP = Extreme(
    says="scores 1000 apart, the wrong way round",
    inputs=([[0.0, 1000.0]], [[1.0, 0.0]]),
    value=1000.0,
    learns=True,
)
TOUCHING = Extreme(
    says="boxes without area",
    inputs=([[0.0, 0.0, 0.0, 0.0]], [[0.0, 0.0, 0.0, 0.0]]),
    value=1.0,
)

WORKS: tuple[Work, ...] = (
    Work(
        loss="huber",
        draw=errors,
        sizes=((2**16,), (2**20,)),
        small=(64,),
        enumerating=enumerating.huber,
        floor=floors.COPIES,
    ),
    Work(
        loss="log_cosh",
        draw=errors,
        sizes=((2**20,),),
        small=(64,),
        enumerating=enumerating.log_cosh,
        floor=floors.COPIES,
        extremes=(
            Extreme(
                says="an error of 100",
                inputs=([100.0], [0.0]),
                value=100 - math.log(2),
                tolerance=1e-4,
                learns=True,
            ),
            Extreme(
                says="an error of 1e-4 in float32",
                inputs=([1e-4], [0.0]),
                value=5e-9,
                tolerance=1e-12,
                learns=True,
            ),
        ),
    ),
    Work(
        loss="gaussian_nll",
        draw=gaussians,
        sizes=((2**20,),),
        small=(64,),
        enumerating=enumerating.gaussian_nll,
        floor=floors.COPIES,
        leaves=3,
    ),
    Work(
        loss="cross_entropy",
        draw=classes,
        sizes=((256, 32000),),
        small=(4, 5),
        enumerating=enumerating.cross_entropy,
        floor=floors.FOUR_COPIES,
        extremes=(
            Extreme(
                says="logits 1000 apart",
                inputs=([[1000.0, 0.0]], [1]),
                value=1000.0,
                learns=True,
            ),
        ),
    ),
    Work(
        loss="bce_with_logits",
        draw=coins,
        sizes=((2**20,),),
        small=(64,),
        enumerating=enumerating.bce_with_logits,
        floor=floors.COPIES,
        extremes=(
            Extreme(says="logit −200", inputs=([-200.0], [1.0]), value=200.0, learns=True),
        ),
    ),
    Work(
        loss="binary_focal",
        draw=coins,
        sizes=((2**20,),),
        small=(64,),
        enumerating=enumerating.binary_focal,
        floor=floors.COPIES,
        extremes=(
            Extreme(
                says="γ = 0.5 and logit 200",
                inputs=([200.0], [1.0]),
                value=0.0,
                options={"gamma": 0.5},
            ),
            Extreme(says="logit −200", inputs=([-200.0], [1.0]), value=50.0, learns=True),
        ),
    ),
    Work(
        loss="kl_div",
        draw=log_chances,
        sizes=((512, 1000),),
        small=(4, 5),
        enumerating=enumerating.kl_div,
        floor=floors.COPIES,
        extremes=(
            Extreme(
                says="a target of 0 under a prediction of 0",
                inputs=([[0.0, -math.inf]], [[1.0, 0.0]]),
                value=0.0,
            ),
            Extreme(
                says="log_target −∞",
                inputs=([[math.log(0.5), math.log(0.5)]], [[0.0, -math.inf]]),
                value=math.log(2),
                options={"log_target": True},
                learns=True,
            ),
        ),
    ),
    Work(
        loss="js_div",
        draw=logits_and_chances,
        # some normalise their input, which changes the slope off the simplex, but not along it
        through=lambda logits: logits.softmax(-1),
        sizes=((512, 1000),),
        small=(4, 5),
        enumerating=enumerating.js_div,
        floor=floors.COPIES,
        extremes=(
            Extreme(
                says="no common outcome",
                inputs=([[1.0, 0.0]], [[0.0, 1.0]]),
                value=math.log(2),
                learns=True,
            ),
            Extreme(
                says="nearly equal, float32",
                inputs=([[0.5, 0.5]], [[0.5 - 2**-14, 0.5 + 2**-14]]),
                value=2**-29,
                tolerance=2**-36,
                learns=True,
            ),
        ),
    ),
    Work(
        loss="wasserstein_1d",
        draw=samples,
        sizes=((1000,), (100_000,)),
        small=(9,),
        enumerating=enumerating.wasserstein_1d,
        floor=floors.SORTS,
        leaves=2,
        limits={ENUMERATING: 1000, "pot simplex": 1000},
        extremes=(
            Extreme(says="equal samples", inputs=([1.0, 1.0], [1.0, 1.0]), value=0.0),
        ),
    ),
    Work(
        loss="pairwise_logistic",
        draw=graded,
        sizes=LISTS,
        small=(2, 6),
        enumerating=enumerating.pairwise_logistic,
        floor=floors.SOFTPLUS,
        extremes=(GAP,),
    ),
    Work(
        loss="pairwise_hinge",
        draw=graded,
        sizes=LISTS,
        small=(2, 6),
        enumerating=enumerating.pairwise_hinge,
        floor=floors.SORT,
    ),
    Work(
        loss="lambda_rank",
        draw=graded,
        sizes=LISTS,
        small=(2, 6),
        enumerating=enumerating.lambda_rank,
        floor=floors.SOFTPLUS,
        extremes=(
            Extreme(
                says="scores 1000 apart, the wrong way round",
                inputs=([[0.0, 1000.0]], [[1.0, 0.0]]),
                value=1000 * (1 - 1 / math.log2(3)),
                tolerance=1e-3,
                learns=True,
            ),
        ),
    ),
    Work(
        loss="list_net",
        draw=graded,
        sizes=((8, 500),),
        small=(2, 6),
        enumerating=enumerating.list_net,
        floor=floors.COPIES,
        extremes=(
            Extreme(
                says="scores 1000 apart, the wrong way round",
                inputs=([[0.0, 1000.0]], [[1.0, 0.0]]),
                value=1000 / (1 + math.exp(-1)),
                tolerance=1e-3,
                learns=True,
            ),
        ),
    ),
    Work(
        loss="list_mle",
        draw=ordered,
        sizes=((8, 500),),
        small=(2, 6),
        enumerating=enumerating.list_mle,
        floor=floors.SORT,
        extremes=(
            Extreme(
                says="scores 100, 0, −100",
                inputs=([[100.0, 0.0, -100.0]], [[2.0, 1.0, 0.0]]),
                value=0.0,
            ),
            Extreme(
                says="scores 1000 apart, the wrong way round",
                inputs=([[0.0, 1000.0]], [[1.0, 0.0]]),
                value=1000.0,
                learns=True,
            ),
        ),
    ),
    Work(
        loss="approx_ndcg",
        draw=graded,
        sizes=((8, 500),),
        small=(2, 6),
        enumerating=enumerating.approx_ndcg,
        floor=floors.SOFTPLUS,
        extremes=(
            Extreme(says="nothing relevant", inputs=([[1.0, 2.0]], [[0.0, 0.0]]), value=0.0),
        ),
    ),
    Work(
        loss="nt_xent",
        draw=views,
        sizes=((64, 128), (128, 128), (256, 128)),
        small=(4, 3),
        enumerating=enumerating.nt_xent,
        floor=floors.PRODUCTS,
        leaves=2,
        limits={"pml": 128 * 128},
        extremes=(
            Extreme(
                says="temperature 0.005",
                # each view points away from its partner: similarity −1, one stranger at +1
                inputs=([[1.0, 0.0], [-1.0, 0.001]], [[-1.0, 0.0], [1.0, 0.001]]),
                options={"temperature": 0.005},
                value=400.0,
                tolerance=0.1,
                learns=True,
            ),
        ),
    ),
    Work(
        loss="supcon",
        draw=labelled,
        sizes=((256, 128),),
        small=(16, 3),
        enumerating=enumerating.supcon,
        floor=floors.PRODUCTS_OF_ONE,
        extremes=(
            Extreme(
                says="an example without partner",
                inputs=([[1.0, 0.0], [0.8, 0.6], [0.0, 1.0]], [0, 0, 1]),
                options={"temperature": 0.5},
                value=0.348458,
                learns=True,
            ),
        ),
    ),
    Work(
        loss="circle",
        draw=labelled,
        sizes=((256, 128),),
        small=(16, 3),
        enumerating=enumerating.circle,
        floor=floors.PRODUCTS_OF_ONE,
        extremes=(
            Extreme(
                says="one class alone",
                inputs=([[1.0, 0.0], [0.8, 0.6]], [0, 0]),
                value=0.0,
            ),
        ),
    ),
    Work(
        loss="triplet_batch_all",
        draw=labelled,
        sizes=((64, 128), (128, 128), (256, 128)),
        small=(16, 3),
        enumerating=enumerating.triplet_batch_all,
        floor=floors.DISTANCES,
        extremes=(
            Extreme(
                says="all in one point",
                inputs=([[1.0, 2.0], [1.0, 2.0], [1.0, 2.0]], [0, 0, 1]),
                value=1.0,
            ),
            Extreme(
                says="one class alone", inputs=([[1.0, 0.0], [0.8, 0.6]], [0, 0]), value=0.0
            ),
        ),
    ),
    Work(
        loss="cosine_embedding",
        draw=vectors,
        sizes=((4096, 128),),
        small=(6, 3),
        enumerating=enumerating.cosine_embedding,
        floor=floors.COPIES,
        leaves=2,
        extremes=(
            Extreme(
                says="a zero vector",
                inputs=([[0.0, 0.0]], [[1.0, 0.0]], [1]),
                value=1.0,
            ),
            Extreme(
                says="entries of 1e20",
                inputs=([[1e20, 0.0]], [[1e20, 1e20]], [1]),
                value=1 - math.sqrt(0.5),
            ),
        ),
    ),
    Work(
        loss="soft_dice",
        draw=masks,
        sizes=((8, 512, 512),),
        small=(2, 4, 4),
        enumerating=enumerating.soft_dice,
        floor=floors.COPIES,
        extremes=(
            Extreme(
                says="0.9 everywhere on an empty mask",
                inputs=([[[[0.9, 0.9], [0.9, 0.9]]]], [[[[0.0, 0.0], [0.0, 0.0]]]]),
                value=1.0,
                tolerance=1e-4,
            ),
            Extreme(
                says="nothing on an empty mask",
                inputs=([[[[0.0, 0.0], [0.0, 0.0]]]], [[[[0.0, 0.0], [0.0, 0.0]]]]),
                value=0.0,
            ),
        ),
    ),
    Work(
        loss="giou_loss",
        draw=boxes,
        sizes=((200_000,),),
        small=(8,),
        enumerating=enumerating.giou_loss,
        floor=floors.COPIES,
        extremes=(TOUCHING,),
    ),
    Work(
        loss="diou_loss",
        draw=boxes,
        sizes=((200_000,),),
        small=(8,),
        enumerating=enumerating.diou_loss,
        floor=floors.COPIES,
        extremes=(TOUCHING,),
    ),
    Work(
        loss="ciou_loss",
        draw=boxes,
        sizes=((200_000,),),
        small=(8,),
        enumerating=enumerating.ciou_loss,
        floor=floors.COPIES,
        extremes=(
            TOUCHING,
            Extreme(
                says="4 × 2 against 2 × 3",
                inputs=([[0.0, 0.0, 4.0, 2.0]], [[1.0, 0.0, 3.0, 3.0]]),
                value=0.626823,
                learns=True,
            ),
        ),
    ),
    Work(
        loss="ctc",
        draw=speech,
        through=lambda logits: logits.log_softmax(-1),
        sizes=((200, 16, 40, 30),),
        small=(7, 2, 4, 3),
        enumerating=enumerating.ctc,
        floor=floors.CTC,
        extremes=(
            Extreme(
                says="a class that cannot be",
                inputs=([[[math.log(0.5), math.log(0.5), -math.inf]]] * 2, [[1]]),
                value=-math.log(0.75),
            ),
        ),
    ),
)
