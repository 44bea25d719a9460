from datasets import Dataset, load_dataset
import datasets


def load_frames(paths):
    # ruleid: dataset-pickle-builder
    return load_dataset("pandas", data_files=paths, split="train")


def load_remote(url):
    # ruleid: dataset-pickle-builder
    return datasets.load_dataset(path="pandas", data_files={"train": url})


def load_tables(paths):
    # ok: dataset-pickle-builder
    return load_dataset("parquet", data_files=paths, split="train")


def from_frame(frame):
    # ok: dataset-pickle-builder
    return Dataset.from_pandas(frame)


def load_json(paths):
    # ok: dataset-pickle-builder
    return load_dataset("json", data_files=paths)
