"""What the head may take for a phone or a book: badges on their straps, emblems, prints on shirts; plates, bricks, blinds."""
import cv2
import numpy as np

from books import letters, word
from phones import R, body_colour, gloss, photo_patch, ramp, rounded


def badge(rng: R, photos):
    """A card with a portrait, a name and a logo, bare or in a holder; upright or across."""
    w = int(rng.integers(90, 130))
    h = int(w * (rng.uniform(1.35, 1.75) if rng.random() < .75 else rng.uniform(.6, .75)))
    ground = np.full(3, rng.uniform(200, 255)) if rng.random() < .65 else body_colour(rng)
    img = np.ones((h, w, 3)) * ground * ramp(rng, w, h, .1)
    ink = tuple(map(float, body_colour(rng) * .6))
    if rng.random() < .7:  # a band of colour
        t = int(h * rng.uniform(.1, .35))
        y = 0 if rng.random() < .7 else h - t
        img[y:y + t] = body_colour(rng)
        if rng.random() < .6:
            letters(rng, img, word(rng), w * .15, y + t * .3, w * rng.uniform(.3, .6), (245, 245, 245) if y == 0 else ink)
    if rng.random() < .85:  # the portrait
        pw, ph = int(w * rng.uniform(.3, .6)), int(h * rng.uniform(.25, .45))
        x, y = (w - pw) // 2 if rng.random() < .6 else int(w * .08), int(h * rng.uniform(.15, .4))
        if rng.random() < .5:
            img[y:y + ph, x:x + pw] = photo_patch(rng, photos, pw, ph)
        else:
            img[y:y + ph, x:x + pw] = rng.uniform(120, 240, 3)
            skin = np.array([[150, 180, 225], [90, 125, 180], [50, 75, 115]][rng.integers(3)], float) * rng.uniform(.7, 1.1)
            c = (x + pw // 2, y + int(ph * .42))
            cv2.ellipse(img, (c[0], y + ph), (int(pw * .42), int(ph * .35)), 0, 180, 360, tuple(map(float, body_colour(rng))), -1, cv2.LINE_AA)
            cv2.ellipse(img, c, (int(pw * .22), int(ph * .28)), 0, 0, 360, tuple(map(float, skin)), -1, cv2.LINE_AA)
    y = h * rng.uniform(.6, .75)
    for _ in range(rng.integers(1, 5)):
        x = w * rng.uniform(.08, .3)
        if rng.random() < .5:
            y += letters(rng, img, word(rng), x, y, w * rng.uniform(.25, .6), ink) + h * .03
        else:
            cv2.line(img, (int(x), int(y)), (int(w * rng.uniform(.5, .92)), int(y)), ink, int(rng.integers(1, 5)))
            y += h * .06
    if rng.random() < .4:
        c = (int(w * rng.uniform(.12, .88)), int(h * rng.uniform(.06, .92)))
        cv2.circle(img, c, int(w * rng.uniform(.04, .1)), tuple(map(float, body_colour(rng))), -1 if rng.random() < .6 else 2, cv2.LINE_AA)
    if rng.random() < .3:
        for x in range(int(w * .1), int(w * .9), 3):
            if rng.random() < .6:
                img[int(h * .9):int(h * .97), x:x + int(rng.integers(1, 3))] = 30
    if rng.random() < .5:  # a holder: a clear rim with a slot
        t = int(w * rng.uniform(.03, .09))
        img = cv2.copyMakeBorder(img, t * 2, t, t, t, cv2.BORDER_CONSTANT, value=tuple(map(float, body_colour(rng))))
        h, w = img.shape[:2]
    if rng.random() < .7:
        cv2.ellipse(img, (w // 2, int(h * .035)), (int(w * .1), int(h * .015) + 1), 0, 0, 360, (rng.uniform(20, 120),) * 3, -1, cv2.LINE_AA)
    return np.dstack([np.clip(gloss(rng, img, photos, .25), 0, 255), rounded(w, h, w * rng.uniform(.02, .1))]).astype(np.uint8)


def strap(rng: R, im, top, size):
    """The lanyard, from the badge's upper edge to both shoulders, or a clip."""
    colour, thick = tuple(map(float, body_colour(rng))), max(1, int(size * rng.uniform(.04, .12)))
    x, y = map(int, top)
    if rng.random() < .25:
        cv2.line(im, (x, y + 2), (x + int(rng.normal(0, 2)), y - int(size * .25)), (rng.uniform(90, 220),) * 3, max(2, thick), cv2.LINE_AA)
        return
    knot = y - int(size * rng.uniform(0, .3))
    cv2.line(im, (x, y + 2), (x, knot), colour, thick, cv2.LINE_AA)
    for side in (-1, 1):
        far = (x + side * int(size * rng.uniform(.3, 1.3)), knot - int(size * rng.uniform(1.5, 4)))
        cv2.line(im, (x, knot), far, colour, thick, cv2.LINE_AA)


def stethoscope(rng: R, im):
    """Tubes around a neck and the metal disc on one of them."""
    dark = tuple(map(float, body_colour(rng) * .5))
    size, c = rng.uniform(40, 140), rng.uniform(60, 240, 2)
    thick = max(2, int(size * .07))
    for side in (-1, 1):
        t = np.linspace(0, 1, 20)
        x = c[0] + side * size * (.45 * np.sin(t * 2.2) + rng.uniform(-.05, .05))
        y = c[1] - size * .8 + t * size * rng.uniform(1.2, 1.8)
        cv2.polylines(im, [np.int32(np.stack([x, y], 1))], False, dark, thick, cv2.LINE_AA)
        if side == 1:
            end, r = (int(x[-1]), int(y[-1])), max(2, int(size * rng.uniform(.1, .18)))
            cv2.circle(im, end, r, (rng.uniform(120, 230),) * 3, -1, cv2.LINE_AA)
            cv2.circle(im, end, max(1, int(r * .7)), (rng.uniform(60, 200),) * 3, -1, cv2.LINE_AA)


def plate(rng: R, photos):
    """A switch, a thermostat, a socket, a box, a card: a rounded plate with little on it."""
    w = int(rng.integers(70, 130))
    h = int(w * rng.uniform(.6, 2.1))
    img = np.ones((h, w, 3)) * (np.full(3, rng.uniform(150, 250)) if rng.random() < .6 else body_colour(rng)) * ramp(rng, w, h, .15)
    for _ in range(rng.integers(0, 4)):
        c = (int(w * rng.uniform(.25, .75)), int(h * rng.uniform(.15, .85)))
        col, r = tuple(map(float, rng.uniform(20, 255, 3))), int(w * rng.uniform(.05, .3))
        if rng.random() < .5:
            cv2.circle(img, c, r, col, -1 if rng.random() < .5 else 2, cv2.LINE_AA)
        else:
            cv2.rectangle(img, (c[0] - r, c[1] - r // 2), (c[0] + r, c[1] + r // 2), col, -1 if rng.random() < .5 else 2)
    return np.dstack([np.clip(gloss(rng, img, photos, .2), 0, 255), rounded(w, h, w * rng.uniform(0, .2))]).astype(np.uint8)


def emblem(rng: R, photos):
    """A sewn-on sign: rings, a shield or a disc, letters along it, a star or a cross in its middle."""
    w = int(rng.integers(90, 150))
    h = int(w * rng.uniform(.9, 1.45))
    c, half = (w // 2, h // 2), (w // 2 - 2, h // 2 - 2)
    a = np.zeros((h, w), np.uint8)
    img = np.ones((h, w, 3)) * body_colour(rng)
    shield = rng.random() < .3
    outline = np.int32([[2, 2], [w - 3, 2], [w - 3, h * .55], [w // 2, h - 3], [2, h * .55]])

    def fill(onto, share, colour):
        if shield:
            cv2.fillPoly(onto, [np.int32((outline - c) * share + c)], colour, cv2.LINE_AA)
        else:
            cv2.ellipse(onto, c, (int(half[0] * share), int(half[1] * share)), 0, 0, 360, colour, -1, cv2.LINE_AA)

    fill(a, 1, 255)
    share = 1.
    for _ in range(rng.integers(1, 4)):
        share *= rng.uniform(.6, .92)
        fill(img, share, tuple(map(float, body_colour(rng))))
    ink, kind = tuple(map(float, body_colour(rng))), rng.integers(5)
    r = int(w * rng.uniform(.12, .3))
    if kind == 0:
        angle = np.arange(10) * np.pi / 5
        far = np.where(np.arange(10) % 2, .4, 1.) * r
        cv2.fillPoly(img, [np.int32(np.stack([c[0] + far * np.sin(angle), c[1] - far * np.cos(angle)], 1))], ink, cv2.LINE_AA)
    elif kind == 1:
        for x, y in ((r, r // 3), (r // 3, r)):
            cv2.rectangle(img, (c[0] - x, c[1] - y), (c[0] + x, c[1] + y), ink, -1)
    elif kind == 2:
        cv2.circle(img, c, r, ink, int(rng.integers(2, 9)), cv2.LINE_AA)
    elif kind == 3:
        q = photo_patch(rng, photos, 2 * r, 2 * r)
        img[c[1] - r:c[1] + r, c[0] - r:c[0] + r] = q[:img[c[1] - r:c[1] + r].shape[0]]
    letters(rng, img, word(rng), w * .3, h * rng.uniform(.12, .75), w * .4, ink)
    if rng.random() < .6:  # stitches
        img += rng.normal(0, rng.uniform(4, 16), img.shape[:2])[..., None]
    return np.dstack([np.clip(img, 0, 255), a]).astype(np.uint8)


def printed(rng: R, photos):
    """What stands on a shirt or a poster: words or a picture on the cloth itself, without a page below."""
    w = int(rng.integers(130, 220))
    h = int(w * rng.uniform(.3, 1.2))
    a, ink = np.zeros((h, w, 3)), body_colour(rng) if rng.random() < .5 else np.full(3, rng.choice([20., 245.]))
    img = np.ones((h, w, 3)) * ink
    if rng.random() < .3:
        x, y = int(w * rng.uniform(0, .3)), int(h * rng.uniform(0, .3))
        patch = photo_patch(rng, photos, w - 2 * x, h - 2 * y)
        img[y:y + patch.shape[0], x:x + patch.shape[1]] = patch
        a[y:y + patch.shape[0], x:x + patch.shape[1]] = 255
    y = h * rng.uniform(0, .2)
    while y < h * .9:
        wide = w * rng.uniform(.3, .98)
        y += letters(rng, a, word(rng, 2, 12), (w - wide) / 2, y, wide, (255, 255, 255)) + h * rng.uniform(.02, .12)
    bend = np.sin(np.linspace(0, np.pi, w)) * h * rng.uniform(-.12, .12)
    X, Y = np.meshgrid(np.arange(w, dtype=np.float32), np.arange(h, dtype=np.float32))
    a = cv2.remap(a.astype(np.float32), X, Y + bend[None].astype(np.float32), cv2.INTER_LINEAR)[..., 0] * rng.uniform(.6, 1)
    return np.dstack([np.clip(img, 0, 255), a]).astype(np.uint8)


def lattice(rng: R, photos):
    """What stands in rows and is no book: blinds, vents, bricks, keys, tiles, boards."""
    w, h = int(rng.integers(110, 220)), int(rng.integers(60, 220))
    gap = body_colour(rng) * rng.uniform(.3, 1)
    img, face = np.ones((h, w, 3)) * gap, body_colour(rng)
    high = int(rng.integers(5, 34))
    wide = w if rng.random() < .4 else int(high * rng.uniform(.9, 3.5))
    joint, offset = int(rng.integers(1, 4)), rng.random() < .5
    for k, y in enumerate(range(0, h, high + joint)):
        for x in range(-(wide // 2) * (k % 2) if offset and wide < w else 0, w, wide + joint):
            cv2.rectangle(img, (x, y), (x + wide - 1, y + high - 1), tuple(map(float, np.clip(face * rng.uniform(.85, 1.15), 0, 255))), -1)
            if rng.random() < .2:
                cv2.line(img, (x, y), (x + wide - 1, y), tuple(map(float, np.clip(face * 1.25, 0, 255))), 1)
    img = img * ramp(rng, w, h, .2)
    if rng.random() < .5:
        img = np.rot90(img)
    return np.dstack([np.clip(img, 0, 255), np.full(img.shape[:2], 255.)]).astype(np.uint8)
