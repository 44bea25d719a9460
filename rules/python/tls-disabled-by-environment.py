import os

import requests

# ruleid: tls-disabled-by-environment
os.environ["CURL_CA_BUNDLE"] = ""
# ruleid: tls-disabled-by-environment
os.environ["PYTHONHTTPSVERIFY"] = "0"
# ruleid: tls-disabled-by-environment
os.environ["MLFLOW_TRACKING_INSECURE_TLS"] = "true"
# ruleid: tls-disabled-by-environment
os.environ.setdefault("GIT_SSL_NO_VERIFY", "1")

# ok: tls-disabled-by-environment
os.environ["REQUESTS_CA_BUNDLE"] = "/etc/ssl/company-ca.pem"
# ok: tls-disabled-by-environment
os.environ["MLFLOW_TRACKING_INSECURE_TLS"] = "false"
# ok: tls-disabled-by-environment
os.environ["PYTHONHTTPSVERIFY"] = "1"
# ok: tls-disabled-by-environment
os.environ["CUDA_VISIBLE_DEVICES"] = ""
# ok: tls-disabled-by-environment
os.environ["HF_HUB_OFFLINE"] = "1"


def fetch(url):
    return requests.get(url, timeout=30)
