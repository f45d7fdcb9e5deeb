"""Books and notebooks, drawn flat: closed, open, ruled with handwriting, standing in a row, lying in a stack."""
import cv2
import numpy as np

from phones import R, body_colour, gloss, photo_patch, ramp

FONTS = [cv2.FONT_HERSHEY_SIMPLEX, cv2.FONT_HERSHEY_DUPLEX, cv2.FONT_HERSHEY_COMPLEX, cv2.FONT_HERSHEY_TRIPLEX,
         cv2.FONT_HERSHEY_SCRIPT_SIMPLEX, cv2.FONT_HERSHEY_SCRIPT_COMPLEX]
LETTERS = 'AABCDEEEFGHIIJKLMNOOPRSTTUVWY'


def word(rng: R, least=3, most=9):
    w = ''.join(LETTERS[i] for i in rng.integers(0, len(LETTERS), rng.integers(least, most)))
    return w if rng.random() < .5 else w.capitalize()


def letters(rng: R, img, text, x, y, width, colour):
    """The text within `width`, its top at y; returns its height."""
    font, thick = FONTS[rng.integers(len(FONTS))], int(rng.integers(1, 4))
    (w, h), _ = cv2.getTextSize(text, font, 1, thick)
    scale = width / max(1, w)
    ink = np.zeros(img.shape[:2], np.uint8)
    cv2.putText(ink, text, (int(x), int(y + h * scale)), font, scale, 255, thick, cv2.LINE_AA)
    ink = ink[..., None] / 255
    img[:] = img * (1 - ink) + np.array(colour, float) * ink
    return int(h * scale)


def opaque(img):
    return np.dstack([np.clip(img, 0, 255), np.full(img.shape[:2], 255.)]).astype(np.uint8)


def paragraphs(rng: R, img, x0, y0, x1, y1, ink):
    """Lines of print: too small to be read, as they are to the camera."""
    pitch, thick = int(rng.integers(4, 9)), int(rng.integers(1, 3))
    y = y0
    while y < y1:
        if rng.random() < .1:
            y += pitch * 2
            continue
        end = x1 if rng.random() < .8 else x0 + (x1 - x0) * rng.uniform(.3, .9)
        x = x0
        while x < end:
            w = int(rng.integers(4, 18))
            cv2.line(img, (int(x), int(y)), (int(min(end, x + w)), int(y)), ink, thick)
            x += w + 3
        y += pitch


def scribble(rng: R, img, x0, y0, x1, y1):
    """Handwriting: a few lines of loops."""
    ink = tuple(map(float, rng.choice([[40, 30, 30], [150, 60, 30], [60, 50, 170]])))
    pitch = (y1 - y0) / rng.integers(5, 14)
    for k in range(int(rng.integers(1, 12))):
        y = y0 + pitch * (k + .7)
        if y > y1:
            break
        n = int(rng.integers(20, 80))
        x = np.linspace(x0, x0 + (x1 - x0) * rng.uniform(.3, 1), n)
        z = y + np.cumsum(rng.normal(0, 1, n)) * .3 + rng.normal(0, pitch * .22, n)
        cv2.polylines(img, [np.int32(np.stack([x, z], 1))], False, ink, int(rng.integers(1, 3)), cv2.LINE_AA)


