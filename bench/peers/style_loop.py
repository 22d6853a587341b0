"""What both PyTorch peers share: pictures, costs, the pyramid parametrisation and the timed optimisation loop.

The recipe is the one of docs/benchmarks.md; a peer adds a network (a function from a picture to named activations) to it.
Needs python3-torch, python3-pil and python3-numpy, and on Debian libopenblas0: without it PyTorch multiplies matrices with
the reference BLAS, which is no fair peer.
"""
import argparse, json, os, resource, statistics, time
import numpy as np, torch, torch.nn.functional as F
from PIL import Image

def options(doc, positional):
    ap = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in (*positional, 'content', 'style', 'out'): ap.add_argument(name)
    ap.add_argument('--width', type=int, default=256); ap.add_argument('--steps', type=int, default=250)
    ap.add_argument('--alpha', type=float, default=0.01); ap.add_argument('--lr', type=float, default=0.15)
    ap.add_argument('--tv', type=float, default=1.0); ap.add_argument('--jitter', type=int, default=4)
    ap.add_argument('--shifts', help='jitter offsets as "dy,dx dy,dx …" in the place of random ones, to follow another run exactly')
    ap.add_argument('--params', choices=['pyramid', 'pixels'], default='pyramid')
    ap.add_argument('--statistic', choices=['covariance', 'gram'], default='covariance')
    ap.add_argument('--channels-last', action='store_true', help='the memory format that oneDNN prefers')
    ap.add_argument('--threads', type=int, default=os.cpu_count()); ap.add_argument('--json', action='store_true')
    a = ap.parse_args()
    torch.set_num_threads(a.threads); torch.manual_seed(0)
    return a

def load(path, width):
    im = Image.open(path).convert('RGB')
    return torch.tensor(np.array(im.resize((width, round(im.height * width / im.width)), Image.LANCZOS))).permute(2, 0, 1)[None].float() / 255

def stat(f, statistic):
    f = f.flatten(2)[0]; n = f.shape[1]; m = f.mean(1, keepdim=True) if statistic == 'covariance' else 0
    return (f - m) @ (f - m).t() / n, m

def style_cost(target, g, statistic):
    cost = ((g[0] - target[0]) ** 2).sum() / (target[0] ** 2).sum()
    return cost + (((g[1] - target[1]) ** 2).sum() / torch.diagonal(target[0]).sum() if statistic == 'covariance' else 0)

tv = lambda x: ((x[..., 1:, :] - x[..., :-1, :]) ** 2).mean() + ((x[..., 1:] - x[..., :-1]) ** 2).mean()

# colour-decorrelation matrix of 'Differentiable Image Parameterizations' (Mordvintsev et al., 2018)
CC = torch.tensor([[0.26, 0.09, 0.02], [0.27, 0.00, -0.05], [0.27, -0.09, 0.03]]); CC = CC / torch.linalg.norm(CC, dim=0).max()

class Pyramid:
    """img = sigmoid(CC . (base + sum_k w_k . bilinear_up(p_k))), 6 levels, w_k ~ 2^(k/2) normalised, p_k = 0 at the start."""
    def __init__(self, start, levels=6):
        self.size = start.shape[2:]; w = np.array([2 ** (k / 2) for k in range(levels)]); self.w = w / np.linalg.norm(w)
        self.base = torch.einsum('ij,bjhw->bihw', torch.linalg.inv(CC), torch.logit(start.clamp(.01, .99)))
        self.p = [torch.zeros(1, 3, *[max(4, -(-n // 2 ** k)) for n in self.size], requires_grad=True) for k in range(levels)]
    def image(self):
        y = self.base
        for k, p in enumerate(self.p):
            y = y + float(self.w[k]) * (F.interpolate(p, tuple(self.size), mode='bilinear', align_corners=False) if k else p)
        return torch.sigmoid(torch.einsum('ij,bjhw->bihw', CC, y))

class Pixels:
    def __init__(self, start): self.p = [start.clone().requires_grad_()]
    def image(self): return self.p[0]

def offsets(a):
    if a.shifts: return [tuple(int(v) for v in s.split(',')) for s in a.shifts.split()]
    rng = np.random.RandomState(0)
    return [tuple(int(v) for v in rng.randint(0, a.jitter + 1, 2)) for _ in range(8)] if a.jitter else [(0, 0)]

def optimise(a, features, style_layers, content_layer):
    """Optimises a picture, writes it to a.out, and prints the loss (total, style, content) at the first and last step and
    seconds per step (median, first three steps left out)."""
    content, style, shifts = load(a.content, a.width), load(a.style, a.width), offsets(a)
    given = (lambda x: x.contiguous(memory_format=torch.channels_last)) if a.channels_last else (lambda x: x)
    with torch.no_grad():
        targets = {k: stat(v, a.statistic) for k, v in features(given(style)).items() if k in style_layers}
        contents = [features(given(torch.roll(content, s, (2, 3))))[content_layer] for s in shifts]
    var = Pyramid(content) if a.params == 'pyramid' else Pixels(content)
    opt = torch.optim.Adam(var.p, lr=a.lr); log, times = [], []
    for step in range(a.steps):
        t0 = time.perf_counter(); x = var.image(); s = shifts[step % len(shifts)]; target = contents[step % len(shifts)]
        f = features(given(torch.roll(x, s, (2, 3)) if a.jitter else x))
        js = sum(style_cost(targets[k], stat(f[k], a.statistic), a.statistic) for k in style_layers) / len(style_layers)
        jc = ((f[content_layer] - target) ** 2).mean() / ((target - target.mean((2, 3), keepdim=True)) ** 2).mean()
        total = js + a.alpha * jc + a.tv * tv(x)
        opt.zero_grad(); total.backward(); opt.step()
        if a.params == 'pixels': var.p[0].data.clamp_(0, 1)
        times.append(time.perf_counter() - t0); log.append((float(total), float(js), float(jc)))
    img = var.image().detach().clamp(0, 1)[0].permute(1, 2, 0).numpy()
    Image.fromarray((img * 255 + .5).astype('uint8')).save(a.out)
    r = dict(torch=torch.__version__, threads=a.threads, size=list(content.shape[2:]), steps=a.steps, first=log[0], last=log[-1],
             seconds_per_step=statistics.median(times[3:] or times), peak_rss_kb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    print(json.dumps(r) if a.json else '\n'.join(f'{k}: {v}' for k, v in r.items()))
