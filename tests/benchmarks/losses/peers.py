"""Other people's losses, called so that they mean the same as ours.

Every function takes our options and returns a function of our tensors. It imports its library only
when it is called and raises ImportError where that is not installed: none of them is needed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor

Loss = Callable[..., Tensor]
Load = Callable[..., Loss]


def torchmetrics_log_cosh() -> Loss:
    from torchmetrics.functional.regression import log_cosh_error

    return log_cosh_error


def torchmetrics_kl(*, log_target: bool = False) -> Loss:
    from torchmetrics.functional.regression import kl_divergence

    # logarithms of both, or neither: only so does it take ours
    return lambda log_probs, target: kl_divergence(
        target if log_target else target.log(), log_probs, log_prob=True
    )


def torchmetrics_js() -> Loss:
    from torchmetrics.functional.regression import jensen_shannon_divergence

    return jensen_shannon_divergence


def kornia_js() -> Loss:
    from kornia.losses import js_div_loss_2d

    return lambda p, q: js_div_loss_2d(p[:, None, None], q[:, None, None])


def kornia_focal(*, alpha: float = 0.25, gamma: float = 2.0) -> Loss:
    from kornia.losses import binary_focal_loss_with_logits

    return lambda logits, target: binary_focal_loss_with_logits(
        logits[None], target[None], alpha=alpha, gamma=gamma, reduction="mean"
    )


def torchvision_focal(*, alpha: float = 0.25, gamma: float = 2.0) -> Loss:
    from torchvision.ops import sigmoid_focal_loss

    return lambda logits, target: sigmoid_focal_loss(
        logits, target, alpha=alpha, gamma=gamma, reduction="mean"
    )


def monai_focal(*, alpha: float = 0.25, gamma: float = 2.0) -> Loss:
    from monai.losses import FocalLoss

    loss = FocalLoss(alpha=alpha, gamma=gamma)
    return lambda logits, target: loss(logits[None], target[None])


def monai_dice() -> Loss:
    from monai.losses import DiceLoss

    return DiceLoss(smooth_nr=1e-12, smooth_dr=1e-12)


def monai_giou() -> Loss:
    from monai.losses.giou_loss import BoxGIoULoss

    return BoxGIoULoss()


def torchvision_boxes(name: str) -> Load:
    """One of the box losses, by its name."""

    def load() -> Loss:
        from torchvision import ops

        function = getattr(ops, name)
        return lambda pred, target: function(pred, target, reduction="mean")

    return load


def allrank_rank_net() -> Loss:
    from allrank.models.losses.rankNet import rankNet

    return lambda scores, relevance: rankNet(scores, relevance)  # float32 alone


def allrank_lambda_rank() -> Loss:
    from allrank.models.losses.lambdaLoss import lambdaLoss

    return lambda scores, relevance: lambdaLoss(
        scores,
        relevance,
        weighing_scheme="lambdaRank_scheme",
        reduction="mean",
        reduction_log="natural",
    )


def allrank_list_net() -> Loss:
    from allrank.models.losses.listNet import listNet

    return listNet


def allrank_list_mle() -> Loss:
    from allrank.models.losses.listMLE import listMLE

    return listMLE


def allrank_approx_ndcg() -> Loss:
    from allrank.models.losses.approxNDCG import approxNDCGLoss

    return approxNDCGLoss


def pml_nt_xent(*, temperature: float = 0.5) -> Loss:
    from pytorch_metric_learning.losses import NTXentLoss

    loss = NTXentLoss(temperature=temperature)

    def call(view1: Tensor, view2: Tensor) -> Tensor:
        own = torch.arange(len(view1))
        return loss(torch.cat((view1, view2)), torch.cat((own, own)))

    return call


def pml_sup_con_of_views(*, temperature: float = 0.5) -> Loss:
    """SupConLoss with two views for a class is NT-Xent, and works on the matrix."""
    from pytorch_metric_learning.losses import SupConLoss

    loss = SupConLoss(temperature=temperature)

    def call(view1: Tensor, view2: Tensor) -> Tensor:
        own = torch.arange(len(view1))
        return loss(torch.cat((view1, view2)), torch.cat((own, own)))

    return call


def pml_sup_con(*, temperature: float = 0.1) -> Loss:
    from pytorch_metric_learning.losses import SupConLoss

    return SupConLoss(temperature=temperature)


def pml_circle(*, margin: float = 0.25, gamma: float = 256.0) -> Loss:
    from pytorch_metric_learning.losses import CircleLoss

    return CircleLoss(m=margin, gamma=gamma)


def pml_triplets(*, margin: float = 1.0) -> Loss:
    from pytorch_metric_learning.distances import LpDistance
    from pytorch_metric_learning.losses import TripletMarginLoss
    from pytorch_metric_learning.reducers import MeanReducer

    return TripletMarginLoss(
        margin=margin, distance=LpDistance(normalize_embeddings=False), reducer=MeanReducer()
    )


def pot_sorting() -> Loss:
    from ot import wasserstein_1d

    return wasserstein_1d


def pot_simplex() -> Loss:
    """The general problem: every pair of values has a cost."""
    from ot import dist, emd2

    return lambda u, v: emd2([], [], dist(u[:, None], v[:, None], metric="cityblock"))


def torch_kl(*, log_target: bool = False) -> Loss:
    return lambda log_probs, target: F.kl_div(
        log_probs, target, reduction="batchmean", log_target=log_target
    )


def torch_cosine_embedding(*, margin: float = 0.0) -> Loss:
    return lambda x1, x2, target: F.cosine_embedding_loss(x1, x2, target, margin=margin)


def torch_ctc() -> Loss:
    def call(log_probs: Tensor, targets: Tensor) -> Tensor:
        steps, count, _ = log_probs.shape
        return F.ctc_loss(log_probs, targets, (steps,) * count, (targets.shape[1],) * count)

    return call


def torch_itself(function: Loss) -> Load:
    """A function of torch whose arguments are ours already."""
    return lambda **_options: function


PEERS: Mapping[str, Mapping[str, Load]] = {
    "huber": {"torch": torch_itself(F.huber_loss)},
    "log_cosh": {"torchmetrics": torchmetrics_log_cosh},
    "gaussian_nll": {"torch": torch_itself(F.gaussian_nll_loss)},
    "cross_entropy": {"torch": torch_itself(F.cross_entropy)},
    "bce_with_logits": {"torch": torch_itself(F.binary_cross_entropy_with_logits)},
    "binary_focal": {
        "torchvision": torchvision_focal,
        "monai": monai_focal,
        "kornia": kornia_focal,
    },
    "kl_div": {"torch": torch_kl, "torchmetrics": torchmetrics_kl},
    "js_div": {"torchmetrics": torchmetrics_js, "kornia": kornia_js},
    "wasserstein_1d": {"pot sorting": pot_sorting, "pot simplex": pot_simplex},
    "pairwise_logistic": {"allrank": allrank_rank_net},
    "lambda_rank": {"allrank": allrank_lambda_rank},
    "list_net": {"allrank": allrank_list_net},
    "list_mle": {"allrank": allrank_list_mle},
    "approx_ndcg": {"allrank": allrank_approx_ndcg},
    "soft_dice": {"monai": monai_dice},
    "giou_loss": {
        "torchvision": torchvision_boxes("generalized_box_iou_loss"),
        "monai": monai_giou,
    },
    "diou_loss": {"torchvision": torchvision_boxes("distance_box_iou_loss")},
    "ciou_loss": {"torchvision": torchvision_boxes("complete_box_iou_loss")},
    "nt_xent": {"pml": pml_nt_xent, "pml supcon": pml_sup_con_of_views},
    "supcon": {"pml": pml_sup_con},
    "circle": {"pml": pml_circle},
    "triplet_batch_all": {"pml": pml_triplets},
    "cosine_embedding": {"torch": torch_cosine_embedding},
    "ctc": {"torch": torch_ctc},
}
