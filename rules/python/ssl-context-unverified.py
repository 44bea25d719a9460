import ssl
import urllib.request

import torchvision

# ruleid: ssl-context-unverified
ssl._create_default_https_context = ssl._create_unverified_context
train = torchvision.datasets.CIFAR10("data", download=True)


def fetch(url):
    # ruleid: ssl-context-unverified
    return urllib.request.urlopen(url, context=ssl._create_unverified_context()).read()


def lenient():
    context = ssl.create_default_context()
    # ok: ssl-context-unverified
    context.check_hostname = False
    # ruleid: ssl-context-unverified
    context.verify_mode = ssl.CERT_NONE
    return context


def any_host():
    context = ssl.create_default_context()
    # ruleid: ssl-context-unverified
    context.check_hostname = False
    return context


def strict(ca):
    # ok: ssl-context-unverified
    context = ssl.create_default_context(cafile=ca)
    # ok: ssl-context-unverified
    context.verify_mode = ssl.CERT_REQUIRED
    # ok: ssl-context-unverified
    context.check_hostname = True
    return context


def options(checker):
    # ok: ssl-context-unverified
    checker.check_hostname = False