def page(rng: R, photos, w, h, kind):
    img = np.ones((h, w, 3)) * (np.array([rng.uniform(.85, 1), rng.uniform(.93, 1), 1]) * rng.uniform(200, 255)) * ramp(rng, w, h, .08)
    x0, y0, x1, y1 = int(w * rng.uniform(.07, .14)), int(h * rng.uniform(.07, .14)), int(w * rng.uniform(.86, .94)), int(h * .92)
    if kind == 'written':
        if rng.random() < .7:
            rule, step = (rng.uniform(190, 220), rng.uniform(160, 200), rng.uniform(150, 190)), int(rng.integers(7, 14))
            for y in range(y0, y1, step):
                cv2.line(img, (0, y), (w, y), rule, 1)
            if rng.random() < .4:
                for x in range(0, w, step):
                    cv2.line(img, (x, 0), (x, h), rule, 1)
        if rng.random() < .75:
            scribble(rng, img, x0, y0, x1, y1)
        return img
    ink = (rng.uniform(40, 120),) * 3
    if rng.random() < .4:
        cut = int(h * rng.uniform(.15, .75))
        top, low = (y0, cut) if rng.random() < .5 else (h - cut, y1)
        if low - top > 8:
            img[top:low, x0:x1] = photo_patch(rng, photos, x1 - x0, low - top)
        y0, y1 = (cut + 6, y1) if top == y0 else (y0, top - 6)
    if rng.random() < .3:
        y0 += letters(rng, img, word(rng), x0, y0, (x1 - x0) * rng.uniform(.3, .9), ink) + 8
    if rng.random() < .3:
        mid = (x0 + x1) // 2
        paragraphs(rng, img, x0, y0, mid - 3, y1, ink)
        x0 = mid + 3
    paragraphs(rng, img, x0, y0, x1, y1, ink)
    return img


def cover(rng: R, photos, w, h):
    img = np.ones((h, w, 3)) * body_colour(rng) * ramp(rng, w, h, rng.uniform(0, .2))
    if rng.random() < .55:
        y0, y1 = (0, h) if rng.random() < .5 else sorted(int(h * q) for q in rng.uniform(0, 1, 2))
        if y1 - y0 > 8:
            img[y0:y1] = photo_patch(rng, photos, w, y1 - y0)
    if rng.random() < .8:
        ink = rng.choice([[245, 245, 245], [20, 20, 20], [40, 40, 200], [60, 200, 230], [180, 90, 30]])
        y = h * rng.uniform(.06, .6)
        for _ in range(rng.integers(1, 4)):
            y += letters(rng, img, word(rng), w * .1, y, w * rng.uniform(.35, .8), ink) + h * .03
    return img


def edged(rng: R, img):
    """The leaves of a closed book, seen past its cover on one or two sides."""
    h, w = img.shape[:2]
    leaf = rng.uniform(170, 240)
    for side in range(2):
        t = int(min(w, h) * rng.uniform(.02, .22)) if rng.random() < .6 else 0
        if t < 2:
            continue
        strip = np.ones((t, img.shape[1 - side], 3)) * leaf
        strip[::2] -= rng.uniform(5, 60)
        strip[-1:] = img.mean((0, 1)) * .7
        img = np.vstack([img, strip]) if side == 0 else np.hstack([img, strip.transpose(1, 0, 2)])
    return img


def closed(rng: R, photos):
    w = int(rng.integers(120, 200))
    img = edged(rng, cover(rng, photos, w, int(w * rng.uniform(1.15, 1.55))))
    return opaque(gloss(rng, img, photos, .25))


def opened(rng: R, photos):
    w = int(rng.integers(110, 170))
    h = int(w * rng.uniform(1.15, 1.5))
    kind = 'written' if rng.random() < .35 else 'printed'
    both = [page(rng, photos, w, h, kind) if rng.random() < .9 else cover(rng, photos, w, h) for _ in range(2)]
    for k, one in enumerate(both):  # leaves bend into the fold
        x = np.linspace(0, 1, w)[::1 if k else -1]
        one *= (1 - rng.uniform(.2, .6) * np.exp(-x / rng.uniform(.03, .15)) - rng.uniform(0, .2) * x)[None, :, None]
    img = np.hstack(both)
    if rng.random() < .6:  # the leaves on either side and the cover below them
        t = int(w * rng.uniform(.02, .09))
        sides = np.ones((h, t, 3)) * rng.uniform(150, 230)
        sides[:, ::2] -= rng.uniform(10, 60)
        img = np.hstack([sides, img, sides[:, ::-1]])
    if rng.random() < .5:
        t = int(rng.integers(2, 7))
        img = cv2.copyMakeBorder(img, t, t, t, t, cv2.BORDER_CONSTANT, value=tuple(map(float, body_colour(rng))))
    return opaque(img)


