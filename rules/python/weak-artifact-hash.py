import hashlib

import pooch
from tensorflow.keras.utils import get_file

EXPECTED_MD5 = "7a3b9c2d1e5f4a6b7a3b9c2d1e5f4a6b"


def verify(path, expected_md5):
    # ruleid: weak-artifact-hash
    digest = hashlib.md5()
    with open(path, "rb") as f:
        for block in iter(lambda: f.read(1 << 20), b""):
            digest.update(block)
    return digest.hexdigest() == expected_md5


def download(url, path):
    # ruleid: weak-artifact-hash
    actual = hashlib.sha1(open(path, "rb").read()).hexdigest()
    if actual != KNOWN[url]["sha1"]:
        raise ValueError(url)


def check(data):
    # ruleid: weak-artifact-hash
    if hashlib.md5(data).hexdigest() != EXPECTED_MD5:
        raise ValueError("changed")


def fetch(url):
    # ruleid: weak-artifact-hash
    vocabulary = get_file("vocab.txt", url, md5_hash="7a3b9c2d1e5f4a6b7a3b9c2d1e5f4a6b")
    # ruleid: weak-artifact-hash
    table = pooch.retrieve(url, known_hash="md5:7a3b9c2d1e5f4a6b7a3b9c2d1e5f4a6b")
    return vocabulary, table


def check_strongly(data, expected):
    # ok: weak-artifact-hash
    if hashlib.sha256(data).hexdigest() != expected:
        raise ValueError("changed")


def cache_key(text):
    # ok: weak-artifact-hash
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def changed(text, previous):
    # ok: weak-artifact-hash
    return hashlib.md5(text.encode()).hexdigest() != previous


KNOWN = {}
