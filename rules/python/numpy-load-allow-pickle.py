import numpy
import numpy as np
from numpy import load as np_load
from numpy.lib import format as npy_format

ALLOW = True


def load_embeddings(path):
    # ruleid: numpy-load-allow-pickle
    return np.load(path, allow_pickle=True)


def load_imdb(path):
    # ruleid: numpy-load-allow-pickle
    with numpy.load(path, encoding="latin1", allow_pickle=True) as archive:
        return archive["x_train"], archive["y_train"]


def load_annotations(path):
    # ruleid: numpy-load-allow-pickle
    boxes = np_load(path, None, True)
    # ruleid: numpy-load-allow-pickle
    labels = np_load(path + ".labels", allow_pickle=ALLOW).item()
    return boxes, labels


def read_stream(stream):
    # ruleid: numpy-load-allow-pickle
    return npy_format.read_array(stream, allow_pickle=True)


def load_weights(path):
    # ok: numpy-load-allow-pickle
    return np.load(path)


def load_mapped(path):
    # ok: numpy-load-allow-pickle
    return np.load(path, mmap_mode="r", allow_pickle=False)


def load_text(path):
    # ok: numpy-load-allow-pickle
    return np.loadtxt(path, delimiter=",")


def save_objects(path, objects):
    # ok: numpy-load-allow-pickle
    np.save(path, objects, allow_pickle=True)


def load_elsewhere(store, path):
    # ok: numpy-load-allow-pickle
    return store.load(path, allow_pickle=True)


def read_with_truthy_values(path):
    # ruleid: numpy-load-allow-pickle
    first = np.load(path, allow_pickle=1)
    # ruleid: numpy-load-allow-pickle
    second = np.load(path, "r", True)
    # ok: numpy-load-allow-pickle
    third = np.load(path, allow_pickle=0)
    return first, second, third


def read_with_options(path):
    options = {"mmap_mode": "r", "allow_pickle": True}
    # ruleid: numpy-load-allow-pickle
    first = np.load(path, **options)
    more = dict(mmap_mode="r")
    # ok: numpy-load-allow-pickle
    return first, np.load(path, **more)
