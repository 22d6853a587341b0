#!/usr/bin/python3
"""Expected numbers of the library's worked examples, from PyTorch: an independent computation of the same formulas.

  node_cases.py FACE_API_MODEL_DIR      (needs python3-torch and python3-numpy; writes TypeScript arrays to stdout)

The case files in packages/nodes/src quote these numbers. `busy` below is packages/nodes/src/testing/busy.ts.
"""
import json, os, sys
import numpy as np, torch, torch.nn.functional as F
torch.set_default_dtype(torch.float64)

def busy(shape, low=-1.0, high=1.0, salt=1):
    i = np.arange(int(np.prod(shape)), dtype=np.int64)
    values = low + (high - low) * ((7 * i * i + 37 * i + 11 * salt) % 251) / 250
    return torch.tensor(values.astype(np.float32).astype(np.float64).reshape(shape))
def show(name, value):
    value = value.detach().numpy() if torch.is_tensor(value) else np.asarray(value)
    print(f'{name} {list(value.shape)}: [{", ".join("%.8g" % v for v in value.flatten())}]')
first = lambda x: x.permute(0, x.dim() - 1, *range(1, x.dim() - 1))          # channels first
last = lambda x: x.permute(0, *range(2, x.dim()), 1)
def conv(x, w, b=None, **k):                                                   # w: [k..., C, O]
    r = x.dim() - 2
    return last([F.conv1d, F.conv2d, F.conv3d][r - 1](first(x), w.permute(r + 1, r, *range(r)), b, **k))
