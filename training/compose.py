"""Pictures to learn from: a photograph, sometimes with phones or books, held or lying, sometimes with what is mistaken for them."""
import glob
import os

import cv2
import numpy as np

import phones as P
import worn
from books import book

SIZE = 300
PHONE, BOOK = 0, 1  # the kind of a box
CUT = .22  # share of what is laid in that the picture's edge cuts off


def load_photos(paths, longest=700):
    out = []
    for p in paths:
        im = cv2.imread(p, cv2.IMREAD_COLOR)
        if im is None or min(im.shape[:2]) < 120:
            continue
        s = longest / max(im.shape[:2])
        if s < 1:
            im = cv2.resize(im, None, fx=s, fy=s, interpolation=cv2.INTER_AREA)
        out.append(im)
    return out


def load_cutouts(folder):
    out = []
    for p in sorted(glob.glob(os.path.join(folder, '**', 'p*.png'), recursive=True)):
        im = cv2.imread(p, cv2.IMREAD_UNCHANGED)
        if im is None or im.ndim != 3 or im.shape[2] != 4:
            continue
        s = 420 / max(im.shape[:2])
        im = cv2.resize(im, None, fx=min(1, s), fy=min(1, s), interpolation=cv2.INTER_AREA)
        out.append((p, im))
    return out


def background(rng, photos, people):
    src = people if rng.random() < 0.8 else photos
    if rng.random() < 0.07:  # a bare wall
        c = P.body_colour(rng) * .4 + rng.uniform(90, 150)
        return np.clip(np.ones((SIZE, SIZE, 3)) * c * P.ramp(rng, SIZE, SIZE, .25), 0, 255).astype(np.uint8)
    p = src[rng.integers(len(src))]
    H, W = p.shape[:2]
    aspect = np.exp(rng.uniform(-.35, .35))
    side = min(H, W) * rng.uniform(0.35, 1.0) if rng.random() < .6 else min(H, W)
    h, w = min(H, side * aspect), min(W, side / aspect)
    h, w = int(max(60, h)), int(max(60, w))
    y, x = rng.integers(0, H - h + 1), rng.integers(0, W - w + 1)
    im = cv2.resize(p[y:y + h, x:x + w], (SIZE, SIZE), interpolation=cv2.INTER_AREA)
    return im[:, ::-1].copy() if rng.random() < .5 else im


def pose(rng, w, h, longest, lies=False):
    """Corners of a w x h card turned in space, seen from a short distance; scaled so that its longest side is `longest`."""
    yaw, pitch = rng.normal(0, 22), rng.normal(0, 22) - (45 if lies else 0)
    roll = rng.choice([0, 90, 180, 270], p=[.5, .2, .1, .2]) + rng.normal(0, 18) if rng.random() < .7 else rng.uniform(0, 360)
    ya, pi, ro = np.radians(np.clip(yaw, -62, 62)), np.radians(np.clip(pitch, -62, 62)), np.radians(roll)
    Ry = np.array([[np.cos(ya), 0, np.sin(ya)], [0, 1, 0], [-np.sin(ya), 0, np.cos(ya)]])
    Rx = np.array([[1, 0, 0], [0, np.cos(pi), -np.sin(pi)], [0, np.sin(pi), np.cos(pi)]])
    Rz = np.array([[np.cos(ro), -np.sin(ro), 0], [np.sin(ro), np.cos(ro), 0], [0, 0, 1]])
    c = np.array([[-w, -h, 0], [w, -h, 0], [w, h, 0], [-w, h, 0]], float) / 2
    t = h * .05
    q = np.concatenate([c, c + [0, 0, t]]) @ (Rz @ Rx @ Ry).T
    f = h * rng.uniform(1.8, 4)
    q = q[:, :2] * (f / (f + q[:, 2:]))
    aspect = np.exp(rng.uniform(-.34, .34))  # a picture squeezed into a square narrows what is in it, or widens it
    q[:, 0] /= aspect
    span = np.ptp(q[:4], axis=0)
    return q * (longest / max(span))


def over(im, rgb, a):
    a = a[..., None]
    im[:] = im * (1 - a) + rgb * a


