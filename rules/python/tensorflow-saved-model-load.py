import numpy as np
import tensorflow as tf
import tensorflow_hub as hub


def serve(path):
    # ruleid: tensorflow-saved-model-load
    model = tf.saved_model.load(path)
    return model.signatures["serving_default"]


def embed(texts):
    # ruleid: tensorflow-saved-model-load
    encoder = hub.load("https://tfhub.dev/google/universal-sentence-encoder/4")
    return encoder(texts)


def round_trip(module, path):
    tf.saved_model.save(module, path)
    # ok: tensorflow-saved-model-load
    return tf.saved_model.load(path)


def save(module, path):
    # ok: tensorflow-saved-model-load
    tf.saved_model.save(module, path)


def load_arrays(path):
    # ok: tensorflow-saved-model-load
    return np.load(path)
