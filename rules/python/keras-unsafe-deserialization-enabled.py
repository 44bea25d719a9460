import keras
import tensorflow as tf
from keras.src.saving.serialization_lib import SafeModeScope

# ruleid: keras-unsafe-deserialization-enabled
keras.config.enable_unsafe_deserialization()


def prepare():
    # ruleid: keras-unsafe-deserialization-enabled
    tf.keras.config.enable_unsafe_deserialization()


def load_in_scope(path):
    # ruleid: keras-unsafe-deserialization-enabled
    with SafeModeScope(False):
        return keras.models.load_model(path)


def load_safely(path):
    # ok: keras-unsafe-deserialization-enabled
    with SafeModeScope(True):
        return keras.models.load_model(path)


def configure():
    # ok: keras-unsafe-deserialization-enabled
    keras.config.set_floatx("float32")
    # ok: keras-unsafe-deserialization-enabled
    keras.config.enable_traceback_filtering()
