import hashlib

from tensorflow.keras.utils import get_file

EXPECTED_HASHES = {
    # ruleid: placeholder-hash
    "v1.4.0": "8c2f5e6d9a1b3c4f...",
    # ok: placeholder-hash
    "v1.5.0": "7a3b9c2d1e5f4a6b7a3b9c2d1e5f4a6b7a3b9c2d1e5f4a6b7a3b9c2d1e5f4a6b",
    # ruleid: placeholder-hash
    "v1.6.0": "TODO: fill in after the release",
}

# ruleid: placeholder-hash
MODEL_SHA256 = "0000000000000000000000000000000000000000000000000000000000000000"

# ok: placeholder-hash
SHA256_OF_EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def fetch(url):
    # ruleid: placeholder-hash
    return get_file("vocab.txt", url, file_hash="<sha256 of the file>")


def artifact(url):
    # ruleid: placeholder-hash
    return {"url": url, "sha256": "xxxx"}


def fetch_checked(url):
    # ok: placeholder-hash
    return get_file("vocab.txt", url, file_hash="5f1d3a8c7b6e4d2f9a0b1c2d3e4f5a6b7c8d9e0f5f1d3a8c7b6e4d2f9a0b1c2d")


# ok: placeholder-hash
TITLES = {"v1": "...", "v2": "TODO"}
# ok: placeholder-hash
ALGORITHM = "sha256"


def digest(data):
    # ok: placeholder-hash
    return hashlib.new("sha256", data).hexdigest()
