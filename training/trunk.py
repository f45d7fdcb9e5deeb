"""The folded trunk of coco-ssd in torch: the same layers, in the same order, as src/vision runs."""
import json
import os

import numpy as np
import torch
import torch.nn.functional as F

SIZE = 300
FINE, COARSE = 'expanded_conv_13/expand/', 'MobilenetV2/Conv_1/'


class Trunk:
    def __init__(self, folder):
        self.meta = json.load(open(os.path.join(folder, 'trunk.json')))
        weights = np.fromfile(os.path.join(folder, 'trunk.bin'), np.float32)
        self.layers = []
        for layer in self.meta['layers']:
            if layer['kind'] == 'sum':
                self.layers.append((layer, None, None))
                continue
            at, shape = layer['filter']['at'], layer['filter']['shape']
            f = torch.from_numpy(weights[at:at + int(np.prod(shape))].reshape(shape).copy())
            f = f.permute(3, 2, 0, 1) if layer['kind'] == 'convolution' else f.permute(2, 3, 0, 1)
            b = torch.from_numpy(weights[layer['bias']['at']:][:layer['bias']['n']].copy())
            self.layers.append((layer, f.bfloat16().contiguous(memory_format=torch.channels_last), b.bfloat16()))
        names = [layer['name'] for layer in self.meta['layers']]
        self.fine = next(n for n in names if FINE in n)
        self.coarse = next(n for n in names if COARSE in n)

    def features(self, bgr):
        """N x 300 x 300 x 3 bytes to (N x 576 x 19 x 19, N x 1280 x 10 x 10)."""
        x = torch.from_numpy(np.ascontiguousarray(bgr[..., ::-1])).permute(0, 3, 1, 2).bfloat16() * (2 / 255.) - 1
        v = {self.meta['input']: x.contiguous(memory_format=torch.channels_last)}
        for layer, f, b in self.layers:
            if layer['kind'] == 'sum':
                v[layer['name']] = v[layer['inputs'][0]] + v[layer['inputs'][1]]
                continue
            y, (sh, sw), k = v[layer['input']], layer['stride'], f.shape[2]
            h, w = y.shape[2:]
            ph, pw = max((-(-h // sh) - 1) * sh + k - h, 0), max((-(-w // sw) - 1) * sw + k - w, 0)
            y = F.pad(y, (pw // 2, pw - pw // 2, ph // 2, ph - ph // 2))
            y = F.conv2d(y, f, b, stride=(sh, sw), groups=f.shape[0] if layer['kind'] == 'depthwise' else 1)
            v[layer['name']] = y.clamp_(0, 6) if layer['activation'] == 'relu6' else y
            if self.fine in v and self.coarse in v:
                return v[self.fine].float(), v[self.coarse].float()
