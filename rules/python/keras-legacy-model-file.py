import os

import keras
import tensorflow as tf
from keras.models import load_model
from tensorflow.keras.applications import ResNet50


def load_classifier(folder):
    # ruleid: keras-legacy-model-file
    return keras.models.load_model("models/classifier.h5")


def load_detector(folder):
    # ruleid: keras-legacy-model-file
    return tf.keras.models.load_model(os.path.join(folder, "detector.hdf5"), compile=False)


def load_named(name):
    # ruleid: keras-legacy-model-file
    return load_model(f"{name}.h5")


def load_new(folder):
    # ok: keras-legacy-model-file
    return load_model("models/classifier.keras")


def load_weights(model):
    # ok: keras-legacy-model-file
    model.load_weights("models/classifier.weights.h5")
    return model


def load_pretrained():
    # ok: keras-legacy-model-file
    return ResNet50(weights="imagenet")


def round_trip(model):
    model.save("copy.h5")
    # ok: keras-legacy-model-file
    return load_model("copy.h5")
