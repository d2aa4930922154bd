"""Objectives of GANs and variational autoencoders."""

from __future__ import annotations

from losses.catalog.info import LossInfo

GENERATIVE: tuple[LossInfo, ...] = ()
