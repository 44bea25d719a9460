import pooch

SHA256 = "sha256:19a9bf7d4c3e9d0a3c1d7e21f4f59d3c7d1f9b5b3f0c2a8d6e4b7c9a0d1e2f3b"


def fetch(url):
    # ruleid: pooch-without-hash
    return pooch.retrieve(url, known_hash=None, progressbar=True)


def fetch_short(url):
    # ruleid: pooch-without-hash
    return pooch.retrieve(url, None)


def registry(url):
    # ruleid: pooch-without-hash
    return pooch.create(path=pooch.os_cache("acme"), base_url=url, registry={"train.csv": None})


def fetch_checked(url):
    # ok: pooch-without-hash
    return pooch.retrieve(url, known_hash=SHA256)


def fetch_given(url, known_hash):
    # ok: pooch-without-hash
    return pooch.retrieve(url=url, known_hash=known_hash)
