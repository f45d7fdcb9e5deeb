"""Which photographs and cut-outs the pictures are composed of."""
import glob
import os
import re

from compose import Composer, load_cutouts, load_photos

# Not photographs of rooms and people, or with a phone or a book in them: a lesson that would be wrong.
SKIP = re.compile(r'curved|angular|react\.|sketch|landing|profile\.jpg|small|jumbo|illustr|screenshot|bg7|studio-1|studio-5'
                  r'|card-3|bg-showcase-1|header-bg|testimonials-3|alejandro|kit-cover|opt\d|product|sidebar|intro\.jpg'
                  r'|face-0|thumb|dist.img.samples|photo3\.jpg|about.1\.jpg|img.team.1\.jpg|fullsize.[124]\.jpg')
DEBIAN = ['/usr/share/backgrounds/**/*.jpg', '/usr/share/wallpapers/*/contents/images/*.jpg',
          '/usr/lib/python3/dist-packages/skimage/data/*.jp*g', '/usr/lib/python3/dist-packages/skimage/data/*.png',
          '/usr/share/doc/opencv-doc/examples/data/*.jpg']
BOARDS = re.compile(r'/(left|right)\d|chess|pattern|Logo|text')
PHONES = re.compile(r'iPhone|galaxyS|Lumia|Htc|Huawei|Pixel|Nexus5', re.I)
OTHERS = re.compile(r'iPad|Tab|Mac|Chrome|Surface|TV|iMac', re.I)


def composer(pictures):
    rooms = [p for p in sorted(glob.glob(os.path.join(pictures, '**', '*.jp*g'), recursive=True))
             if not SKIP.search(p) and 'mockups' not in p and os.path.getsize(p) > 15_000]
    rooms = list({os.path.getsize(p): p for p in rooms}.values())  # packages share pictures
    scenery = [p for pattern in DEBIAN for p in sorted(glob.glob(pattern, recursive=True)) if not BOARDS.search(p)]
    sizes = {}
    for p in scenery:  # a wallpaper in one of its sizes
        sizes['/'.join(p.split('/')[:5]) if 'wallpapers' in p else p] = p
    people, photos = load_photos(rooms), load_photos(sorted(sizes.values()))
    cuts = load_cutouts(os.path.join(pictures, 'html5-device-mockups-3.2.1'))
    fronts = [im for p, im in cuts if PHONES.search(p) and 'Hand' not in p]
    others = [im for p, im in cuts if OTHERS.search(p)]
    if not people or not photos or not fronts:
        raise SystemExit(f'Pictures are missing under {pictures} or /usr/share: see README.md, "Doing it again".')
    return Composer(photos + people, people, fronts, others)
