# SPDX-License-Identifier: Apache-2.0
"""Complexity of regions and classes, by who does what: reflections, eigenvectors, proximity, outlook."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
_NOTHING = 1e-9


@dataclass(frozen=True)
class Complexity:
    """Complexity of regions (`eci`) and of classes (`pci`), standardised; NaN where a row or column is empty.

    `eigenvalues` in falling order: the first is 1. Where the second is 1 too, the regions fall apart into groups
    that share no class, and the values only tell the groups apart (`connected` is false). `mean` is the mean of
    `eci` before standardising, in standard deviations: ``pci + mean`` are the values not moved to a mean of 0,
    with which py-ecomplexity computes outlook and gain.
    """

    eci: Floats
    pci: Floats
    eigenvalues: Floats
    mean: float

    @property
    def connected(self) -> bool:
        """Whether all regions hang together through shared classes, so that the values mean something."""
        return len(self.eigenvalues) > 1 and bool(self.eigenvalues[1] < 1 - 1e-9)


def reflections(binary: ArrayLike, steps: int) -> tuple[Floats, Floats]:
    """Values of regions and classes after `steps` of the method of reflections; 0 gives diversity and ubiquity.

    Each step takes the mean of the other side's values: of a region, over its classes; of a class, over its regions.
    An empty row or column gives NaN. Reference: M-NAV-09.
    """
    m = np.asarray(binary, dtype=float)
    regions, classes = m.sum(axis=1), m.sum(axis=0)
    kc, kp = regions, classes
    with np.errstate(invalid="ignore", divide="ignore"):
        for _ in range(steps):
            kc, kp = (m @ np.nan_to_num(kp)) / regions, (m.T @ np.nan_to_num(kc)) / classes
    return kc, kp


def complexity(binary: ArrayLike) -> Complexity:
    """Economic complexity of regions and classes by the eigenvectors of the second largest eigenvalue.

    The way of py-ecomplexity: `pci` is the eigenvector of the matrix that leads from class to class through shared
    regions, `eci` the mean of it over a region's classes; the sign is such that `eci` rises with diversity; both are
    standardised with mean and population standard deviation of `eci`. On tiny networks that correlation is near 0
    and the sign means little. Empty rows and columns are left out and give NaN (M-NAV-09).
    """
    m = np.asarray(binary, dtype=float)
    rows, columns = m.sum(axis=1) > 0, m.sum(axis=0) > 0
    eci, pci = np.full(m.shape[0], np.nan), np.full(m.shape[1], np.nan)
    m = m[rows][:, columns]
    if min(m.shape) < 2:
        return Complexity(eci, pci, np.ones(min(m.shape)), np.nan)
    values, kp = _second(m)
    kc = (m / m.sum(axis=1, keepdims=True)) @ kp
    if np.cov(m.sum(axis=1), kc)[0, 1] < 0:
        kc, kp = -kc, -kp
    spread = kc.std()
    with np.errstate(invalid="ignore", divide="ignore"):
        eci[rows] = (kc - kc.mean()) / spread
        pci[columns] = (kp - kc.mean()) / spread
    return Complexity(eci, pci, values, float(kc.mean() / spread))


def _second(m: Floats) -> tuple[Floats, Floats]:
    """Return the eigenvalues, in falling order, and the eigenvector of the second, of the way from class to class.

    The matrix is similar to a symmetric one, D^-1/2 m' R^-1 m D^-1/2, whose eigenvectors are steadier to compute. With
    fewer regions than classes the way from region to region, which has the same eigenvalues but for zeros, is solved
    instead and one step taken to the classes.
    """
    if m.shape[0] < m.shape[1]:
        values, kc = _second(m.T)
        if values[1] > _NOTHING:
            return values, m.T @ kc / m.sum(axis=0)
    root = np.sqrt(m.sum(axis=0))
    symmetric = (m.T / m.sum(axis=1)) @ m / np.outer(root, root)
    values, vectors = np.linalg.eigh(symmetric)
    return values[::-1], vectors[:, -2] / root


def proximity(binary: ArrayLike) -> Floats:
    """Proximity of classes (0 to 1): the smaller of the two chances that a region has one, given the other.

    Regions with both, by the larger of the two ubiquities; 1 on the diagonal, 0 for a class without regions.
    """
    m = np.asarray(binary, dtype=float)
    both, classes = m.T @ m, m.sum(axis=0)
    larger = np.maximum.outer(classes, classes)
    found = np.divide(both, larger, out=np.zeros_like(both), where=larger > 0)
    np.fill_diagonal(found, np.where(classes > 0, 1.0, 0.0))
    return np.asarray(found, dtype=float)


def proximity_density(binary: ArrayLike, near: ArrayLike | None = None) -> Floats:
    """Density (0 to 1) of each region around each class after Hidalgo and others: the class itself counts.

    The part of a class's proximities that goes to classes the region has. NaN for a class that is near to none.
    """
    m = np.asarray(binary, dtype=float)
    phi = proximity(m) if near is None else np.asarray(near, dtype=float)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray((m @ phi) / phi.sum(axis=0), dtype=float)


def outlook(binary: ArrayLike, pci: ArrayLike) -> Floats:
    """Complexity outlook of each region: what it does not do yet, by density and complexity of the classes."""
    m = np.asarray(binary, dtype=float)
    worth = np.nan_to_num(np.asarray(pci, dtype=float))
    return np.asarray((np.nan_to_num(proximity_density(m)) * (1 - m)) @ worth, dtype=float)


def outlook_gain(binary: ArrayLike, pci: ArrayLike) -> Floats:
    """Gain in outlook that each class would bring a region that does not do it: what it opens the way to.

    The sum over the classes not done, itself included, of its proximity to them as a part of all their proximity,
    times their complexity, as py-ecomplexity counts it; 0 for classes done already.
    """
    m = np.asarray(binary, dtype=float)
    worth = np.nan_to_num(np.asarray(pci, dtype=float))
    phi = proximity(m)
    total = phi.sum(axis=0)
    weight = np.divide(phi, total, out=np.zeros_like(phi), where=total > 0)
    return np.asarray((1 - m) * (((1 - m) * worth) @ weight.T), dtype=float)
