"""Principal components in NumPy and the silhouette from its definition: what packages/nodes/src/insight/embedding-map.case.ts expects.

Run: python3 tests/peers/embedding_cases.py
"""
import numpy as np


def busy(shape, low=-1.0, high=1.0, salt=1):
    i = np.arange(np.prod(shape))
    return (low + (high - low) * ((7 * i * i + 37 * i + 11 * salt) % 251) / 250).reshape(shape).astype(np.float32)


x = busy([12, 5], salt=4).astype(np.float64)
labels = np.arange(12) // 4
centred = x - x.mean(0)
variances, vectors = np.linalg.eigh(centred.T @ centred)
order = np.argsort(variances)[::-1]
vectors = vectors[:, order[:2]]
vectors *= np.sign(vectors[np.abs(vectors).argmax(0), range(2)])
points = centred @ vectors
print("shares", variances[order[:2]] / variances.sum())
print("x", points[:, 0].round(8).tolist())
print("y", points[:, 1].round(8).tolist())

d = np.sqrt(((points[:, None] - points[None]) ** 2).sum(-1))
s = []
for i in range(12):
    a = d[i][(labels == labels[i]) & (np.arange(12) != i)].mean()
    b = min(d[i][labels == g].mean() for g in set(labels) - {labels[i]})
    s.append((b - a) / max(a, b))
print("silhouette", np.mean(s))
