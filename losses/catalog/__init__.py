"""The catalogue: everything known of each loss without computing it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from losses.catalog.box import BOX
from losses.catalog.classification import CLASSIFICATION
from losses.catalog.combined import COMBINED
from losses.catalog.distribution import DISTRIBUTION
from losses.catalog.embedding import EMBEDDING
from losses.catalog.generative import GENERATIVE
from losses.catalog.info import LossInfo
from losses.catalog.ranking import RANKING
from losses.catalog.region import REGION
from losses.catalog.regression import REGRESSION
from losses.catalog.sequence import SEQUENCE

_FAMILIES = (
    REGRESSION,
    CLASSIFICATION,
    DISTRIBUTION,
    RANKING,
    REGION,
    BOX,
    GENERATIVE,
    EMBEDDING,
    SEQUENCE,
    COMBINED,
)

CATALOG: Mapping[str, LossInfo] = MappingProxyType(
    {info.id: info for family in _FAMILIES for info in family}
)
