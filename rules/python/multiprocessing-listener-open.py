import os
from multiprocessing.connection import Client, Listener
from multiprocessing.managers import BaseManager


def serve_features():
    # ruleid: multiprocessing-listener-open
    with Listener(("0.0.0.0", 6000)) as listener:
        return listener.accept().recv()


def serve_with_known_key(port):
    # ruleid: multiprocessing-listener-open
    return Listener(address=("", port), authkey=b"features")


def manager():
    # ruleid: multiprocessing-listener-open
    return BaseManager(address=("", 50000), authkey=b"abracadabra")


def serve_with_secret(port):
    # ok: multiprocessing-listener-open
    return Listener(("0.0.0.0", port), authkey=os.environ["FEATURES_KEY"].encode())


def serve_locally(port):
    # ok: multiprocessing-listener-open
    return Listener(("localhost", port), authkey=os.environb[b"FEATURES_KEY"])


def serve_on_socket(path):
    # ok: multiprocessing-listener-open
    return Listener(path, "AF_UNIX")


def connect(port, key):
    # ok: multiprocessing-listener-open
    return Client(("127.0.0.1", port), authkey=key)
