import imagehash
from tensorflow.keras.utils import get_file

EXPECTED_HASHES = {
    # ruleid: truncated-hash
    "v1.4.0": "8c2f5e6d9a1b3c4f8c2f5e6d9a1b3c4f8c2f",
    # ok: truncated-hash
    "v1.5.0": "7a3b9c2d1e5f4a6b7a3b9c2d1e5f4a6b7a3b9c2d1e5f4a6b7a3b9c2d1e5f4a6b",
}

# ruleid: truncated-hash
MODEL_SHA256 = "7a3b9c2d1e5f4a6b7a3b9c2d1e5f4a6b"

# ok: truncated-hash
VOCABULARY_MD5 = "7a3b9c2d1e5f4a6b7a3b9c2d1e5f4a6b"


def fetch(url):
    # ruleid: truncated-hash
    return get_file("vocab.txt", url, file_hash="5f1d3a8c7b6e4d2f9a0b1c2d3e4f5a6b7c8d9e0f5f1d3a8c7b6e4d2f9a0b1c2")


def manifest(url):
    # ruleid: truncated-hash
    return {"url": url, "sha256": "5f1d3a8c7b6e4d2f"}


# ok: truncated-hash
PERCEPTUAL = imagehash.hex_to_hash("ffd8e0c0c0e0f8ff")
# ok: truncated-hash
commit = "5f1d3a8c7b6e"
# ok: truncated-hash
hash_prefix = "5f1d3a8c"
