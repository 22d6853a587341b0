#!/usr/bin/python3
"""PyTorch peer of the VGG-19-shaped style step: the same losses, parametrisation and Adam on a network of the classic size.

WEIGHTS holds the filters of conv1_1 … conv5_1 as float32, one after the other, `[O,C,3,3]` each, so that both sides
compute the same numbers. There are no biases.

  bench/peers/vgg_step.py WEIGHTS CONTENT STYLE OUT.png [--width 256] [--steps 8] [--channels-last] [--threads N] [--json]
"""
import numpy as np, torch, torch.nn.functional as F
from style_loop import options, optimise

# Convolutions per block and their width (Simonyan & Zisserman, arXiv 1409.1556, column E), up to conv5_1.
BLOCKS = ((2, 64), (2, 128), (4, 256), (4, 512), (1, 512))
MEAN = torch.tensor([0.485, 0.456, 0.406]).view(1, 3, 1, 1); DEVIATION = torch.tensor([0.229, 0.224, 0.225]).view(1, 3, 1, 1)

def filters(path):
    raw = np.fromfile(path, np.float32); at = 0; channels = 3; out = {}
    for block, (count, width) in enumerate(BLOCKS, 1):
        for i in range(1, count + 1):
            n = width * channels * 9
            out[f'conv{block}_{i}'] = torch.tensor(raw[at:at + n].reshape(width, channels, 3, 3)); at += n; channels = width
    assert at == raw.size, f'{raw.size} weights given, {at} wanted'
    return out

def features(x):
    """x in [0,1], NCHW -> all convolutions' ReLU outputs."""
    out = {}; x = (x - MEAN) / DEVIATION
    for name, w in W.items():
        if name.endswith('_1') and name != 'conv1_1': x = F.max_pool2d(x, 2)
        x = F.relu(F.conv2d(x, w, padding=1), inplace=False); out[name] = x
    return out

a = options(__doc__, ['weights'])
W = {k: w.contiguous(memory_format=torch.channels_last) if a.channels_last else w for k, w in filters(a.weights).items()}
optimise(a, features, ('conv1_1', 'conv2_1', 'conv3_1', 'conv4_1', 'conv5_1'), 'conv4_2')
