#!/usr/bin/python3
"""Expected numbers of the learning nodes' worked examples, from PyTorch: an independent computation of the same formulas.

  learning_cases.py      (needs python3-torch and python3-numpy; writes arrays to stdout)

The case files in packages/nodes/src/learning quote these numbers. `busy` below is packages/nodes/src/testing/busy.ts.
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

a, b, same = busy((4, 3)), busy((4, 3), salt=5), torch.tensor([1., 0., 1., 0.])
d = (a - b).norm(dim=1)
contrastive = 0.5 * (same * d ** 2 + (1 - same) * F.relu(1.5 - d) ** 2)
show('contrastive', contrastive); show('mean', contrastive.mean())
w = torch.tensor([1., 0., 2., 1.])
show('weighted', contrastive * w); show('weighted mean', (contrastive * w).sum() / w.sum())

scores, labels = busy((4, 3), -3, 3), torch.tensor([2, 0, 1, 1])
losses = F.cross_entropy(scores, labels, reduction='none')
show('cross-entropy', losses); show('mean', losses.mean()); show('accuracy', (scores.argmax(1) == labels).double().mean())
show('weighted', losses * w); show('weighted mean', (losses * w).sum() / w.sum()); show('weighted accuracy', ((scores.argmax(1) == labels) * w).sum() / w.sum())
z = busy((4,), -3, 3, 4)
losses = F.binary_cross_entropy_with_logits(z, same, reduction='none')
show('yes-no', losses); show('mean', losses.mean()); show('accuracy', ((z >= 0) == (same > 0.5)).double().mean())
p = busy((4,), 0.05, 0.95, 4)
show('probability', F.binary_cross_entropy(p, same, reduction='none')); show('accuracy', ((p >= 0.5) == (same > 0.5)).double().mean())

anchor, positive, negative = busy((4, 3)), busy((4, 3), salt=3), busy((4, 3), salt=7)
losses = F.relu(((anchor - positive) ** 2).sum(1) - ((anchor - negative) ** 2).sum(1) + 2.5) * torch.tensor([1., 1., 1., 0.])
show('weighted triplets', losses); show('sum', losses.sum()); show('mean', losses.sum() / 3)

# Mining by loops over all triplets, as the formulas say it.
x, people = busy((6, 2)), [0, 0, 0, 1, 1, 2]
draw = busy((6, 6, 6), 0.01, 1, 2).float()
draw[0, 1, 3] = 0  # found satisfied before
D = ((x[:, None] - x[None]) ** 2).sum(-1)
show('distances', D)
for mode, margin in (('random', 0.2), ('semi-hard', 0.8), ('hard', 0.2)):
    rows, fed = [], []
    for i in range(6):
        best = None
        for j in range(6):
            for k in range(6):
                if i == j or people[i] != people[j] or people[i] == people[k] or draw[i, j, k] == 0: continue
                gap = float(D[i, k] - D[i, j])
                if mode == 'semi-hard' and not 0 < gap < margin: continue
                score = -gap if mode == 'hard' else float(draw[i, j, k])
                if best is None or score > best[0]: best = (score, j, k, int(gap >= margin))
        rows.append([i, *best[1:]] if best else [-1, -1, -1, 0]); fed.append(1 if best else 0)
    print(mode, rows, fed)
