import h5py
import pandas as pd
from pandas import HDFStore


def load_features(path):
    # ruleid: pandas-read-hdf
    return pd.read_hdf(path, key="features")


def load_all(path):
    # ruleid: pandas-read-hdf
    with HDFStore(path, mode="r") as store:
        return {key: store[key] for key in store.keys()}


def new_store(path):
    # ok: pandas-read-hdf
    return pd.HDFStore(path, mode="w")


def save(frame, path):
    # ok: pandas-read-hdf
    frame.to_hdf(path, key="features")


def load_table(path):
    # ok: pandas-read-hdf
    return pd.read_parquet(path)


def load_numbers(path):
    # ok: pandas-read-hdf
    with h5py.File(path, "r") as f:
        return f["features"][:]
