import os

import onnxruntime
import tensorflow as tf
import torch
from onnxruntime_extensions import get_library_path


def load_operators(path):
    # ruleid: native-op-library-load
    return tf.load_op_library(path)


def load_for_torch(config):
    # ruleid: native-op-library-load
    torch.ops.load_library(config["library"])


def session(model, library):
    options = onnxruntime.SessionOptions()
    # ruleid: native-op-library-load
    options.register_custom_ops_library(library)
    return onnxruntime.InferenceSession(model, options)


def load_own():
    path = os.path.join(os.path.dirname(__file__), "ops.so")
    # ok: native-op-library-load
    return tf.load_op_library(path)


def load_own_directly():
    # ok: native-op-library-load
    torch.ops.load_library(os.path.join(os.path.dirname(__file__), "_C.so"))


def tokenizer_session(model):
    options = onnxruntime.SessionOptions()
    # ok: native-op-library-load
    options.register_custom_ops_library(get_library_path())
    return onnxruntime.InferenceSession(model, options)


def load_extension():
    library = _get_extension_path("_C")
    # ok: native-op-library-load
    torch.ops.load_library(library)


def load_books(shelf, path):
    # ok: native-op-library-load
    return shelf.load_library(path)
