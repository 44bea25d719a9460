import urllib.request

import pandas as pd
import requests
from tensorflow.keras.utils import get_file

DATA = "http://data.acme.org/train.csv"


def download_weights(path):
    # ruleid: insecure-http-download
    urllib.request.urlretrieve("http://models.acme.org/weights.h5", path)


def download_table():
    # ruleid: insecure-http-download
    return pd.read_csv(DATA)


def download_archive():
    # ruleid: insecure-http-download
    return requests.get("http://data.acme.org/images.tar.gz", timeout=60).content


def download_cached():
    # ruleid: insecure-http-download
    return get_file("vocab.txt", origin="http://data.acme.org/vocab.txt")


def download_safely(path):
    # ok: insecure-http-download
    urllib.request.urlretrieve("https://models.acme.org/weights.h5", path)
    # ok: insecure-http-download
    return pd.read_csv("https://data.acme.org/train.csv")


def ask_service():
    # ok: insecure-http-download
    first = requests.get("http://features.acme.org/health", timeout=1)
    # ok: insecure-http-download
    second = urllib.request.urlretrieve("http://localhost:9000/weights.h5")
    # ok: insecure-http-download
    third = pd.read_csv("http://minio:9000/train.csv")
    # ok: insecure-http-download
    return first, second, third, pd.read_csv("http://192.168.0.7/train.csv")
