"""Writes the tiny network of the worked examples of Network and RunNetwork as base64, and what onnx's own evaluation rules give for one picture.

python3 tests/peers/tiny_network.py (needs onnx and numpy): a convolution of stride 2 on [N,3,4,4], a ReLU, the mean over positions.
"""
import base64

import numpy as np
from onnx import TensorProto, helper, numpy_helper

w = (np.arange(2 * 3 * 3 * 3).reshape(2, 3, 3, 3) % 7 - 3).astype(np.float32) / 4
b = np.array([0.5, 1.0], np.float32)
nodes = [
    helper.make_node("Conv", ["x", "w", "b"], ["features"], "conv", kernel_shape=[3, 3], strides=[2, 2], pads=[1, 1, 1, 1]),
    helper.make_node("Relu", ["features"], ["active"], "relu"),
    helper.make_node("GlobalAveragePool", ["active"], ["pooled"], "pool"),
    helper.make_node("Flatten", ["pooled"], ["encoding"], "flat"),
]
ports = [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["N", 3, 4, 4])], [helper.make_tensor_value_info("encoding", TensorProto.FLOAT, ["N", 2])]
graph = helper.make_graph(nodes, "tiny", *ports, [numpy_helper.from_array(w, "w"), numpy_helper.from_array(b, "b")])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)])
model.ir_version = 7
print(base64.b64encode(model.SerializeToString()).decode())

# values k/47 in [1,4,4,3]
x = (np.arange(48).reshape(1, 4, 4, 3) / 47).astype(np.float32)
first = np.pad(x.transpose(0, 3, 1, 2), ((0, 0), (0, 0), (1, 1), (1, 1)))
out = np.zeros((1, 2, 2, 2), np.float32)
for o in range(2):
    for i in range(2):
        for j in range(2):
            out[0, o, i, j] = np.maximum((first[0, :, 2 * i : 2 * i + 3, 2 * j : 2 * j + 3] * w[o]).sum() + b[o], 0)
print(out.transpose(0, 2, 3, 1).tolist())
print(out.mean((2, 3)).tolist())
