import datasets
from datasets import load_dataset

NAME = "acme/reviews"
COMMIT = "e4d2f9a0b1c2d3e4f5a6b7c8d9e0f5f1d3a8c7b6"


def load_reviews():
    # ruleid: dataset-unpinned
    return load_dataset(NAME, split="train")


def load_benchmark():
    # ruleid: dataset-unpinned
    return datasets.load_dataset("glue", "mrpc")


def stream():
    # ruleid: dataset-unpinned
    return load_dataset(path="acme/crawl", streaming=True)


def load_pinned():
    # ok: dataset-unpinned
    return load_dataset(NAME, split="train", revision=COMMIT)


def load_files(paths):
    # ok: dataset-unpinned
    first = load_dataset("csv", data_files=paths)
    # ok: dataset-unpinned
    second = load_dataset("parquet", data_files=paths)
    # ok: dataset-unpinned
    third = load_dataset("data/reviews")
    # ok: dataset-unpinned
    return first, second, third, load_dataset("imagefolder", data_dir="images")


def load_named(name):
    # ok: dataset-unpinned
    return load_dataset(name, split="test")
