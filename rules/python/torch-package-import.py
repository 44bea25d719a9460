import importlib

import torch
from torch.package import PackageExporter, PackageImporter
from torch import package


def load_model(path):
    # ruleid: torch-package-import
    importer = PackageImporter(path)
    return importer.load_pickle("model", "model.pkl")


def load_from_store(store, key):
    # ruleid: torch-package-import
    return torch.package.PackageImporter(store.open(key)).import_module("model")


def load_aliased(path):
    # ruleid: torch-package-import
    return package.PackageImporter(path)


def save_model(model, path):
    # ok: torch-package-import
    with PackageExporter(path) as exporter:
        exporter.save_pickle("model", "model.pkl", model)


def load_module(name):
    # ok: torch-package-import
    return importlib.import_module(name)
