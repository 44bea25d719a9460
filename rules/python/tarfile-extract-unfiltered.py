import tarfile
import urllib.request
from pathlib import Path


def fetch(url: str, root: Path) -> Path:
    archive, _ = urllib.request.urlretrieve(url, root / "data.tar.gz")
    with tarfile.open(archive, "r:gz") as tar:
        # ruleid: tarfile-extract-unfiltered
        tar.extractall(root)
    return root


def unpack_model(path: str, out: str) -> None:
    tar = tarfile.open(path)
    # ruleid: tarfile-extract-unfiltered
    tar.extractall(path=out)
    tar.close()


def one_liner(path):
    # ruleid: tarfile-extract-unfiltered
    tarfile.open(path).extractall("models")


def weights_only(path):
    with tarfile.open(path) as bundle, open("log.txt", "w") as log:
        # ruleid: tarfile-extract-unfiltered
        bundle.extract("weights.bin", path="models")
        log.write("done")


def filtered(path, root):
    with tarfile.open(path) as tar:
        # ok: tarfile-extract-unfiltered
        tar.extractall(root, filter="data")
        # ok: tarfile-extract-unfiltered
        tar.extract("config.json", root, filter="data")


def checked(path, root, safe_members):
    with tarfile.open(path) as tar:
        # ok: tarfile-extract-unfiltered
        tar.extractall(root, members=safe_members(tar))


def filtered_for_all(path, root):
    tar = tarfile.open(path)
    tar.extraction_filter = tarfile.data_filter
    # ok: tarfile-extract-unfiltered
    tar.extractall(root)


def features(extractor, images):
    # ok: tarfile-extract-unfiltered
    return extractor.extract(images)
