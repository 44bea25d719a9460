import joblib
import onnxruntime
import skops.io as sio
from joblib import Parallel, delayed, load
from sklearn.externals import joblib as sk_joblib


def load_classifier(path):
    # ruleid: joblib-load
    return joblib.load(path)


def load_mapped(path):
    # ruleid: joblib-load
    return load(path, mmap_mode="r")


def load_old_model(path):
    # ruleid: joblib-load
    return sk_joblib.load(path)


class Predictor:
    def __init__(self, path):
        # ruleid: joblib-load
        self.pipeline = joblib.load(path)


def save_classifier(model, path):
    # ok: joblib-load
    joblib.dump(model, path, compress=3)


def load_checked(path):
    # ok: joblib-load
    return sio.load(path, trusted=[])


def load_onnx(path):
    # ok: joblib-load
    return onnxruntime.InferenceSession(path)


def fit_all(models, x, y):
    # ok: joblib-load
    return Parallel(n_jobs=4)(delayed(model.fit)(x, y) for model in models)


def digest(array):
    # ok: joblib-load
    return joblib.hash(array)
