import aiohttp
import httpx
import requests
import urllib3
from requests import Session


def download(url, path):
    # ruleid: tls-verification-disabled
    with requests.get(url, stream=True, verify=False, timeout=30) as reply, open(path, "wb") as out:
        for chunk in reply.iter_content(1 << 20):
            out.write(chunk)


def register(model, token):
    session = Session()
    # ruleid: tls-verification-disabled
    session.verify = False
    session.post("https://registry.example.org/models", json=model, headers={"Authorization": token})
    # ruleid: tls-verification-disabled
    return session.get("https://registry.example.org/models", verify=False)


async def stream(url):
    # ruleid: tls-verification-disabled
    async with httpx.AsyncClient(verify=False) as client:
        await client.get(url)
    # ruleid: tls-verification-disabled
    connector = aiohttp.TCPConnector(ssl=False)
    # ruleid: tls-verification-disabled
    pool = urllib3.PoolManager(cert_reqs="CERT_NONE")
    return connector, pool


def download_checked(url, ca):
    # ok: tls-verification-disabled
    requests.get(url, timeout=30)
    # ok: tls-verification-disabled
    requests.get(url, verify=ca, timeout=30)
    # ok: tls-verification-disabled
    httpx.get(url, verify=True)
    # ok: tls-verification-disabled
    return requests.get(url, verify="/etc/ssl/company-ca.pem", timeout=30)


def evaluate(trainer, metrics):
    # ok: tls-verification-disabled
    trainer.fit(metrics, verify=False)
    # ok: tls-verification-disabled
    trainer.verify = False
