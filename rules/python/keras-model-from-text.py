import keras
import tensorflow as tf
from keras.models import model_from_json
from pyspark.ml import PipelineModel


def load_architecture(path):
    with open(path) as f:
        # ruleid: keras-model-from-text
        return model_from_json(f.read())


def load_old(path):
    with open(path) as f:
        # ruleid: keras-model-from-text
        return keras.models.model_from_yaml(f)


def load_remote(client, key):
    # ruleid: keras-model-from-text
    return tf.keras.models.model_from_json(client.get(key), custom_objects={})


def clone(model):
    # ok: keras-model-from-text
    return model_from_json(model.to_json())


def load_whole(path):
    # ok: keras-model-from-text
    return keras.models.load_model(path)


def load_pipeline(store, text):
    # ok: keras-model-from-text
    return store.model_from_json(text)