def warp(card, quad):
    """The card as it lies in the picture: colours and opacity, SIZE x SIZE."""
    h, w = card.shape[:2]
    s = max(np.linalg.norm(quad[0] - quad[1]) / w, np.linalg.norm(quad[1] - quad[2]) / h)
    pre = card.astype(np.float32)
    pre[..., :3] *= pre[..., 3:] / 255
    # made smaller before it is laid in, so that a small phone is not a shower of dots
    if s < .7:
        pre = cv2.resize(pre, (max(6, int(w * s * 1.3)), max(6, int(h * s * 1.3))), interpolation=cv2.INTER_AREA)
        h, w = pre.shape[:2]
    M = cv2.getPerspectiveTransform(np.float32([[0, 0], [w, 0], [w, h], [0, h]]), np.float32(quad))
    o = cv2.warpPerspective(pre, M, (SIZE, SIZE), flags=cv2.INTER_LINEAR)
    a = o[..., 3] / 255
    return o[..., :3] / np.maximum(a[..., None], np.float32(1e-3)), a


SKIN = [(150, 180, 225), (130, 165, 215), (110, 145, 200), (90, 125, 180), (70, 100, 150), (50, 75, 115), (38, 52, 82), (165, 190, 230), (120, 140, 200)]


def capsule(a, b, ra, rb):
    """Where a tapering finger is: its window in the picture, its mask, and its roundness (0 edge .. 1 ridge)."""
    r = max(ra, rb) * 1.6 + 3
    x0, y0 = (int(max(0, np.floor(min(a[i], b[i]) - r))) for i in (0, 1))
    x1, y1 = (int(min(SIZE, np.ceil(max(a[i], b[i]) + r))) for i in (0, 1))
    if x1 <= x0 or y1 <= y0:
        return None
    y, x = np.mgrid[y0:y1, x0:x1].astype(np.float32)
    d = np.float32(b) - np.float32(a)
    L = max(1e-3, float(d @ d))
    t = np.clip(((x - np.float32(a[0])) * d[0] + (y - np.float32(a[1])) * d[1]) / L, 0, 1)
    r = np.float32(ra) + np.float32(rb - ra) * t
    dist = np.hypot(x - np.float32(a[0]) - t * d[0], y - np.float32(a[1]) - t * d[1])
    m = np.clip((r - dist) / 1.2 + .5, 0, 1)
    ridge = np.sqrt(np.clip(1 - (dist / np.maximum(r, .1)) ** 2, 0, 1))
    return (slice(y0, y1), slice(x0, x1)), m, ridge


class Hand:
    def __init__(self, rng):
        c = np.array(SKIN[rng.integers(len(SKIN))], float)
        self.skin = np.clip(c * rng.uniform(.7, 1.15) + rng.normal(0, 6, 3), 5, 250)
        self.rng = rng
        self.side = rng.uniform(-.35, .35)

    def limb(self, im, a, b, ra, rb, dark=0.):
        limb = capsule(a, b, ra, rb)
        if limb is None:
            return
        at, m, ridge = limb
        part = im[at]
        shade = (0.62 - dark) + 0.42 * ridge
        sh = cv2.GaussianBlur(m, (0, 0), min(12., max(1., ra * .4)))
        part *= 1 - .25 * np.clip(sh - m, 0, 1)[..., None]  # it throws a soft shadow
        over(part, np.float32(self.skin) * shade[..., None], m)

    def behind(self, im, quad):
        """Palm and forearm, under the object."""
        rng = self.rng
        c = quad[:4].mean(0)
        e = rng.integers(4)
        mid = (quad[e] + quad[(e + 1) % 4]) / 2
        out = mid - c
        n = out / (np.linalg.norm(out) + 1e-6)
        size = min(np.linalg.norm(quad[1] - quad[0]), np.linalg.norm(quad[2] - quad[1])) * rng.uniform(.85, 1.25)
        self.u, self.mid, self.edge, self.size, self.c = n, mid, e, size, c
        down = n * .6 + np.array([rng.uniform(-.6, .6), 1.]) * .7
        down /= np.linalg.norm(down)
        palm = mid + n * size * rng.uniform(-.1, .3)
        self.palm = palm
        wrist = palm + down * size * rng.uniform(.7, 1.2)
        sleeve = rng.random() < .5
        skin = self.skin
        if sleeve:
            self.skin = P.body_colour(rng)
        self.limb(im, wrist, wrist + down * min(SIZE, size * 4), size * .36, size * .62, .1)
        self.skin = skin
        self.limb(im, palm, wrist, size * .5, size * .36, .06)

    def before(self, im):
        """Fingers over the object's edge."""
        rng = self.rng
        r = self.size * rng.uniform(.085, .125)
        t = np.array([-self.u[1], self.u[0]])
        n = rng.integers(1, 5)
        lean = rng.uniform(-.5, .5)
        reach = rng.uniform(.05, .6)
        for i in range(n):
            at = self.mid + t * r * 2.1 * (i - (n - 1) / 2) + self.u * self.size * rng.uniform(.0, .12) + t * self.size * self.side
            tip = at - self.u * self.size * (reach + rng.uniform(-.08, .08)) + t * self.size * lean * .3
            knee = (at + tip) / 2 + self.u * self.size * .05
            self.limb(im, at + self.u * self.size * .25, knee, r * 1.1, r, 0)
            self.limb(im, knee, tip, r, r * .82, 0)
        if rng.random() < .35:  # the thumb round the other side
            at = 2 * self.c - self.mid - self.u * self.size * .1
            tip = at + self.u * self.size * rng.uniform(.1, .4) + t * self.size * rng.uniform(-.3, .3)
            self.limb(im, at - self.u * self.size * .15, tip, r * 1.25, r)


