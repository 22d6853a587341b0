#!/usr/bin/python3
"""Small networks of the families that classifiers and face encoders come from, exported by PyTorch with what it computes.

  networks.py FOLDER      (needs python3-torch and python3-onnx)

Writes FOLDER/<family>/model.onnx with test_data_set_0, the layout of ONNX's own test cases; tests/networks.test.ts and
`patchbay conformance` read it. gradient_0.pb is that of Σ w·output with w from −1 to 1 with respect to the input.
Weights are seeded; each family has another operator set.
"""
import os, sys, warnings
import numpy as np, onnx, torch, torch.nn as nn, torch.nn.functional as F
from onnx import numpy_helper

warnings.filterwarnings('ignore')


class Vgg(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(nn.Conv2d(3, 4, 3, padding=1), nn.ReLU(True), nn.Conv2d(4, 6, 3, padding=1), nn.ReLU(True), nn.MaxPool2d(2, 2), nn.Conv2d(6, 8, 3, padding=1), nn.ReLU(True), nn.MaxPool2d(2, 2))
        self.pool = nn.AdaptiveAvgPool2d((2, 2))
        self.classifier = nn.Sequential(nn.Linear(32, 12), nn.ReLU(True), nn.Dropout(), nn.Linear(12, 5))

    def forward(self, x):
        return self.classifier(torch.flatten(self.pool(self.features(x)), 1))


class Fire(nn.Module):
    def __init__(self, c, s, e):
        super().__init__()
        self.s, self.a, self.b = nn.Conv2d(c, s, 1), nn.Conv2d(s, e, 1), nn.Conv2d(s, e, 3, padding=1)

    def forward(self, x):
        x = F.relu(self.s(x))
        return torch.cat([F.relu(self.a(x)), F.relu(self.b(x))], 1)


class SqueezeNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(nn.Conv2d(3, 6, 3, stride=2), nn.ReLU(True), nn.MaxPool2d(3, 2, ceil_mode=True), Fire(6, 3, 4), nn.MaxPool2d(3, 2, ceil_mode=True), Fire(8, 3, 5))
        self.classifier = nn.Sequential(nn.Dropout(), nn.Conv2d(10, 7, 1), nn.ReLU(True), nn.AdaptiveAvgPool2d((1, 1)))

    def forward(self, x):
        return F.softmax(torch.flatten(self.classifier(self.features(x)), 1), 1)


class Bottleneck(nn.Module):
    def __init__(self, c, w, o, stride):
        super().__init__()
        self.body = nn.Sequential(nn.Conv2d(c, w, 1, bias=False), nn.BatchNorm2d(w), nn.ReLU(), nn.Conv2d(w, w, 3, stride, 1, bias=False), nn.BatchNorm2d(w), nn.ReLU(), nn.Conv2d(w, o, 1, bias=False), nn.BatchNorm2d(o))
        self.down = nn.Sequential(nn.Conv2d(c, o, 1, stride, bias=False), nn.BatchNorm2d(o))

    def forward(self, x):
        return F.relu(self.body(x) + self.down(x))


class ResNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, 4, 7, 2, 3, bias=False), nn.BatchNorm2d(4), nn.ReLU(), nn.MaxPool2d(3, 2, 1))
        self.layer1, self.layer2 = Bottleneck(4, 3, 8, 1), Bottleneck(8, 4, 10, 2)
        self.fc = nn.Linear(10, 6)

    def forward(self, x):
        return self.fc(torch.flatten(F.adaptive_avg_pool2d(self.layer2(self.layer1(self.stem(x))), 1), 1))


class Inverted(nn.Module):
    def __init__(self, c, w, o, stride, act, squeeze=False):
        super().__init__()
        self.up = nn.Sequential(nn.Conv2d(c, w, 1, bias=False), nn.BatchNorm2d(w), act())
        self.depth = nn.Sequential(nn.Conv2d(w, w, 3, stride, 1, groups=w, bias=False), nn.BatchNorm2d(w), act())
        self.squeeze = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Conv2d(w, 2, 1), nn.ReLU(), nn.Conv2d(2, w, 1), nn.Hardsigmoid()) if squeeze else None
        self.down = nn.Sequential(nn.Conv2d(w, o, 1, bias=False), nn.BatchNorm2d(o))
        self.same = stride == 1 and c == o

    def forward(self, x):
        y = self.depth(self.up(x))
        if self.squeeze is not None:
            y = y * self.squeeze(y)
        y = self.down(y)
        return x + y if self.same else y