def pad_zeros_same(x, k, s):
    need = [max((-(-n // s) - 1) * s + k - n, 0) for n in x.shape[1:-1]]
    return last(F.pad(first(x), [p for n in reversed(need) for p in (n // 2, n - n // 2)]))

show('conv1d stride 2 dilation 2', conv(busy((1, 11, 2)), busy((3, 2, 3), salt=2), busy((3,), salt=3), stride=2, dilation=2))
show('conv1d explicit 1', conv(busy((2, 4, 1)), busy((3, 1, 1), salt=2), padding=1))
show('conv2d same stride 2', conv(pad_zeros_same(busy((1, 5, 4, 3)), 3, 2), busy((3, 3, 3, 2), salt=2), stride=2))
show('conv2d 2x3 kernel', conv(busy((1, 3, 4, 2)), busy((2, 3, 2, 2), salt=2)))
show('conv3d', conv(busy((1, 4, 3, 4, 2)), busy((2, 2, 2, 2, 2), salt=2), stride=2))
show('max pool', last(F.max_pool2d(first(busy((1, 5, 5, 2))), 2, 2)))
show('max pool same', last(F.max_pool2d(F.pad(first(busy((1, 3, 3, 1))), (0, 1, 0, 1), value=-1e9), 2, 2)))
show('average pool pad', last(F.avg_pool1d(first(busy((1, 6, 2))), 3, 2, 1, count_include_pad=False)))
x = torch.tensor([-7, -1, -0.25, 0, 0.5, 2, 6.5, 30]).reshape(1, 8)
for name, f in dict(relu=F.relu, relu6=F.relu6, leaky=lambda v: F.leaky_relu(v, 0.1), sigmoid=torch.sigmoid, tanh=torch.tanh, gelu=F.gelu,
                    softplus=lambda v: torch.log1p(torch.exp(v)), softmax=lambda v: F.softmax(v, -1)).items(): show(name, f(x))
show('dense', busy((2, 5)) @ busy((5, 3), salt=2) + busy((3,), salt=3))

a, s, g = busy((1, 3, 4, 5), 0, 2), busy((1, 3, 4, 5), 0, 2, salt=2), busy((1, 3, 4, 5), 0, 2, salt=5)
rows = lambda x: x.reshape(-1, x.shape[-1]).T
gram = lambda x: rows(x) @ rows(x).T
def cov(x):
    f = rows(x); m = f.mean(1, keepdim=True)
    return (f - m) @ (f - m).T / f.shape[1], m
show('gram', gram(a)); show('covariance', cov(a)[0])
show('content half', 0.5 * ((s - g) ** 2).sum())
show('content relative', ((s - g) ** 2).mean() / ((s - s.mean((1, 2), keepdim=True)) ** 2).mean())
n, c = 12, 5
d2 = ((gram(s) - gram(g)) ** 2).sum()
show('style gatys', d2 / (2 * n * c) ** 2); show('style per element', d2 / (2 * n * c)); show('style none', d2)
show('style gram relative', d2 / (gram(s) ** 2).sum())
def cov_cost(s, g):
    (cs, ms), (cg, mg) = cov(s), cov(g)
    return ((cg - cs) ** 2).sum() / (cs ** 2).sum() + ((mg - ms) ** 2).sum() / torch.diagonal(cs).sum()
s2, g2 = busy((1, 2, 3, 4), 0, 2, salt=3), busy((1, 2, 3, 4), 0, 2, salt=4)
show('style covariance relative, two layers', torch.stack([cov_cost(s, g), cov_cost(s2, g2)]))
show('style covariance none', ((cov(s)[0] - cov(g)[0]) ** 2).sum())
small = busy((1, 2, 3, 5), 0, 2, salt=2)
show('style size invariant', ((gram(small) / 6 - gram(g) / 12) ** 2).sum() / (2 * c) ** 2)
t = busy((1, 4, 5, 3), 0, 1)
show('total variation', ((t[:, 1:] - t[:, :-1]) ** 2).mean() + ((t[:, :, 1:] - t[:, :, :-1]) ** 2).mean())

def weights(folder):
    """tfjs manifest -> {name: array}; uint8 weights are w = q * scale + min."""
    raw = open(os.path.join(folder, 'ssd_mobilenetv1_model.bin'), 'rb').read(); at = 0; out = {}
    for group in json.load(open(os.path.join(folder, 'ssd_mobilenetv1_model-weights_manifest.json'))):
        for w in group['weights']:
            q = w.get('quantization'); dt = np.dtype(q['dtype'] if q else w['dtype']); count = int(np.prod(w['shape']))
            v = np.frombuffer(raw, dt, count, at); at += count * dt.itemsize
            out[w['name']] = torch.tensor((v.astype(np.float64) * q['scale'] + q['min'] if q else v.astype(np.float64)).reshape(w['shape']))
    return out
W = {k[len('MobilenetV1/'):]: v for k, v in weights(sys.argv[1]).items() if k.startswith('MobilenetV1/')}
def trunk(x):
    """x [1,H,W,3] in 0..1 -> c0..c11, batch norm as its own step, padding reflected: the definition, not our folding."""
    out = []; x = first(x) * 2 - 1
    for i in range(12):
        s = 2 if i in (0, 2, 4, 6) else 1
        need = [max((-(-n // s) - 1) * s + 3 - n, 0) for n in x.shape[2:]]
        x = F.pad(x, (need[1] // 2, need[1] - need[1] // 2, need[0] // 2, need[0] - need[0] // 2), mode='reflect')
        pointwise = W[f'Conv2d_{i}_pointwise/weights'].permute(3, 2, 0, 1); bias = W[f'Conv2d_{i}_pointwise/convolution_bn_offset']
        if i:
            bn = lambda k: W[f'Conv2d_{i}_depthwise/BatchNorm/{k}']
            x = F.conv2d(x, W[f'Conv2d_{i}_depthwise/depthwise_weights'].permute(2, 3, 0, 1), stride=s, groups=x.shape[1])
            x = F.batch_norm(x, bn('moving_mean'), bn('moving_variance'), bn('gamma'), bn('beta'), eps=1e-3).clamp(0, 6)
            x = F.conv2d(x, pointwise, bias).clamp(0, 6)
        else: x = F.conv2d(x, pointwise, bias, stride=s).clamp(0, 6)
        out.append(last(x))
    return out
def summary(x):
    """Mean, root mean square, and the values at five places: enough to notice any misplaced weight."""
    f = x.flatten(); at = [(k * 7919 + 13) % f.numel() for k in range(5)]
    return [float(f.mean()), float((f ** 2).mean().sqrt()), *(float(f[i]) for i in at)]
for i, x in enumerate(trunk(busy((1, 37, 48, 3), 0, 1))): print(f'trunk c{i}', list(x.shape), json.dumps([float('%.8g' % v) for v in summary(x)]))

def mulberry(seed, count):
    """packages/nodes/src/seeded.ts: heUniform's generator, whose state only counts on, so that all numbers come at once."""
    u = lambda v: np.asarray(v, np.uint64) & np.uint64(0xffffffff)
    def imul(a, b): return u(u(a) * u(b))
    h = imul(seed ^ 0x9e3779b9, 0x85ebca6b); h = imul(h ^ (h >> np.uint64(13)), 0xc2b2ae35); state = u(h ^ (h >> np.uint64(16)))
    st = u(state + u(np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x6d2b79f5)))
    t = imul(st ^ (st >> np.uint64(15)), st | np.uint64(1))
    t = u(t + imul(t ^ (t >> np.uint64(7)), t | np.uint64(61))) ^ t
    return (t ^ (t >> np.uint64(14))).astype(np.float64) / 4294967296
def he(shape, seed):
    fan = int(np.prod(shape[1:])); return torch.tensor((((mulberry(seed, int(np.prod(shape))) * 2 - 1) * np.sqrt(6 / fan)).astype(np.float32)).reshape(shape).astype(np.float64))
x = (first(busy((1, 34, 37, 3), 0, 1)) - torch.tensor([0.485, 0.456, 0.406]).view(1, 3, 1, 1)) / torch.tensor([0.229, 0.224, 0.225]).view(1, 3, 1, 1)
channels, at = 3, 0
for block, (count, width) in enumerate([(2, 64), (2, 128)], 1):
    for i in range(count):
        x = F.relu(F.conv2d(x, he((width, channels, 3, 3), 1900 + (at)), padding=1)); channels = width; at += 1
        print(f'vgg conv{block}_{i + 1}', list(x.shape), json.dumps([float('%.8g' % v) for v in summary(last(x))]))
    x = F.max_pool2d(x, 2); at += 1
    print(f'vgg pool{block}', list(x.shape), json.dumps([float('%.8g' % v) for v in summary(last(x))]))