def finish(rng, im):
    """What a cheap camera does to a picture."""
    im = im.astype(np.float32)
    if rng.random() < .35:
        k = int(rng.integers(3, 11))
        ker = np.zeros((k, k), np.float32)
        a = rng.uniform(0, np.pi)
        cv2.line(ker, (int(k / 2 - k / 2 * np.cos(a)), int(k / 2 - k / 2 * np.sin(a))), (int(k / 2 + k / 2 * np.cos(a)), int(k / 2 + k / 2 * np.sin(a))), 1., 1)
        im = cv2.filter2D(im, -1, ker / max(1, ker.sum()))
    if rng.random() < .5:
        im = cv2.GaussianBlur(im, (0, 0), rng.uniform(.3, 1.6))
    im = im * rng.uniform(.7, 1.3) + rng.uniform(-25, 25)
    im *= rng.uniform(.9, 1.1, 3)
    if rng.random() < .3:
        im = 255 * np.clip(im / 255, 0, 1) ** rng.uniform(.5, 1.8)
    if rng.random() < .15:
        im = im * .6 + rng.uniform(60, 110)
    im += rng.standard_normal(im.shape, np.float32) * np.float32(rng.uniform(0, 9))
    im = np.clip(im, 0, 255).astype(np.uint8)
    if rng.random() < .6:
        im = cv2.imdecode(cv2.imencode('.jpg', im, [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(30, 92))])[1], 1)
    return im