class MobileNet(nn.Module):
    def __init__(self, act, squeeze):
        super().__init__()
        self.body = nn.Sequential(nn.Conv2d(3, 4, 3, 2, 1, bias=False), nn.BatchNorm2d(4), act(), Inverted(4, 8, 6, 2, act, squeeze), Inverted(6, 8, 6, 1, act, squeeze))
        self.classifier = nn.Sequential(nn.Linear(6, 8), act(), nn.Dropout(0.2), nn.Linear(8, 5))

    def forward(self, x):
        return self.classifier(self.body(x).mean([2, 3]))


class Inception(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem, self.lrn = nn.Conv2d(3, 6, 3, 2), nn.LocalResponseNorm(5, 1e-2, 0.75, 1.0)
        self.a, self.b1, self.b2, self.b3 = nn.Conv2d(6, 3, 1), nn.Conv2d(6, 3, 1), nn.Conv2d(3, 3, (1, 7), padding=(0, 3)), nn.Conv2d(3, 4, (7, 1), padding=(3, 0))
        self.p, self.fc = nn.Conv2d(6, 3, 1), nn.Linear(10, 4)

    def forward(self, x):
        x = x * 2 - 1
        x = self.lrn(F.relu(self.stem(x)))
        b = F.relu(self.b3(F.relu(self.b2(F.relu(self.b1(x))))))
        p = F.relu(self.p(F.avg_pool2d(x, 3, 1, 1, count_include_pad=False)))
        x = F.max_pool2d(torch.cat([F.relu(self.a(x)), b, p], 1), 3, 2)
        return torch.sigmoid(self.fc(torch.flatten(F.avg_pool2d(x, 5), 1)))


class ArcFace(nn.Module):
    """BN–Conv–BN–PReLU–Conv–BN blocks, then BN–Dropout–Linear–BN and unit length."""
    def __init__(self):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, 4, 3, 1, 1, bias=False), nn.BatchNorm2d(4), nn.PReLU(4))
        self.body = nn.Sequential(nn.BatchNorm2d(4), nn.Conv2d(4, 6, 3, 1, 1, bias=False), nn.BatchNorm2d(6), nn.PReLU(6), nn.Conv2d(6, 6, 3, 2, 1, bias=False), nn.BatchNorm2d(6))
        self.down = nn.Sequential(nn.Conv2d(4, 6, 1, 2, bias=False), nn.BatchNorm2d(6))
        self.head, self.fc, self.last = nn.Sequential(nn.BatchNorm2d(6), nn.Dropout(0.4)), nn.Linear(6 * 7 * 7, 8), nn.BatchNorm1d(8)

    def forward(self, x):
        x = self.stem((x - 0.5) / 0.5)
        x = self.head(self.body(x) + self.down(x))
        return F.normalize(self.last(self.fc(x.view(x.size(0), -1))))


