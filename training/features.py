"""Composes pictures by seed and keeps the trunk's features of them, as bytes (0 to 6 in 255 steps).

    python3 features.py FIRST_SEED COUNT FOLDER
"""
import json
import os
import sys

import cv2
import numpy as np
import torch

from photos import composer
from trunk import Trunk

CHUNK, BATCH = 500, 10


def main(first, count, out):
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    os.makedirs(out, exist_ok=True)
    compose, trunk = composer('work/pictures'), Trunk('work/trunk')
    for start in range(first, first + count, CHUNK):
        fine = np.zeros((CHUNK, 19, 19, 576), np.uint8)
        coarse = np.zeros((CHUNK, 10, 10, 1280), np.uint8)
        boxes = []
        for i in range(0, CHUNK, BATCH):
            pictures = []
            for seed in range(start + i, start + i + BATCH):
                picture, found = compose(seed)
                pictures.append(picture)
                boxes.append([[float(q) for q in box] for box in found])
            with torch.no_grad():
                a, b = trunk.features(np.stack(pictures))
            fine[i:i + BATCH] = (a.permute(0, 2, 3, 1) * (255 / 6)).round().byte().numpy()
            coarse[i:i + BATCH] = (b.permute(0, 2, 3, 1) * (255 / 6)).round().byte().numpy()
        np.savez(os.path.join(out, f'c{start:07d}.npz'), f16=fine, f32=coarse)
        json.dump(boxes, open(os.path.join(out, f'c{start:07d}.json'), 'w'))
        print(start + CHUNK - first, 'of', count, flush=True)


if __name__ == '__main__':
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
