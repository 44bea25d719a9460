import hashlib
import urllib.request

import gdown
import numpy as np
import onnxruntime
from keras.models import load_model
from keras.utils import get_file


def load_onnx(url, path):
    urllib.request.urlretrieve(url, path)
    # ruleid: downloaded-model-unverified
    return onnxruntime.InferenceSession(path)


def load_keras(url):
    path = get_file("model.keras", origin=url)
    # ruleid: downloaded-model-unverified
    return load_model(path)


def load_arrays(link):
    output = "features.npz"
    gdown.download(link, output, quiet=True)
    # ruleid: downloaded-model-unverified
    return np.load(output)


def load_keras_checked(url, sha256):
    path = get_file("model.keras", origin=url, file_hash=sha256)
    # ok: downloaded-model-unverified
    return load_model(path)


def load_onnx_checked(url, path, expected):
    urllib.request.urlretrieve(url, path)
    check_sha256(path, expected)
    # ok: downloaded-model-unverified
    return onnxruntime.InferenceSession(path)


def load_local(path):
    # ok: downloaded-model-unverified
    return onnxruntime.InferenceSession(path)


def check_sha256(path, expected):
    with open(path, "rb") as f:
        if hashlib.file_digest(f, "sha256").hexdigest() != expected:
            raise ValueError(path)