class Shuffle(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem, self.a, self.b, self.c, self.fc = nn.Conv2d(3, 8, 3, 2, 1), nn.Conv2d(4, 4, 1), nn.Conv2d(4, 4, 3, 1, 1, groups=4), nn.Conv2d(8, 8, 1, groups=2), nn.Linear(8, 4)

    def forward(self, x):
        x = F.leaky_relu(self.stem(F.pad(x, (1, 0, 1, 0))))
        left, right = x.chunk(2, 1)
        x = torch.cat([left, F.relu(self.b(F.relu(self.a(right))))], 1)
        n, c, h, w = x.shape
        x = x.view(n, 2, c // 2, h, w).transpose(1, 2).reshape(n, c, h, w)
        return F.log_softmax(self.fc(F.elu(self.c(x)).mean((2, 3))), -1)


class Decoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.down, self.norm, self.up, self.inorm, self.out = nn.Conv2d(3, 4, 3, 2, 1, padding_mode='reflect'), nn.GroupNorm(2, 4), nn.ConvTranspose2d(4, 4, 3, 2, 1, 1), nn.InstanceNorm2d(4, affine=True), nn.Conv2d(4, 2, 3, padding=2, dilation=2)

    def forward(self, x):
        y = F.silu(self.norm(self.down(x)))
        y = torch.tanh(self.inorm(self.up(y)))
        y = F.interpolate(y, scale_factor=2, mode='nearest')
        y = F.interpolate(y, size=(21, 19), mode='bilinear', align_corners=False)
        return F.interpolate(self.out(y), size=(9, 11), mode='bicubic', align_corners=True)


class ConvNext(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem, self.depth, self.norm = nn.Conv2d(3, 6, 4, 4), nn.Conv2d(6, 6, 7, padding=3, groups=6), nn.LayerNorm(6)
        self.one, self.two, self.gamma = nn.Linear(6, 12), nn.Linear(12, 6), nn.Parameter(torch.full((6,), 0.3))

    def forward(self, x):
        x = self.stem(x)
        y = self.norm(self.depth(x).permute(0, 2, 3, 1))
        y = self.gamma * self.two(F.gelu(self.one(y)))
        return (x + y.permute(0, 3, 1, 2)).amax((2, 3))


class Signal(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.b, self.fc = nn.Conv1d(2, 4, 5, 2, 2), nn.Conv1d(4, 4, 3, dilation=2), nn.Linear(4, 3)

    def forward(self, x):
        y = F.softplus(F.max_pool1d(F.relu(self.a(x)), 2))
        return self.fc(F.hardtanh(self.b(y), -2, 2).norm(dim=2))


class Volume(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.bn, self.b = nn.Conv3d(1, 3, 3, padding=1), nn.BatchNorm3d(3), nn.Conv3d(3, 4, 3, stride=2)

    def forward(self, x):
        return self.b(F.avg_pool3d(F.relu(self.bn(self.a(x))), 2)).mean((2, 3, 4))


image = (2, 3, 24, 24)
FAMILIES = {
    'vgg': (Vgg, (2, 3, 16, 16), 9, {}),
    'squeezenet': (SqueezeNet, (2, 3, 32, 32), 11, {}),
    'resnet': (ResNet, image, 13, dict(training=torch.onnx.TrainingMode.PRESERVE, do_constant_folding=False)),
    'mobilenet-v2': (lambda: MobileNet(nn.ReLU6, False), image, 12, {}),
    'mobilenet-v3': (lambda: MobileNet(nn.Hardswish, True), image, 14, dict(training=torch.onnx.TrainingMode.PRESERVE, do_constant_folding=False)),
    'inception': (Inception, image, 10, {}),
    'arcface': (ArcFace, (2, 3, 14, 14), 17, dict(training=torch.onnx.TrainingMode.PRESERVE, do_constant_folding=False)),
    'shufflenet': (Shuffle, (2, 3, 14, 14), 8, {}),
    'decoder': (Decoder, (2, 3, 12, 12), 16, {}),
    'convnext': (ConvNext, (2, 3, 16, 16), 17, {}),
    'signal': (Signal, (3, 2, 40), 15, {}),
    'volume': (Volume, (2, 1, 10, 10, 10), 7, {}),
}
FIXED_BATCH = {'shufflenet', 'volume', 'decoder'}


def write(folder, name, make, shape, opset, options):
    torch.manual_seed(7)
    model = make()
    for m in model.modules():
        if isinstance(m, (nn.BatchNorm1d, nn.BatchNorm2d, nn.BatchNorm3d)):
            m.running_mean.normal_(0, 0.3)
            m.running_var.uniform_(0.5, 1.5)
            m.weight.data.uniform_(0.5, 1.5)
            m.bias.data.normal_(0, 0.3)
    model.eval()
    x = torch.rand(shape).requires_grad_()
    y = model(x)
    (y * torch.linspace(-1, 1, y.numel()).reshape(y.shape)).sum().backward()
    path = os.path.join(folder, name)
    data = os.path.join(path, 'test_data_set_0')
    os.makedirs(data, exist_ok=True)
    axes = {} if name in FIXED_BATCH else {'input': {0: 'n'}}
    file = os.path.join(path, 'model.onnx')
    torch.onnx.export(model, x.detach(), file, opset_version=opset, input_names=['input'], output_names=['output'], dynamic_axes=axes, **options)
    saved = onnx.load(file)
    for node in saved.graph.node:
        node.doc_string = ''
    onnx.save(saved, file)
    for what, value in (('input', x), ('output', y), ('gradient', x.grad)):
        with open(os.path.join(data, f'{what}_0.pb'), 'wb') as f:
            f.write(numpy_helper.from_array(value.detach().numpy(), what).SerializeToString())
    print(name, 'opset', opset, sorted({n.op_type for n in saved.graph.node}), os.path.getsize(file))


if __name__ == '__main__':
    for name, (make, shape, opset, options) in FAMILIES.items():
        write(sys.argv[1], name, make, shape, opset, options)
