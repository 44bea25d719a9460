import hashlib
import logging
import warnings

logger = logging.getLogger(__name__)


def load_dataset(path, expected_sha256):
    data = path.read_bytes()
    actual = hashlib.sha256(data).hexdigest()
    # ruleid: hash-mismatch-ignored
    if actual != expected_sha256:
        logger.warning("hash of %s differs: %s", path, actual)
    return data


def load_model(path, manifest):
    # ruleid: hash-mismatch-ignored
    if hashlib.sha256(path.read_bytes()).hexdigest() != manifest["sha256"]:
        warnings.warn(f"{path} was changed")
    return path


def load_checked(path, expected_hash):
    actual = hashlib.sha256(path.read_bytes()).hexdigest()
    # ok: hash-mismatch-ignored
    if actual != expected_hash:
        raise ValueError(f"{path}: expected {expected_hash}, got {actual}")
    return path


def download_again(path, expected_hash, download):
    # ok: hash-mismatch-ignored
    if hashlib.sha256(path.read_bytes()).hexdigest() != expected_hash:
        logger.warning("hash differs, downloading again")
        download(path)


def compare_sizes(actual, expected_rows):
    # ok: hash-mismatch-ignored
    if actual != expected_rows:
        print("rows differ")
