#!/usr/bin/python3
"""PyTorch reference of the default style transfer: the peer that `npm run bench` times the style step against.

Weights: the SSD-MobileNetV1 trunk out of the npm package @vladmandic/face-api (node_modules/@vladmandic/face-api/model).

  bench/peers/style_reference.py MODEL_DIR CONTENT STYLE OUT.png [--width 256] [--steps 250] [--alpha 0.01] [--lr 0.15]
                                 [--params pyramid|pixels] [--statistic covariance|gram] [--jitter 4] [--threads N] [--json]
"""
import json, os
import numpy as np, torch, torch.nn.functional as F
from style_loop import options, optimise

def weights(folder):
    """tfjs manifest -> {name: array}; uint8 weights are w = q * scale + min."""
    raw = open(os.path.join(folder, 'ssd_mobilenetv1_model.bin'), 'rb').read(); at = 0; out = {}
    for group in json.load(open(os.path.join(folder, 'ssd_mobilenetv1_model-weights_manifest.json'))):
        for w in group['weights']:
            q = w.get('quantization'); dt = np.dtype(q['dtype'] if q else w['dtype']); n = int(np.prod(w['shape']))
            v = np.frombuffer(raw, dt, n, at); at += n * dt.itemsize
            out[w['name']] = (v.astype(np.float32) * q['scale'] + q['min'] if q else v.copy()).reshape(w['shape'])
    return out

def trunk(folder):
    """Convolutions 0…7 with batch norm folded into the depthwise filters."""
    W = {k[len('MobilenetV1/'):]: v for k, v in weights(folder).items() if k.startswith('MobilenetV1/')}
    t = lambda k, perm=None: torch.tensor(np.ascontiguousarray(W[k].transpose(perm) if perm else W[k]))
    layers = [(t('Conv2d_0_pointwise/weights', (3, 2, 0, 1)), t('Conv2d_0_pointwise/convolution_bn_offset'))]
    for i in range(1, 8):
        p = f'Conv2d_{i}_depthwise/'; bn = lambda k: t(p + 'BatchNorm/' + k)
        scale = bn('gamma') / (bn('moving_variance') + 1e-3).sqrt()
        layers.append((t(p + 'depthwise_weights', (2, 3, 0, 1)) * scale.view(-1, 1, 1, 1), bn('beta') - bn('moving_mean') * scale,
                       t(f'Conv2d_{i}_pointwise/weights', (3, 2, 0, 1)), t(f'Conv2d_{i}_pointwise/convolution_bn_offset')))
    return layers

def pad_same(x, k, s):
    """TensorFlow 'same' padding, reflected."""
    need = [max((-(-n // s) - 1) * s + k - n, 0) for n in x.shape[2:]]
    if not any(need): return x
    (h, w) = need
    return F.pad(x, (w // 2, w - w // 2, h // 2, h - h // 2), mode='reflect')

STRIDE2 = {2, 4, 6}
def features(x):
    """x in [0,1], NCHW -> {c0..c7}: ReLU6 outputs of Conv2d_0 and of each pointwise convolution."""
    out = {}; x = x * 2 - 1
    x = F.conv2d(pad_same(x, 3, 2), *layers[0], 2).clamp(0, 6); out['c0'] = x
    for i, (dw, db, pw, pb) in enumerate(layers[1:], 1):
        s = 2 if i in STRIDE2 else 1
        x = F.conv2d(pad_same(x, 3, s), dw, db, s, groups=x.shape[1]).clamp(0, 6)
        x = F.conv2d(x, pw, pb).clamp(0, 6); out[f'c{i}'] = x
    return out

a = options(__doc__, ['model_dir'])
layers = trunk(a.model_dir)
optimise(a, features, ('c0', 'c1', 'c3', 'c5', 'c7'), 'c4')
