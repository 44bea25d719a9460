import skops.io as sio
from skops.io import get_untrusted_types, load

KNOWN = ["xgboost.sklearn.XGBClassifier"]


def load_model(path):
    # ruleid: skops-load-trusting-everything
    return sio.load(path, trusted=True)


def load_whatever(path):
    unknown_types = get_untrusted_types(file=path)
    # ruleid: skops-load-trusting-everything
    return load(path, trusted=unknown_types)


def load_in_one_line(path):
    # ruleid: skops-load-trusting-everything
    return sio.load(path, trusted=sio.get_untrusted_types(file=path))


def load_known(path):
    # ok: skops-load-trusting-everything
    return sio.load(path, trusted=KNOWN)


def load_reviewed(path):
    unknown_types = sio.get_untrusted_types(file=path)
    if set(unknown_types) - set(KNOWN):
        raise ValueError(f"types that nobody has reviewed: {unknown_types}")
    # ok: skops-load-trusting-everything
    return sio.load(path, trusted=unknown_types)


def load_plain(path):
    # ok: skops-load-trusting-everything
    return sio.load(path)
