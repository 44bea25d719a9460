import keras
import tensorflow as tf
from keras.models import load_model


def load_classifier(path):
    # ruleid: keras-unsafe-load
    return keras.models.load_model(path, compile=False, safe_mode=True)


def load_generator(path):
    # ruleid: keras-unsafe-load
    return load_model(path, safe_mode=True)


def load_segmenter(path):
    # ruleid: keras-unsafe-load
    return tf.keras.models.load_model(path, safe_mode=True)


def load_config(config):
    # ruleid: keras-unsafe-load
    return keras.saving.deserialize_keras_object(config, safe_mode=True)


def load_safely(path):
    # ok: keras-unsafe-load
    first = keras.models.load_model(path)
    # ok: keras-unsafe-load
    second = load_model(path, safe_mode=True, compile=False)
    # ok: keras-unsafe-load
    return first, second


def load_in_browser(browser, path):
    # ok: keras-unsafe-load
    return browser.open(path, safe_mode=False)
