"""Error rates in NumPy, from their definitions and not by walking a curve. Prints what packages/nodes/src/calibration/roc-and-det.case.ts expects.

Run: python3 tests/peers/calibration_cases.py
"""
import numpy as np


def busy(shape, low=-1.0, high=1.0, salt=1):
    i = np.arange(np.prod(shape))
    return (low + (high - low) * ((7 * i * i + 37 * i + 11 * salt) % 251) / 250).reshape(shape).astype(np.float32)


def encodings():
    """24 pictures of 6 people: a place for each person and something of its own for each picture."""
    people = np.repeat(np.arange(6), 4)
    return busy([6, 4], salt=3)[people] + busy([24, 4], -0.7, 0.7, salt=8), people


def distances(x, metric):
    a, b = x[:, None].astype(np.float64), x[None].astype(np.float64)
    if metric == "euclidean":
        return np.sqrt(((a - b) ** 2).sum(-1))
    if metric == "manhattan":
        return np.abs(a - b).sum(-1)
    return 1 - (a * b).sum(-1) / np.sqrt((a * a).sum(-1) * (b * b).sum(-1))


x, people = encodings()
upper = np.triu_indices(len(x), 1)
same = (people[:, None] == people[None])[upper]
for metric in ["euclidean", "manhattan", "cosine"]:
    d = distances(x, metric)[upper]
    s, o = d[same], d[~same]
    auc = np.mean((s[:, None] < o[None]) + 0.5 * (s[:, None] == o[None]))
    taus = np.unique(d)
    far = np.array([np.mean(o <= t) for t in taus])
    frr = np.array([np.mean(s > t) for t in taus])
    # Both rates are joined by straight lines between neighbouring thresholds; their difference grows, and its root is the EER.
    eer_at = np.interp(0, far - frr, taus)
    eer = np.interp(0, far - frr, far)
    tau_far = taus[far <= 0.05].max()
    tau_frr = taus[frr <= 0.05].min()
    print(f"{metric}: pairs {len(s)} {len(o)} auc {auc:.12f} eer {eer:.12f} at {eer_at:.12f}")
    print(f"  FAR<=0.05: tau {tau_far:.12f} far {np.mean(o <= tau_far):.12f} frr {np.mean(s > tau_far):.12f}")
    print(f"  FRR<=0.05: tau {tau_frr:.12f} far {np.mean(o <= tau_frr):.12f} frr {np.mean(s > tau_frr):.12f}")
