# SPDX-License-Identifier: Apache-2.0
"""Relatedness of classes by how often they occur together, and how near a region stands to a class."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

Normalisation = Literal["probability", "association", "cosine", "jaccard"]


def co_occurrence(incidence: ArrayLike) -> NDArray[np.float64]:
    """Return how often two classes occur in one document, from classes by documents; the diagonal is 0."""
    held = np.asarray(incidence, dtype=float)
    found = np.asarray(held @ held.T, dtype=float)
    np.fill_diagonal(found, 0.0)
    return found


def relatedness(together: ArrayLike, by: Normalisation = "probability") -> NDArray[np.float64]:
    r"""Relatedness of classes (0 or more) from their co-occurrences.

    With :math:`S_i = \sum_j C_{ij}` and :math:`T = \sum C` (both triangles):

    - probability: :math:`C_{ij} / [(S_i/T \cdot S_j/(T-S_i) + S_j/T \cdot S_i/(T-S_j)) \cdot T/2]`
    - association: :math:`(C_{ij}/T) / ((S_i/T)(S_j/T))`, 1 = as often as by chance
    - cosine: :math:`C_{ij} / \sqrt{S_i S_j}`
    - jaccard: :math:`C_{ij} / (S_i + S_j - C_{ij})`

    The diagonal is left out before and 0 after; classes that occur with no other are related to none (0).
    Reference: M-NAV-07 (the four ways of EconGeo).
    """
    c = np.array(together, dtype=float)
    np.fill_diagonal(c, 0.0)
    s = c.sum(axis=1)
    total = s.sum()
    rows, columns = s[:, None], s[None, :]
    with np.errstate(invalid="ignore", divide="ignore"):
        if by == "probability":
            chance = rows / total * columns / (total - rows) + columns / total * rows / (total - columns)
            found = c / (chance * total / 2)
        elif by == "association":
            found = c * total / (rows * columns)
        elif by == "cosine":
            found = c / np.sqrt(rows * columns)
        else:
            found = c / (rows + columns - c)
    found = np.where(np.isfinite(found), found, 0.0)
    np.fill_diagonal(found, 0.0)
    return found


def density(binary: ArrayLike, related: ArrayLike) -> NDArray[np.float64]:
    r"""Relatedness density (percent, 0 to 100) of each region around each class.

    :math:`D_{ri} = 100 \sum_{j \ne i} M_{rj} \varphi_{ij} / \sum_{j \ne i} \varphi_{ij}`: the part of all that is
    related to a class in which the region is specialised. The class itself never counts. NaN for a class that
    nothing is related to (M-NAV-08).
    """
    m = np.asarray(binary, dtype=float)
    if ((m != 0) & (m != 1)).any():
        raise ValueError("density needs 0 and 1: the classes that a region is specialised in")
    phi = np.array(related, dtype=float)
    np.fill_diagonal(phi, 0.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(100 * (m @ phi.T) / phi.sum(axis=1), dtype=float)
