#!/usr/bin/python3
"""Expected numbers of the face nodes' worked examples, from PyTorch: an independent computation of the same formulas.

  face_cases.py      (needs python3-torch and python3-numpy; writes arrays to stdout)

The case files in packages/nodes/src/faces quote these numbers. `busy` below is packages/nodes/src/testing/busy.ts.
"""
import numpy as np, torch, torch.nn.functional as F
torch.set_default_dtype(torch.float64)

def busy(shape, low=-1.0, high=1.0, salt=1):
    i = np.arange(int(np.prod(shape)), dtype=np.int64)
    values = low + (high - low) * ((7 * i * i + 37 * i + 11 * salt) % 251) / 250
    return torch.tensor(values.astype(np.float32).astype(np.float64).reshape(shape))
def show(name, value):
    value = value.detach().numpy() if torch.is_tensor(value) else np.asarray(value)
    print(f'{name} {list(value.shape)}: [{", ".join("%.8g" % v for v in value.flatten())}]')

a, b = busy((3, 4)), busy((3, 4), salt=5)
one = busy((1, 4), salt=9)
for name, (x, y) in dict(rows=(a, b), single=(one, a)).items():
    show(f'{name} euclidean', (x - y).norm(dim=-1))
    show(f'{name} squared-euclidean', ((x - y) ** 2).sum(-1))
    show(f'{name} cosine', 1 - F.cosine_similarity(x, y.expand_as(x) if len(y) == 1 else y))
    show(f'{name} manhattan', (x - y).abs().sum(-1))
    show(f'{name} chi-squared', ((x - y) ** 2 / (x.abs() + y.abs() + 1e-8)).sum(-1))
show('absolute', (a - b).abs()); show('squared', (a - b) ** 2)
show('chi-squared features', (a - b) ** 2 / (a.abs() + b.abs() + 1e-8)); show('concatenation', torch.cat([a, b], 1))
show('normalised', F.normalize(a, dim=-1))
w = torch.tensor([0.5, -1, 2, 0.25])
show('logistic', torch.sigmoid(a @ w - 0.3)); show('score', a @ w - 0.3); show('logistic default', torch.sigmoid(-20 * ((one - b) ** 2 * 0.05).sum(-1) + 7.2))
anchor, positive, negative = busy((4, 3)), busy((4, 3), salt=3), busy((4, 3), salt=7)
losses = F.relu(((anchor - positive) ** 2).sum(1) - ((anchor - negative) ** 2).sum(1) + 0.2)
show('triplet losses', losses); show('sum', losses.sum()); show('mean', losses.mean()); show('satisfied', (losses == 0).sum())
every = torch.cat([anchor, positive, negative]); show('spread', ((every - every.mean(0)) ** 2).sum(1).mean().sqrt())
