import shutil
from shutil import unpack_archive


def prepare(archive, root):
    # ruleid: unpack-archive-unfiltered
    shutil.unpack_archive(archive, root)
    # ruleid: unpack-archive-unfiltered
    unpack_archive("corpus.tar.gz", root)
    # ruleid: unpack-archive-unfiltered
    shutil.unpack_archive(archive, root, "gztar")


def prepare_safely(archive, root):
    # ok: unpack-archive-unfiltered
    shutil.unpack_archive(archive, root, filter="data")
    # ok: unpack-archive-unfiltered
    shutil.unpack_archive(archive, root, "zip")
    # ok: unpack-archive-unfiltered
    shutil.unpack_archive(archive, extract_dir=root, format="zip")
    # ok: unpack-archive-unfiltered
    shutil.unpack_archive("train.zip", root)
    # ok: unpack-archive-unfiltered
    shutil.make_archive("model", "zip", root)
