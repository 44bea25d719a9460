import dbm
import shelve
import sqlite3
from shelve import open as open_shelf


def cached_predictions(path):
    # ruleid: shelve-open
    with shelve.open(path, flag="r") as shelf:
        return dict(shelf)


def feature_store(directory):
    # ruleid: shelve-open
    return open_shelf(f"{directory}/features")


def wrap(path):
    # ruleid: shelve-open
    return shelve.Shelf(dbm.open(path, "r"))


def new_cache(path):
    # ok: shelve-open
    with shelve.open(path, flag="n") as shelf:
        shelf["version"] = 1
    # ok: shelve-open
    return shelve.open(path, "n")


def database(path):
    # ok: shelve-open
    return sqlite3.connect(path)


def shelves(library):
    # ok: shelve-open
    return library.shelve.open("a book")


def read_text(path):
    # ok: shelve-open
    with open(path) as f:
        return f.read()
