"""The head and how it learns.

    python3 head.py FOLDER_OF_FEATURES OUT.pt [EPOCHS] [LEARNED.pt]

With LEARNED.pt it goes on from that head, in smaller steps.
"""
import glob
import json
import os
import sys
import time

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

WIDTH, CELLS, UNIT = 128, 19, 60
KINDS = ['phone', 'book']
CELL = 300 / CELLS
BYTE = 6 / 255  # features are kept as bytes
CY, CX = torch.meshgrid((torch.arange(CELLS) + .5) * CELL, (torch.arange(CELLS) + .5) * CELL, indexing='ij')


class Head(nn.Module):
    """Per cell of a 19 x 19 grid and kind: presence (logit), centre (x, y) in cells, size (w, h) as logarithms of 60 pixels."""

    def __init__(self):
        super().__init__()
        self.fine, self.coarse = nn.Conv2d(576, WIDTH, 1), nn.Conv2d(1280, WIDTH, 1)
        wide = [2 * WIDTH, WIDTH, WIDTH]
        self.space = nn.ModuleList(nn.Conv2d(w, w, 3, padding=1, groups=w) for w in wide)
        self.mix = nn.ModuleList(nn.Conv2d(w, WIDTH, 1) for w in wide)
        self.answer = nn.Conv2d(WIDTH, 5 * len(KINDS), 1)
        self.drop = nn.Dropout2d(.2)
        nn.init.zeros_(self.answer.weight)
        self.answer.bias.data = torch.tensor([-4., 0, 0, 0, 0] * len(KINDS))

    def forward(self, fine, coarse):
        coarse = F.interpolate(F.relu6(self.coarse(self.drop(coarse))), size=(CELLS, CELLS), mode='nearest')
        x = torch.cat([F.relu6(self.fine(self.drop(fine))), coarse], 1)
        for space, mix in zip(self.space, self.mix):
            x = F.relu6(mix(F.relu6(space(x))))
        return self.answer(x)


def targets(boxes, kind):
    """Presence in the middle of each thing, nothing asked around it; where nobody could say, nothing is asked at all."""
    present, asked, box = torch.zeros(CELLS, CELLS), torch.ones(CELLS, CELLS), torch.zeros(4, CELLS, CELLS)
    for x0, y0, x1, y1, seen, what in boxes:
        w, h, mx, my = x1 - x0, y1 - y0, (x0 + x1) / 2, (y0 + y1) / 2
        if what != kind or w < 3 or h < 3:
            continue
        inside = ((CX - mx).abs() < max(w * .3, CELL * .55)) & ((CY - my).abs() < max(h * .3, CELL * .55))
        near = ((CX - mx).abs() < max(w * .55, CELL * 1.1)) & ((CY - my).abs() < max(h * .55, CELL * 1.1))
        asked[near & (present == 0)] = 0
        if seen < .35 or max(w, h) < 22:
            continue
        present[inside], asked[inside] = 1, 1
        size = torch.full_like(CX, float(np.log(w / UNIT))), torch.full_like(CX, float(np.log(h / UNIT)))
        box[:, inside] = torch.stack([(mx - CX) / CELL, (my - CY) / CELL, *size])[:, inside]
    return present, asked, box


def losses(out, present, asked, box):
    """Focal loss (Lin et al. 2017, gamma 2) for presence, smooth L1 for boxes; per cell in which there is something."""
    out = out.unflatten(1, (len(KINDS), 5))
    p = torch.sigmoid(out[:, :, 0])
    entropy = F.binary_cross_entropy_with_logits(out[:, :, 0], present, reduction='none')
    focal = (entropy * torch.where(present > 0, (1 - p) ** 2 * .75, p ** 2 * .5) * asked).sum((0, 2, 3))
    where = (F.smooth_l1_loss(out[:, :, 1:], box, reduction='none', beta=.3) * present[:, :, None]).sum((0, 2, 3, 4))
    cells = present.sum((0, 2, 3)).clamp(min=1)
    return (focal / cells).sum(), (where / cells).sum()


def load(folder):
    paths = sorted(glob.glob(os.path.join(folder, 'c*.npz')))
    sizes = [len(json.load(open(path[:-3] + 'json'))) for path in paths]
    fine = torch.zeros(sum(sizes), CELLS, CELLS, 576, dtype=torch.uint8)  # 13 GB for 40,000 pictures: no second copy
    coarse = torch.zeros(sum(sizes), 10, 10, 1280, dtype=torch.uint8)
    wanted, at = [], 0
    for path, size in zip(paths, sizes):
        with np.load(path) as z:
            fine[at:at + size], coarse[at:at + size] = torch.from_numpy(z['f16']), torch.from_numpy(z['f32'])
        for boxes in json.load(open(path[:-3] + 'json')):
            of = [targets(boxes, kind) for kind in range(len(KINDS))]
            wanted.append([torch.stack(q) for q in zip(*of)])
        at += size
    return fine, coarse, *(torch.stack(q) for q in zip(*wanted))


def main(folder, out, epochs=7, learned=None, batch=32):
    torch.manual_seed(1)
    fine, coarse, present, asked, box = load(folder)
    order = torch.randperm(len(present))
    check, learn = order[:len(order) // 20], order[len(order) // 20:]
    net = Head().to(memory_format=torch.channels_last)
    if learned:
        net.load_state_dict(torch.load(learned))
    steps = epochs * (len(learn) // batch)
    optimiser = torch.optim.AdamW(net.parameters(), lr=2e-3, weight_decay=5e-2)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 1.5e-3 if learned else 3e-3, total_steps=steps)

    def run(j):
        with torch.autocast('cpu', dtype=torch.bfloat16):
            a, b = (q[j].permute(0, 3, 1, 2).bfloat16() * BYTE for q in (fine, coarse))
            return net(a, b).float()

    started = time.time()
    for epoch in range(epochs):
        net.train()
        for i in range(0, len(learn) - batch + 1, batch):
            if i == 0:
                learn = learn[torch.randperm(len(learn))]
            j = learn[i:i + batch]
            there, where = losses(run(j), present[j], asked[j], box[j])
            optimiser.zero_grad()
            (there + .5 * where).backward()
            nn.utils.clip_grad_norm_(net.parameters(), 5.)
            optimiser.step()
            schedule.step()
        net.eval()
        with torch.no_grad():
            lost = [losses(run(j), present[j], asked[j], box[j])[0].item() for j in check.split(64)]
        print(f'epoch {epoch}: {np.mean(lost):.3f} on pictures kept back, {time.time() - started:.0f} s', flush=True)
        torch.save(net.state_dict(), out)


if __name__ == '__main__':
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 7, sys.argv[4] if len(sys.argv) > 4 else None)