class Composer:
    def __init__(self, photos, people, fronts, others):
        self.photos, self.people, self.fronts, self.others = photos, people, fronts, others

    def card(self, rng):
        k = rng.random()
        if k < .58:
            return P.back(rng, self.photos)
        if k < .8 or not self.fronts:
            return P.front(rng, self.photos)
        c = self.fronts[rng.integers(len(self.fronts))].copy()
        if rng.random() < .7:  # light its screen
            h, w = c.shape[:2]
            y0, x0 = int(h * .13), int(w * .08)
            c[y0:h - y0, x0:w - x0, :3] = np.clip(P.ui(rng, self.photos, w - 2 * x0, h - 2 * y0), 0, 255)
        return c

    def distractor(self, rng):
        """A card, and the kind that some would call it: nothing is asked there."""
        k = rng.choice(['paper', 'paper', 'remote', 'mug', 'tablet', 'other', 'other', 'plate', 'lattice', 'lattice'])
        if k == 'paper':
            card, sure = P.paper_like(rng, self.photos)
            return card, None if sure else BOOK
        if k == 'plate':
            return worn.plate(rng, self.photos), None
        if k == 'lattice':
            return worn.lattice(rng, self.photos), None
        if k == 'remote':
            return P.remote_like(rng, self.photos), None
        if k == 'mug':
            return P.mug_like(rng, self.photos), None
        if k == 'tablet' or not self.others:
            return P.tablet_like(rng, self.photos), PHONE  # nobody could say: it is left out of the lesson
        other = self.others[rng.integers(len(self.others))]
        return other, PHONE if other.shape[0] > other.shape[1] else None

    def put(self, rng, im, card, longest, hold, lies=False):
        h, w = card.shape[:2]
        quad = pose(rng, w, h, longest, lies)
        half = np.ptp(quad[:4], axis=0) / 2
        lo, hi = half * .55, SIZE - half * .55
        c = np.array([rng.uniform(lo[0], max(lo[0] + 1, hi[0])), rng.uniform(lo[1], max(lo[1] + 1, hi[1]))])
        if rng.random() < CUT:  # the picture's edge cuts it off: a third to nine tenths of it are there
            axis = rng.choice([0, 1], p=[.75, .25])
            inside = half[axis] * rng.uniform(-.3, .8)
            c[axis] = inside if rng.random() < .5 else SIZE - inside
        quad = quad + c
        hand = Hand(rng) if hold else None
        if hand:
            hand.behind(im, quad)
        rgb, a = warp(card, quad[:4])
        shadow = cv2.GaussianBlur(a, (0, 0), min(5., max(1., longest * .04)))
        im[:] = im * (1 - .3 * np.clip(shadow - a, 0, 1)[..., None])
        side = warp(card, quad[4:])  # its thickness, a darker or lighter card behind
        over(im, np.clip(side[0].mean() * np.ones(3) * rng.uniform(.4, 1.4), 0, 255), side[1])
        light = np.clip(im.mean() / 118, .55, 1.35) * rng.uniform(.75, 1.25)
        over(im, np.clip(rgb * light, 0, 255), a)
        if hand:
            hand.before(im)
        q = quad[:4]
        x0, y0 = np.clip(q.min(0), 0, SIZE)
        x1, y1 = np.clip(q.max(0), 0, SIZE)
        whole = np.prod(np.ptp(q, axis=0))
        return (x0, y0, x1, y1), (x1 - x0) * (y1 - y0) / max(1, whole)

    def wear(self, rng, im):
        """A badge on its strap, as it hangs: nearly upright, nearly square to the camera."""
        card = worn.badge(rng, self.photos)
        h, w = card.shape[:2]
        size = np.exp(rng.uniform(np.log(24), np.log(200)))
        s = size / max(h, w)
        yaw = np.cos(np.radians(rng.normal(0, 25)))
        x, y = np.array([-w, w, w, -w]) * s * yaw / 2, np.array([-h, -h, h, h]) * s / 2
        a = np.radians(rng.normal(0, 9))
        quad = np.stack([x * np.cos(a) - y * np.sin(a), x * np.sin(a) + y * np.cos(a)], 1) + rng.normal(0, size * .02, (4, 2))
        quad += [rng.uniform(20, 280), rng.uniform(60, 290)]
        worn.strap(rng, im, (quad[0] + quad[1]) / 2, size)
        rgb, a = warp(card, quad)
        shadow = cv2.GaussianBlur(a, (0, 0), max(1., size * .05))
        im[:] = im * (1 - .3 * np.clip(shadow - a, 0, 1)[..., None])
        over(im, np.clip(rgb * np.clip(im.mean() / 118, .55, 1.35) * rng.uniform(.75, 1.25), 0, 255), a)

    def bare_hand(self, rng, im):
        s = rng.uniform(40, 150)
        quad = pose(rng, 70, 140, s) + rng.uniform(40, 260, 2)
        h = Hand(rng)
        h.behind(im, quad)
        h.before(im)

    def __call__(self, seed):
        rng = np.random.default_rng(seed)
        im = background(rng, self.photos, self.people).astype(np.float32)
        boxes = []
        for _ in range(rng.choice([0, 1, 2], p=[.62, .30, .08])):
            card, unsure = self.distractor(rng)
            b, _ = self.put(rng, im, card, np.exp(rng.uniform(np.log(35), np.log(230))), rng.random() < .4)
            if unsure is not None:
                boxes.append((*b, 0., unsure))
        if rng.random() < .1:
            worn.stethoscope(rng, im)
        for _ in range(rng.choice([0, 1, 2], p=[.58, .34, .08])):
            self.wear(rng, im)
        for _ in range(rng.choice([0, 1, 2], p=[.56, .34, .1])):
            card = worn.emblem(rng, self.photos) if rng.random() < .5 else worn.printed(rng, self.photos)
            self.put(rng, im, card, np.exp(rng.uniform(np.log(30), np.log(260))), False)
        for _ in range(rng.choice([0, 1, 2, 3], p=[.58, .28, .1, .04])):
            card, flat = book(rng, self.photos)
            longest = np.exp(rng.uniform(np.log(30), np.log(300 if flat else 420)))
            b, seen = self.put(rng, im, card, longest, rng.random() < .35, flat and rng.random() < .5)
            boxes.append((*b, seen, BOOK))
        if rng.random() < .15:
            self.bare_hand(rng, im)
        if rng.random() < .45:
            for _ in range(1 if rng.random() < .9 else 2):
                b, seen = self.put(rng, im, self.card(rng), np.exp(rng.uniform(np.log(26), np.log(290))) if rng.random() < .75 else rng.uniform(90, 290), rng.random() < .62)
                boxes.append((*b, seen, PHONE))
        im = finish(rng, np.clip(im, 0, 255))
        return im, boxes
