import pandas
import pandas as pd
from pandas import read_pickle

TRAIN = "https://example.com/train.pkl"


def load_training_set():
    # ruleid: pandas-read-pickle
    return pd.read_pickle(TRAIN, compression="infer")


def load_many(paths):
    # ruleid: pandas-read-pickle
    frames = [pandas.read_pickle(path) for path in paths]
    return pd.concat(frames)


def load_labels(path):
    # ruleid: pandas-read-pickle
    return read_pickle(path)["label"]


def load_table(path):
    # ok: pandas-read-pickle
    return pd.read_parquet(path)


def load_csv(path):
    # ok: pandas-read-pickle
    return pd.read_csv(path, index_col=0)


def save(frame, path):
    # ok: pandas-read-pickle
    frame.to_pickle(path)


def load_from_store(store, key):
    # ok: pandas-read-pickle
    return store.read_pickle(key)