def notebook(rng: R, photos):
    w = int(rng.integers(120, 190))
    h = int(w * rng.uniform(1.1, 1.5))
    img = page(rng, photos, w, h, 'written') if rng.random() < .65 else np.ones((h, w, 3)) * body_colour(rng) * ramp(rng, w, h, .15)
    if rng.random() < .65:  # rings
        top, r = rng.random() < .5, w * rng.uniform(.012, .025)
        long = w if top else h
        for at in np.arange(r * 4, long - r * 2, r * rng.uniform(3.5, 6)):
            c = (int(at), int(r * 2.5)) if top else (int(r * 2.5), int(at))
            end = (c[0], 0) if top else (0, c[1])
            cv2.circle(img, c, int(r) + 1, (rng.uniform(10, 60),) * 3, -1, cv2.LINE_AA)
            cv2.line(img, c, end, (rng.uniform(90, 220),) * 3, max(1, int(r * .8)), cv2.LINE_AA)
    elif rng.random() < .6:  # an elastic band
        x = int(w * rng.uniform(.82, .93))
        cv2.line(img, (x, 0), (x, h), tuple(map(float, body_colour(rng) * .6)), int(rng.integers(2, 6)))
    return opaque(gloss(rng, img, photos, .1))


def spine(rng: R, photos, w, h):
    img = np.ones((h, w, 3)) * body_colour(rng)
    img *= (.75 + .35 * np.sin(np.linspace(.3, 2.8, w)))[None, :, None]
    if rng.random() < .4:
        for _ in range(rng.integers(1, 4)):
            y = int(h * rng.uniform(.03, .9))
            img[y:y + int(rng.integers(2, max(3, h // 8)))] *= rng.uniform(.4, 1.8)
    if rng.random() < .75 and w > 5:
        strip = np.ascontiguousarray(np.rot90(img))
        letters(rng, strip, ' '.join(word(rng) for _ in range(rng.integers(1, 4))), h * .08, w * .25, h * rng.uniform(.4, .85),
                rng.choice([[245, 245, 245], [20, 20, 20], [60, 200, 230]]))
        img = np.rot90(strip, -1)
    return img


def row(rng: R, photos):
    """Spines on a shelf; its background shows between and above them."""
    h, n = int(rng.integers(110, 170)), int(rng.integers(3, 22))
    back = body_colour(rng) * rng.uniform(.2, 1)
    parts, tall = [], rng.uniform(.6, .95)
    while len(parts) < n:
        w, high = int(rng.integers(6, 34)), int(h * np.clip(tall + rng.normal(0, .1), .4, 1))
        for _ in range(rng.integers(2, 5) if rng.random() < .2 else 1):
            part = np.ones((h, w, 3)) * back
            part[h - high:] = spine(rng, photos, w, high)
            parts.append(part)
        if rng.random() < .1:
            parts.append(np.ones((h, int(rng.integers(2, 14)), 3)) * back * .6)
    return opaque(np.hstack(parts))


def stack(rng: R, photos):
    """Lying on each other, seen from the side: spines or leaves."""
    w, parts = int(rng.integers(140, 220)), []
    for _ in range(rng.integers(2, 10)):
        t, wide = int(rng.integers(6, 30)), int(w * rng.uniform(.75, 1))
        if rng.random() < .6:
            one = np.rot90(spine(rng, photos, t, wide))
        else:
            one = np.ones((t, wide, 3)) * rng.uniform(150, 240)
            one[::2] -= rng.uniform(5, 70)
            one[:2] = one[-2:] = body_colour(rng)
        card, x = np.zeros((t, w, 4)), int(rng.integers(0, w - wide + 1))
        card[:, x:x + wide, :3], card[:, x:x + wide, 3] = one, 255
        parts.append(card)
    if rng.random() < .5:  # the uppermost cover, seen from above
        deep = int(w * rng.uniform(.15, .6))
        parts.insert(0, np.dstack([cover(rng, photos, w, deep), np.full((deep, w), 255.)]))
    return np.clip(np.vstack(parts), 0, 255).astype(np.uint8)


KINDS, FLAT = [closed, opened, notebook, row, stack], [closed, opened, notebook]


def book(rng: R, photos):
    """A card (colours and opacity), and whether it mostly lies on a desk."""
    draw = KINDS[rng.choice(len(KINDS), p=[.24, .28, .18, .16, .14])]
    return draw(rng, photos), draw in FLAT
