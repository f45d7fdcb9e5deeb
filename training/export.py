"""Writes the trained head for the product: head.json (layers) and weights.bin (16-bit whole numbers, one scale an array).

    python3 export.py HEAD.pt FOLDER VERSION
"""
import json
import os
import sys

import numpy as np
import torch

from head import CELLS, KINDS, UNIT, Head
from trunk import Trunk


def main(trained, out, version):
    net = Head()
    net.load_state_dict(torch.load(trained))
    trunk = Trunk('work/trunk')
    arrays, layers = [], []

    def put(values):
        values = np.asarray(values, np.float64).ravel()
        scale = float(max(1e-12, np.abs(values).max()) / 32767)
        at = sum(len(a) for a in arrays)
        arrays.append(np.round(values / scale).astype('<i2'))
        return at, scale

    def convolution(module, name, source, activation='relu6'):
        depthwise = module.groups > 1
        weights = module.weight.detach().numpy().transpose((2, 3, 0, 1) if depthwise else (2, 3, 1, 0))
        at, scale = put(weights)
        bias_at, bias_scale = put(module.bias.detach().numpy())
        layers.append(dict(kind='depthwise' if depthwise else 'convolution', name=name, input=source,
                           shape=list(weights.shape), at=at, scale=scale, biasAt=bias_at, biasScale=bias_scale,
                           activation=activation))
        return name

    fine = convolution(net.fine, 'desk-head/fine', trunk.fine)
    coarse = convolution(net.coarse, 'desk-head/coarse', trunk.coarse)
    layers.append(dict(kind='widen', name='desk-head/coarse-wide', input=coarse, size=CELLS))
    layers.append(dict(kind='join', name='desk-head/both', inputs=[fine, 'desk-head/coarse-wide']))
    at = 'desk-head/both'
    for i, (space, mix) in enumerate(zip(net.space, net.mix), 1):
        at = convolution(mix, f'desk-head/mix-{i}', convolution(space, f'desk-head/space-{i}', at))
    answer = convolution(net.answer, 'desk-head/answer', at, 'linear')
    json.dump(dict(schema=2, name='desk-head', version=version, trunk='coco-ssd@2-lite-mobilenet-v2', cells=CELLS, kinds=KINDS,
                   unitSize=UNIT / 300, output=answer, layers=layers),
              open(os.path.join(out, 'head.json'), 'w'), indent=2)
    np.concatenate(arrays).tofile(os.path.join(out, 'weights.bin'))


if __name__ == '__main__':
    main(sys.argv[1], sys.argv[2], sys.argv[3])
