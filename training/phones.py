"""Phones drawn by arithmetic: backs with lenses, fronts with screens, cases, and what is mistaken for them."""
import cv2
import numpy as np

R = np.random.Generator


def photo_patch(rng: R, photos, w, h):
    """A random part of a random photograph, w x h."""
    p = photos[rng.integers(len(photos))]
    H, W = p.shape[:2]
    s = rng.uniform(0.2, 1.0)
    ph, pw = max(8, int(H * s)), max(8, int(W * s))
    y, x = rng.integers(0, H - ph + 1), rng.integers(0, W - pw + 1)
    return cv2.resize(p[y:y + ph, x:x + pw], (w, h), interpolation=cv2.INTER_AREA)


def rounded(w, h, r, inset=0):
    m = np.zeros((h, w), np.uint8)
    i = inset
    r = max(1, int(r))
    cv2.rectangle(m, (i + r, i), (w - 1 - i - r, h - 1 - i), 255, -1)
    cv2.rectangle(m, (i, i + r), (w - 1 - i, h - 1 - i - r), 255, -1)
    for cx, cy in ((i + r, i + r), (w - 1 - i - r, i + r), (i + r, h - 1 - i - r), (w - 1 - i - r, h - 1 - i - r)):
        cv2.circle(m, (cx, cy), r, 255, -1, cv2.LINE_AA)
    return m


BODY = [(28, 26, 25), (60, 45, 30), (235, 235, 235), (200, 200, 198), (140, 175, 205), (150, 140, 220), (90, 120, 60),
        (150, 80, 130), (40, 40, 180), (120, 90, 50), (70, 50, 38), (165, 190, 170), (205, 190, 225), (20, 20, 20),
        (110, 105, 100), (190, 215, 235), (45, 60, 45), (85, 70, 60)]


def body_colour(rng: R):
    if rng.random() < 0.3:
        hsv = np.uint8([[[rng.integers(180), int(255 * rng.random() ** 1.5), rng.integers(20, 255)]]])
        return cv2.cvtColor(hsv, cv2.COLOR_HSV2BGR)[0, 0].astype(float)
    c = np.array(BODY[rng.integers(len(BODY))], float)
    return np.clip(c * rng.uniform(0.7, 1.25) + rng.normal(0, 8, 3), 0, 255)


def ramp(rng: R, w, h, strength):
    a = rng.uniform(0, 2 * np.pi)
    x, y = np.meshgrid(np.linspace(-1, 1, w), np.linspace(-1, 1, h))
    return 1 + strength * (x * np.cos(a) + y * np.sin(a))[..., None]


def gloss(rng: R, img, photos, most):
    """What a shiny face mirrors: a blurred piece of a photograph, or a bright band."""
    h, w = img.shape[:2]
    a = rng.uniform(0, most)
    if rng.random() < 0.5:
        p = cv2.GaussianBlur(photo_patch(rng, photos, w, h), (0, 0), rng.uniform(2, 14)).astype(float)
        return img * (1 - a * 0.5) + p * a * 0.6
    x, y = np.meshgrid(np.linspace(-1, 1, w), np.linspace(-1, 1, h))
    t = rng.uniform(0, np.pi)
    d = x * np.cos(t) + y * np.sin(t) - rng.uniform(-1, 1)
    return img + (a * 200 * np.exp(-(d / rng.uniform(0.1, 0.6)) ** 2))[..., None]


