import keras
import tensorflow as tf
from tensorflow.keras import layers
from torchvision import transforms


def build(inputs):
    # ruleid: keras-lambda-layer
    x = layers.Lambda(lambda t: tf.math.l2_normalize(t, axis=1))(inputs)
    # ruleid: keras-lambda-layer
    x = keras.layers.Lambda(lambda t: t / 255.0, name="scale")(x)
    return tf.keras.Model(inputs, x)


def build_named(inputs):
    # ruleid: keras-lambda-layer
    return tf.keras.layers.Lambda(function=lambda t: t[:, 0])(inputs)


def build_with_layers(inputs):
    # ok: keras-lambda-layer
    x = layers.Rescaling(1 / 255)(inputs)
    # ok: keras-lambda-layer
    return layers.UnitNormalization()(x)


def augment():
    # ok: keras-lambda-layer
    return transforms.Lambda(lambda image: image / 255)
