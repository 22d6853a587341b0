#!/usr/bin/python3
"""One training step and two more in PyTorch, in float64: gradients, losses and weights that packages/nodes/src/learning/training-step.test.ts compares.

  training_step.py > packages/nodes/src/learning/training-step.json      (needs python3-torch and python3-numpy)
"""
import json
import numpy as np, torch, torch.nn.functional as F
torch.set_default_dtype(torch.float64)
MASK = 0xFFFFFFFF

def uniform(seed):
    """packages/nodes/src/seeded.ts: mulberry32 on a mixed seed."""
    h = ((seed ^ 0x9E3779B9) & MASK) * 0x85EBCA6B & MASK
    h = (h ^ (h >> 13)) * 0xC2B2AE35 & MASK
    state = h ^ (h >> 16)
    while True:
        state = (state + 0x6D2B79F5) & MASK
        t = (state ^ (state >> 15)) * (1 | state) & MASK
        t = ((t + ((t ^ (t >> 7)) * (61 | t) & MASK)) & MASK) ^ t
        yield ((t ^ (t >> 14)) & MASK) / 4294967296

def he(shape, fan_in, seed):
    draw, bound = uniform(seed), (6 / fan_in) ** 0.5
    values = np.array([(next(draw) * 2 - 1) * bound for _ in range(int(np.prod(shape)))], np.float32)
    return torch.tensor(values.astype(np.float64).reshape(shape), requires_grad=True)

def zeros(n): return torch.zeros(n, requires_grad=True)

def batch(step, shape, n=8, classes=3, seed=1):
    """packages/nodes/src/testing/training-graph.ts"""
    draw, size = uniform(seed * 7919 + step), int(np.prod(shape))
    labels = [i % classes if i < 2 * classes else int(next(draw) * classes) for i in range(n)]
    x = np.zeros((n, size), np.float32)
    for i, c in enumerate(labels):
        for k in range(size): x[i, k] = next(draw) * 0.6 + (0.4 if k % classes == c else 0)
    return torch.tensor(x.astype(np.float64).reshape((n, *shape))), labels

def conv(x, filters, biases):
    """Channels last, filters [k..., C, O], no padding."""
    rank = x.dim() - 2
    first = x.permute(0, rank + 1, *range(1, rank + 1))
    w = filters.permute(rank + 1, rank, *range(rank))
    y = (F.conv1d if rank == 1 else F.conv2d)(first, w, biases)
    return y.permute(0, *range(2, rank + 2), 1)

def pool(x, f):
    rank = x.dim() - 2
    return f(x.permute(0, rank + 1, *range(1, rank + 1)), 2).permute(0, *range(2, rank + 2), 1)

def picture_encoder():
    w = {'c.filters': he((3, 3, 2, 4), 18, 1), 'c.biases': zeros(4), 'd.filters': he((3, 3, 4, 5), 36, 2), 'd.biases': zeros(5), 'e.weights': he((20, 4), 20, 3), 'e.biases': zeros(4)}
    def loss(step):
        x, labels = batch(step, (10, 10, 2))
        h = pool(conv(x, w['c.filters'], w['c.biases']).relu(), F.max_pool2d)
        h = F.leaky_relu(conv(h, w['d.filters'], w['d.biases']), 0.01)
        # Of length 1: without it the loss does not depend on the last biases, and Adam would blow up the rounding errors of their gradient.
        f = F.normalize(h.reshape(len(labels), -1) @ w['e.weights'] + w['e.biases'])
        total = 0
        with torch.no_grad(): d = ((f[:, None] - f[None]) ** 2).sum(-1)
        for a, who in enumerate(labels):
            # The hardest triplet of each anchor.
            p = max((i for i, l in enumerate(labels) if l == who and i != a), key=lambda i: d[a, i])
            n = min((i for i, l in enumerate(labels) if l != who), key=lambda i: d[a, i])
            total = total + F.relu(((f[a] - f[p]) ** 2).sum() - ((f[a] - f[n]) ** 2).sum() + 0.2)
        return total
    return w, loss

def signal_classifier():
    w = {'c.filters': he((5, 2, 6), 10, 1), 'c.biases': zeros(6), 'e.weights': he((36, 3), 36, 3), 'e.biases': zeros(3)}
    def loss(step):
        x, labels = batch(step, (16, 2))
        h = pool(conv(x, w['c.filters'], w['c.biases']).tanh(), F.avg_pool1d)
        return F.cross_entropy(h.reshape(len(labels), -1) @ w['e.weights'] + w['e.biases'], torch.tensor(labels))
    return w, loss

OPTIMISERS = {
    'adam': lambda p: torch.optim.Adam(p, lr=0.01, weight_decay=0.02),
    'momentum': lambda p: torch.optim.SGD(p, lr=0.02, momentum=0.9, weight_decay=0.02),
}
def numbers(t): return [float('%.9g' % v) for v in t.detach().flatten()]
out = []
for name, make in [('pictures', picture_encoder), ('signals', signal_classifier)]:
    for method, optimiser in OPTIMISERS.items():
        weights, loss = make()
        opt = optimiser(list(weights.values()))
        case = {'name': name, 'method': method, 'losses': [], 'after': []}
        for step in range(3):
            opt.zero_grad()
            value = loss(step)
            value.backward()
            if step == 0: case['gradients'] = {k: numbers(v.grad) for k, v in weights.items()}
            opt.step()
            case['losses'].append(float('%.9g' % value))
            if step != 1: case['after'].append({'step': step + 1, 'weights': {k: numbers(v) for k, v in weights.items()}})
        out.append(case)
print(json.dumps({'from': f'PyTorch {torch.__version__}, float64', 'cases': out}))