def lens(img, cx, cy, r, rng: R, ring=None):
    ring = float(rng.uniform(30, 220)) if ring is None else ring
    cv2.circle(img, (cx, cy), int(r), (ring,) * 3, -1, cv2.LINE_AA)
    cv2.circle(img, (cx, cy), max(1, int(r * 0.84)), (float(rng.uniform(5, 40)),) * 3, -1, cv2.LINE_AA)
    c = float(rng.uniform(15, 70))
    cv2.circle(img, (cx, cy), max(1, int(r * 0.5)), (c * rng.uniform(0.8, 1.8), c, c * rng.uniform(0.6, 1.2)), -1, cv2.LINE_AA)
    cv2.circle(img, (cx, cy), max(1, int(r * 0.3)), (8., 8., 8.), -1, cv2.LINE_AA)
    if rng.random() < 0.7:
        cv2.circle(img, (int(cx - r * 0.25), int(cy - r * 0.3)), max(1, int(r * 0.14)), (float(rng.uniform(120, 255)),) * 3, -1, cv2.LINE_AA)


def flash(img, cx, cy, r, rng):
    cv2.circle(img, (cx, cy), max(1, int(r)), (190., 235., 250.), -1, cv2.LINE_AA)


def cameras(rng: R, img, col):
    """One of the camera layouts of the last ten years, on the upper part of the back."""
    h, w = img.shape[:2]
    k = rng.choice(['square', 'square', 'square', 'pill', 'loose', 'loose', 'bar', 'disc', 'single', 'middle', 'corner_rect'])
    bump = np.clip(col * rng.uniform(0.6, 1.35) + rng.uniform(-20, 25), 0, 255)
    if rng.random() < 0.25:
        bump = np.full(3, rng.uniform(8, 40))
    m = int(w * rng.uniform(0.05, 0.1))
    if k in ('square', 'corner_rect'):
        s = int(w * rng.uniform(0.36, 0.52))
        sh = s if k == 'square' else int(s * rng.uniform(1.0, 1.6))
        msk = rounded(s, sh, s * rng.uniform(0.16, 0.34))[..., None] / 255.
        y0 = x0 = m
        reg = img[y0:y0 + sh, x0:x0 + s]
        img[y0:y0 + sh, x0:x0 + s] = reg * (1 - msk) + bump * msk
        r = s * rng.uniform(0.17, 0.23)
        n = rng.integers(2, 5)
        q = s * 0.27
        pos = [(q, q), (q, sh - q), (s - q, sh / 2 if n == 3 else q), (s - q, sh - q)][:n]
        if n == 2 and rng.random() < 0.5:
            pos = [(q, q), (s - q, sh - q)]
        for x, y in pos:
            lens(img, int(x0 + x), int(y0 + y), r, rng)
        flash(img, int(x0 + s - q), int(y0 + q * 0.8), r * 0.35, rng)
    elif k in ('pill', 'middle'):
        pw = int(w * rng.uniform(0.18, 0.28))
        n = rng.integers(2, 5)
        ph = int(pw * (0.35 + 0.85 * n))
        x0 = m if k == 'pill' else (w - pw) // 2
        y0 = m + (0 if k == 'pill' else int(w * 0.1))
        if rng.random() < 0.75:
            msk = rounded(pw, ph, pw * 0.46)[..., None] / 255.
            img[y0:y0 + ph, x0:x0 + pw] = img[y0:y0 + ph, x0:x0 + pw] * (1 - msk) + bump * msk
        for i in range(n):
            cy = y0 + int(pw * 0.6 + i * pw * 0.85)
            if i == n - 1 and rng.random() < 0.4:
                flash(img, x0 + pw // 2, cy, pw * 0.14, rng)
            else:
                lens(img, x0 + pw // 2, cy, pw * rng.uniform(0.3, 0.38), rng)
    elif k == 'loose':
        r = w * rng.uniform(0.07, 0.1)
        for i in range(rng.integers(2, 4)):
            lens(img, int(m + r * 1.4), int(m + r * 1.6 + i * r * 2.7), r, rng, ring=float(np.mean(bump)))
        flash(img, int(m + r * 3.6), int(m + r * 1.7), r * 0.35, rng)
        if rng.random() < 0.4:
            lens(img, int(m + r * 3.8), int(m + r * 3.6), r * 0.6, rng)
    elif k == 'bar':
        y0, bh = int(h * rng.uniform(0.1, 0.18)), int(w * rng.uniform(0.18, 0.26))
        img[y0:y0 + bh] = bump
        for i in range(rng.integers(2, 4)):
            lens(img, int(w * (0.25 + 0.22 * i)), y0 + bh // 2, bh * 0.36, rng)
        flash(img, int(w * 0.85), y0 + bh // 2, bh * 0.15, rng)
    elif k == 'disc':
        r = w * rng.uniform(0.24, 0.36)
        cx = w // 2 if rng.random() < 0.7 else int(m + r)
        cy = int(m + r + w * 0.06)
        cv2.circle(img, (cx, cy), int(r), tuple(map(float, bump)), -1, cv2.LINE_AA)
        cv2.circle(img, (cx, cy), int(r), (float(rng.uniform(60, 220)),) * 3, max(1, int(r * 0.06)), cv2.LINE_AA)
        for a in range(rng.integers(2, 5)):
            t = a * np.pi / 2 + np.pi / 4
            lens(img, int(cx + r * 0.5 * np.cos(t)), int(cy + r * 0.5 * np.sin(t)), r * 0.26, rng)
    else:
        r = w * rng.uniform(0.06, 0.1)
        x = int(m + r * 1.5) if rng.random() < 0.6 else w // 2
        lens(img, x, int(m + r * 1.6), r, rng)
        flash(img, int(x + r * 2.2), int(m + r * 1.6), r * 0.45, rng)


def texture_case(rng: R, img, photos):
    h, w = img.shape[:2]
    p = photo_patch(rng, photos, w, h).astype(float)
    return img * 0.3 + p * 0.7


def back(rng: R, photos):
    """The back of a phone, BGRA, upright, width about 150."""
    w = int(rng.integers(130, 170))
    h = int(w * rng.uniform(1.85, 2.2))
    col = body_colour(rng)
    img = np.ones((h, w, 3)) * col * ramp(rng, w, h, rng.uniform(0, 0.3))
    if rng.random() < 0.12:
        img = texture_case(rng, img, photos)
    img = gloss(rng, img, photos, rng.choice([0.1, 0.35, 0.7]))
    img = np.ascontiguousarray(np.clip(img, 0, 255))
    r = w * rng.uniform(0.07, 0.2)
    if rng.random() < 0.6:  # rim of body or case
        t = max(1, int(w * rng.uniform(0.01, 0.05)))
        inner = rounded(w, h, r, t)[..., None] / 255.
        rim = np.clip(col * rng.uniform(0.4, 1.7) + rng.uniform(-15, 25), 0, 255)
        img = np.ascontiguousarray(img * inner + rim * (1 - inner))
    if rng.random() < 0.96:
        cameras(rng, img, col)
    if rng.random() < 0.6:  # a maker's mark
        c = np.clip(col + rng.choice([-1, 1]) * rng.uniform(15, 70), 0, 255)
        layer = img.copy()
        cx, cy = w // 2, int(h * rng.choice([0.3, 0.45, 0.5, 0.8]))
        if rng.random() < 0.6:
            cv2.ellipse(layer, (cx, cy), (int(w * 0.09), int(w * 0.1)), 0, 0, 360, tuple(map(float, c)), -1, cv2.LINE_AA)
        else:
            layer = np.ascontiguousarray(np.clip(layer, 0, 255).astype(np.uint8))
            cv2.putText(layer, ''.join(rng.choice(list('ABEGLMNORSUXYao'), 6)), (int(w * 0.22), cy), cv2.FONT_HERSHEY_SIMPLEX, w / 220., tuple(map(float, c)), 2, cv2.LINE_AA)
        a = rng.uniform(0.3, 1)
        img = img * (1 - a) + layer * a
    if rng.random() < 0.3:
        img = img[:, ::-1]
    return np.dstack([np.clip(img, 0, 255), rounded(w, h, r)]).astype(np.uint8)


def ui(rng: R, photos, w, h):
    """A lit screen: wallpaper, icons, or a page with lines of text."""
    k = rng.choice(['photo', 'icons', 'page', 'chat', 'camera'])
    if k in ('photo', 'icons', 'camera'):
        s = photo_patch(rng, photos, w, h).astype(float)
    else:
        s = np.ones((h, w, 3)) * (rng.uniform(200, 255) if rng.random() < 0.7 else rng.uniform(10, 60))
    if k == 'icons':
        n = 4
        for i in range(n):
            for j in range(rng.integers(3, 7)):
                c = rng.uniform(20, 255, 3)
                x, y, q = int(w * (0.08 + 0.235 * i)), int(h * 0.1 + j * w * 0.27), int(w * 0.15)
                cv2.rectangle(s, (x, y), (x + q, y + q), tuple(map(float, c)), -1)
    if k in ('page', 'chat'):
        y = int(h * 0.08)
        while y < h * 0.92:
            c = rng.uniform(20, 200, 3) if rng.random() < 0.3 else np.full(3, rng.uniform(60, 190))
            if rng.random() < 0.15:
                q = int(h * rng.uniform(0.08, 0.2))
                s[y:y + q, int(w * .06):int(w * .94)] = photo_patch(rng, photos, int(w * .94) - int(w * .06), s[y:y + q].shape[0])
                y += q + 4
            else:
                x0 = int(w * (0.06 if k == 'page' or rng.random() < 0.5 else 0.35))
                t = int(rng.integers(2, 5)) if k == 'page' else int(h * 0.05)
                cv2.rectangle(s, (x0, y), (int(x0 + w * rng.uniform(0.2, 0.6)), y + t), tuple(map(float, c)), -1)
                y += t + int(rng.integers(4, 10))
    return s * rng.uniform(0.6, 1.25) + rng.uniform(-10, 30)


def front(rng: R, photos):
    w = int(rng.integers(130, 170))
    h = int(w * rng.uniform(1.85, 2.2))
    bez = np.full(3, rng.uniform(5, 45)) if rng.random() < 0.85 else np.full(3, rng.uniform(190, 240))
    img = np.ones((h, w, 3)) * bez
    side, top = int(w * rng.uniform(0.02, 0.06)), int(h * rng.choice([0.015, 0.03, 0.08, 0.11]))
    sw, sh = w - 2 * side, h - 2 * top
    if rng.random() < 0.45:
        scr = np.ones((sh, sw, 3)) * rng.uniform(4, 35) * ramp(rng, sw, sh, 0.2)
        scr = gloss(rng, scr, photos, rng.choice([0.1, 0.4, 0.8]))
    else:
        scr = gloss(rng, ui(rng, photos, sw, sh), photos, 0.25)
    img[top:top + sh, side:side + sw] = scr
    if top > h * 0.05 and rng.random() < 0.6:
        cv2.circle(img, (w // 2, h - top // 2), int(top * 0.32), tuple(map(float, np.clip(bez + 25, 0, 255))), 2, cv2.LINE_AA)
    elif rng.random() < 0.5:
        cv2.circle(img, (w // 2 if rng.random() < .6 else int(w * .15), top + int(w * 0.05)), int(w * 0.025), (5., 5., 5.), -1)
    r = w * rng.uniform(0.06, 0.17)
    a = rounded(w, h, r)
    if rng.random() < 0.5:
        rim = rng.uniform(60, 230)
        inner = rounded(w, h, r, max(1, int(w * .012)))[..., None] / 255.
        img = img * inner + rim * (1 - inner)
    return np.dstack([np.clip(img, 0, 255), a]).astype(np.uint8)


# ---- what is mistaken for a phone
def paper_like(rng: R, photos):
    """Paper, folder, card, wallet, picture frame; and whether it is surely no book."""
    w = int(rng.integers(110, 170))
    h = int(w * rng.uniform(0.65, 1.55))
    k = rng.choice(['paper', 'cover', 'photo', 'plain', 'frame'])
    col = body_colour(rng)
    img = np.ones((h, w, 3)) * col * ramp(rng, w, h, rng.uniform(0, 0.25))
    if k == 'paper':
        img = np.ones((h, w, 3)) * rng.uniform(190, 255) * ramp(rng, w, h, 0.1)
        for y in range(int(h * .08), int(h * .92), int(rng.integers(6, 14))):
            cv2.line(img, (int(w * .08), y), (int(w * rng.uniform(.4, .92)), y), (rng.uniform(60, 190),) * 3, int(rng.integers(1, 3)))
    elif k == 'photo':
        img = photo_patch(rng, photos, w, h).astype(float)
    elif k == 'cover':
        for _ in range(rng.integers(1, 4)):
            y = int(h * rng.uniform(.1, .8))
            cv2.rectangle(img, (int(w * .15), y), (int(w * .85), y + int(h * rng.uniform(.03, .12))), tuple(map(float, rng.uniform(0, 255, 3))), -1)
    elif k == 'frame':
        t = int(w * rng.uniform(.05, .12))
        img[t:-t, t:-t] = photo_patch(rng, photos, w - 2 * t, h - 2 * t)
    img = gloss(rng, img, photos, 0.2)
    card = np.dstack([np.clip(img, 0, 255), rounded(w, h, w * rng.choice([0.01, 0.03, 0.1]))]).astype(np.uint8)
    return card, k in ('frame', 'plain')


def remote_like(rng: R, photos):
    w = int(rng.integers(50, 80))
    h = int(w * rng.uniform(2.8, 4.8))
    col = np.full(3, rng.uniform(10, 60)) if rng.random() < .7 else body_colour(rng)
    img = np.ones((h, w, 3)) * col * ramp(rng, w, h, 0.2)
    q = int(w * rng.uniform(.1, .2))
    for y in range(int(h * .08), int(h * rng.uniform(.5, .92)), int(q * 1.8) + 1):
        for x in range(int(w * .14), int(w * .82), int(q * 1.6) + 1):
            if rng.random() < .85:
                c = rng.uniform(60, 255, 3) if rng.random() < .3 else np.full(3, rng.uniform(60, 220))
                cv2.ellipse(img, (x + q // 2, y + q // 2), (max(1, q // 2), max(1, int(q * rng.uniform(.3, .5)))), 0, 0, 360, tuple(map(float, c)), -1)
    return np.dstack([np.clip(gloss(rng, img, photos, .2), 0, 255), rounded(w, h, w * rng.uniform(.1, .45))]).astype(np.uint8)


def mug_like(rng: R, photos):
    w = int(rng.integers(90, 150))
    h = int(w * rng.uniform(.9, 2.2))
    col = body_colour(rng)
    x = np.linspace(-1, 1, w)
    shade = (0.55 + 0.6 * np.sqrt(np.clip(1 - (x - rng.uniform(-.4, .4)) ** 2, 0, 1)))[None, :, None]
    img = np.ones((h, w, 3)) * col * shade
    if rng.random() < .4:
        q = photo_patch(rng, photos, w, h // 3).astype(float)
        y = h // 3
        img[y:y + q.shape[0]] = q * shade
    a = rounded(w, h, w * rng.uniform(.05, .3))
    cv2.ellipse(img, (w // 2, int(h * .05)), (int(w * .48), int(h * .05)), 0, 0, 360, tuple(map(float, np.clip(col * .5, 0, 255))), -1)
    return np.dstack([np.clip(img, 0, 255), a]).astype(np.uint8)


def tablet_like(rng: R, photos):
    f = front(rng, photos)
    w = int(rng.integers(150, 210))
    return cv2.resize(f, (w, int(w * rng.uniform(1.25, 1.5))), interpolation=cv2.INTER_AREA)
