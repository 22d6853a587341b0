#!/usr/bin/python3
"""Expected numbers of masked style costs, masks and colour transfer, from PyTorch and NumPy: an independent computation of the same formulas.

  style_cases.py      (needs python3-torch and python3-numpy; prints the numbers that the case files in packages/nodes/src quote)
"""
import numpy as np, torch, torch.nn.functional as F
torch.set_default_dtype(torch.float64)

def busy(shape, low=-1.0, high=1.0, salt=1):
    """packages/nodes/src/testing/busy.ts"""
    i = np.arange(int(np.prod(shape)), dtype=np.int64)
    values = low + (high - low) * ((7 * i * i + 37 * i + 11 * salt) % 251) / 250
    return torch.tensor(values.astype(np.float32).astype(np.float64).reshape(shape))
def show(name, value):
    value = value.detach().numpy() if torch.is_tensor(value) else np.asarray(value)
    print(f'{name} {list(value.shape)}: [{", ".join("%.8g" % v for v in value.flatten())}]')

LUMA = torch.tensor([0.2126, 0.7152, 0.0722])
def shares(mask, size):
    """Mask [1,H,W,3] -> weights [1, h*w]: grey, averaged over the area of each position, summing to 1."""
    grey = (mask * LUMA).sum(-1)[:, None]
    # Exact areas also where sizes do not divide: enlarge by whole numbers first, then average whole blocks.
    grey = grey.repeat_interleave(size[0], 2).repeat_interleave(size[1], 3)
    t = F.avg_pool2d(grey, (mask.shape[1], mask.shape[2])).reshape(1, -1)
    return t / t.sum()
def rows(x): return x.reshape(-1, x.shape[-1]).T
def gram(x, t): return x.shape[1] * x.shape[2] * (rows(x) * t) @ rows(x).T
def cov(x, t):
    f = rows(x); m = (f * t).sum(1, keepdim=True)
    return ((f - m) * t) @ (f - m).T, m
def cov_cost(s, ts, g, tg):
    (cs, ms), (cg, mg) = cov(s, ts), cov(g, tg)
    return ((cg - cs) ** 2).sum() / (cs ** 2).sum() + ((mg - ms) ** 2).sum() / torch.diagonal(cs).sum()

s, g = busy((1, 3, 4, 5), 0, 2, salt=2), busy((1, 3, 4, 5), 0, 2, salt=5)
even = lambda x: torch.full((1, x.shape[1] * x.shape[2]), 1 / (x.shape[1] * x.shape[2]))
mask, other = busy((1, 7, 10, 3), 0, 1, salt=3), busy((1, 6, 8, 3), 0, 1, salt=7)
tg, ts = shares(mask, (3, 4)), shares(other, (3, 4))
show('shares 7x10 -> 3x4', tg)
show('masked covariance relative', cov_cost(s, even(s), g, tg))
show('both masked covariance relative', cov_cost(s, ts, g, tg))
n, c = 12, 5
show('masked gatys', ((gram(s, even(s)) - gram(g, tg)) ** 2).sum() / (2 * n * c) ** 2)

def symmetric(m, f):
    w, v = np.linalg.eigh(m)
    return (v * f(w)) @ v.T
def statistics(picture):
    p = picture.reshape(-1, 3).numpy(); m = p.mean(0)
    return p, m, (p - m).T @ (p - m) / len(p) + 1e-5 * np.eye(3)
style, content = busy((1, 4, 5, 3), 0.1, 0.7, salt=2) ** 2, busy((1, 3, 4, 3), 0.3, 0.9, salt=5)
content[..., 1] = 0.5 * content[..., 1] + 0.4 * content[..., 0]
p, ms, cs = statistics(style); _, mc, cc = statistics(content)
analogies = symmetric(cc, np.sqrt) @ symmetric(cs, lambda w: 1 / np.sqrt(w))
cholesky = np.linalg.cholesky(cc) @ np.linalg.inv(np.linalg.cholesky(cs))
for name, a in (('analogies', analogies), ('cholesky', cholesky)):
    moved = (p - ms) @ a.T + mc
    show(name, np.clip(moved, 0, 1)); print('  clipped', int(((moved < 0) | (moved > 1)).sum()))
YIQ = np.array([[0.299, 0.587, 0.114], [0.595716, -0.274453, -0.321263], [0.211456, -0.522591, 0.311135]])
result, photo = busy((1, 2, 3, 3), 0, 1, salt=4).reshape(-1, 3).numpy(), busy((1, 2, 3, 3), 0.2, 0.8, salt=9).reshape(-1, 3).numpy()
mixed = photo @ YIQ.T; mixed[:, 0] = (result @ YIQ.T)[:, 0]
show('luminance only', np.clip(mixed @ np.linalg.inv(YIQ).T, 0, 1))
