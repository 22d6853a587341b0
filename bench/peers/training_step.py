#!/usr/bin/python3
"""PyTorch peer of a training step: the same encoder, triplet loss and Adam, eagerly, from the same batch and weights.

NET is JSON as bench/src/training-net.ts describes it, with learningRate; BATCH and PARAMS are raw float32: pictures (signals,
volumes) channels last, and filters and bias layer by layer.

  bench/peers/training_step.py NET BATCH PARAMS [--steps 40] [--channels-last | --channels-first] [--threads N] [--json]
"""
import argparse, json, os, statistics, time
import numpy as np, torch, torch.nn as nn, torch.nn.functional as F

ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
for name in ('net', 'batch', 'params'): ap.add_argument(name)
ap.add_argument('--steps', type=int, default=40); ap.add_argument('--threads', type=int, default=os.cpu_count()); ap.add_argument('--json', action='store_true')
ap.add_argument('--channels-last', action='store_true', help='of rank 2: the other memory format'); ap.add_argument('--channels-first', action='store_true')
a = ap.parse_args()
torch.set_num_threads(a.threads)
net = json.loads(a.net); rank, side, batch = net['rank'], net['side'], net['batch']

layers, channels = [], net['channels']
for filters in net['filters']:
    layers += [getattr(nn, f'Conv{rank}d')(channels, filters, net['kernel'], padding=net['kernel'] // 2), nn.ReLU(), getattr(nn, f'MaxPool{rank}d')(2)]
    channels = filters
layers += [nn.Flatten(), nn.Linear(channels * (side >> len(net['filters'])) ** rank, net['dense'])]
model = nn.Sequential(*layers)

flat = torch.from_numpy(np.fromfile(a.params, np.float32)); at = 0
with torch.no_grad():
    for p in model.parameters(): p.copy_(flat[at:at + p.numel()].view(p.shape)); at += p.numel()
assert at == flat.numel(), f'{flat.numel()} weights given, {at} wanted'
x = torch.from_numpy(np.fromfile(a.batch, np.float32)).view(batch, *[side] * rank, net['channels'])
x = x.permute(0, rank + 1, *range(1, rank + 1)).contiguous()
if a.channels_last: model, x = model.to(memory_format=torch.channels_last), x.contiguous(memory_format=torch.channels_last)

opt, times = torch.optim.Adam(model.parameters(), lr=net['learningRate']), []
for step in range(a.steps):
    t0 = time.perf_counter()
    anchor, positive, negative = model(x).chunk(3)
    loss = F.relu(((anchor - positive) ** 2).sum(1) - ((anchor - negative) ** 2).sum(1) + 1).mean()
    opt.zero_grad(); loss.backward(); opt.step(); last = loss.item()
    times.append(time.perf_counter() - t0)
print(json.dumps(dict(seconds_per_step=statistics.median(times[3:]), last=last)))
