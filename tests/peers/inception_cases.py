#!/usr/bin/python3
"""Expected numbers of InceptionV3's first blocks, from PyTorch in float64, with batch norm as its own step.

  inception_cases.py packages/nodes/dist/weights      (needs python3-torch and python3-numpy; the folder is written by `npm run build`)

`published`: the stem without padding, maxima, zeros around the rest, as `tests/peers/inception-tfjs.mjs` prints from the whole network: the
two must agree, which says that the weights were cut out and joined as they belong. `styled`: reflected `same` padding and means, the form that
packages/nodes/src/networks/inception-v3.ts writes; packages/nodes/src/layers/feature-extractor.case.ts quotes its numbers.
"""
import json, os, sys
import numpy as np, torch, torch.nn.functional as F
torch.set_default_dtype(torch.float64)

def busy(shape, low=0.0, high=1.0, salt=1):
    i = np.arange(int(np.prod(shape)), dtype=np.int64)
    values = low + (high - low) * ((7 * i * i + 37 * i + 11 * salt) % 251) / 250
    return torch.tensor(values.astype(np.float32).astype(np.float64).reshape(shape))
def weights(folder, name='inception-v3-mixed2'):
    raw = open(os.path.join(folder, name + '.bin'), 'rb').read(); at = 0; out = {}
    for group in json.load(open(os.path.join(folder, name + '-weights_manifest.json'))):
        for w in group['weights']:
            q = w['quantization']; count = int(np.prod(w['shape']))
            out[w['name']] = torch.tensor((np.frombuffer(raw, np.uint8, count, at).astype(np.float64) * q['scale'] + q['min']).astype(np.float32).astype(np.float64).reshape(w['shape'])); at += count
    return out
W = weights(sys.argv[1])

def network(image, styled):
    def pad(x, k, s, same):
        if not (same or styled): return x
        need = [max((-(-n // s) - 1) * s + k - n, 0) for n in x.shape[2:]]
        by = (need[1] // 2, need[1] - need[1] // 2, need[0] // 2, need[0] - need[0] // 2)
        return F.pad(x, by, mode='reflect') if styled else F.pad(x, by)
    def conv(x, i, s=1, same=False):
        w = W[f'conv2d_{i}/kernel'].permute(3, 2, 0, 1)
        bn = lambda k: W[f'batch_normalization_{i}/{k}']
        x = F.conv2d(pad(x, w.shape[2], s, same), w, stride=s)
        return F.relu(F.batch_norm(x, bn('moving_mean'), bn('moving_variance'), None, bn('beta'), eps=1e-3))
    pool = lambda x: F.avg_pool2d(pad(x, 3, 2, False), 3, 2) if styled else F.max_pool2d(x, 3, 2)
    mean = lambda x: F.avg_pool2d(pad(x, 3, 1, True), 3, 1) if styled else F.avg_pool2d(x, 3, 1, 1, count_include_pad=False)
    out = {}; x = image.permute(0, 3, 1, 2) * 2 - 1
    for i in (1, 2, 3): x = conv(x, i, 2 if i == 1 else 1, same=i == 3); out[f'activation_{i}'] = x
    x = pool(x)
    for i in (4, 5): x = conv(x, i); out[f'activation_{i}'] = x
    x = pool(x)
    for block, f in enumerate((6, 13, 20)):
        c = lambda x, i: conv(x, i, same=True)
        x = torch.cat([c(x, f), c(c(x, f + 1), f + 2), c(c(c(x, f + 3), f + 4), f + 5), c(mean(x), f + 6)], 1)
        out[f'mixed{block}'] = x
    return out
def summary(x):
    """Mean, root mean square, and the values at five places: enough to notice any misplaced weight."""
    f = x.permute(0, 2, 3, 1).flatten(); at = [(k * 7919 + 13) % f.numel() for k in range(5)]
    return [float(f.mean()), float((f ** 2).mean().sqrt()), *(float(f[i]) for i in at)]
for label, shape, styled in (('published', (1, 95, 103, 3), False), ('styled', (1, 37, 48, 3), True)):
    for name, x in network(busy(shape), styled).items():
        n, c, h, w = x.shape
        print(label, name, [n, h, w, c], '[' + ', '.join('%.8g' % v for v in summary(x)) + ']')
