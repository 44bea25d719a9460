import base64
import hashlib
import io
import json
import pickle
import urllib.request

import boto3
import joblib
import requests
import torch
from fastapi import FastAPI, File, Request, UploadFile
from flask import Flask, request

app = Flask(__name__)
api = FastAPI()


@app.route("/predict", methods=["POST"])
def predict():
    # ruleid: pickle-from-network
    features = pickle.loads(request.data)
    return {"label": int(model.predict(features)[0])}


@app.route("/state", methods=["POST"])
def restore():
    encoded = request.form["state"]
    state = base64.b64decode(encoded)
    # ruleid: pickle-from-network
    return pickle.loads(state)


@api.post("/load")
async def load(upload: UploadFile):
    blob = await upload.read()
    # ruleid: pickle-from-network
    return joblib.load(io.BytesIO(blob))


@api.post("/load-file")
def load_file(upload: UploadFile = File(...)):
    # ruleid: pickle-from-network
    return joblib.load(upload.file)


def fetch_state(session, url):
    response = session.get(url)
    # ruleid: pickle-from-network
    return pickle.loads(response.content)


def download_to_fixed_name(url):
    urllib.request.urlretrieve(url, "model.joblib")
    # A literal carries nothing from one call to the next; `joblib-load` finds it all the same.
    # todoruleid: pickle-from-network
    return joblib.load("model.joblib")


def fetch_model(url):
    response = requests.get(url, timeout=60)
    # ruleid: pickle-from-network
    return torch.load(io.BytesIO(response.content), map_location="cpu")


def download_model(url, path):
    urllib.request.urlretrieve(url, path)
    # ruleid: pickle-from-network
    return joblib.load(path)


def from_bucket(bucket, key):
    client = boto3.client("s3")
    body = client.get_object(Bucket=bucket, Key=key)["Body"].read()
    # ruleid: pickle-from-network
    return pickle.loads(body)


def load_local(path):
    with open(path, "rb") as f:
        # ok: pickle-from-network
        return pickle.load(f)


def fetch_weights(url):
    response = requests.get(url, timeout=60)
    # ok: pickle-from-network
    return torch.load(io.BytesIO(response.content), weights_only=True)


@app.route("/json", methods=["POST"])
def predict_json():
    # ok: pickle-from-network
    features = json.loads(request.data)
    return {"label": int(model.predict(features)[0])}


def fetch_checked(url, expected):
    data = requests.get(url, timeout=60).content
    verify_sha256(data, expected)
    # ok: pickle-from-network
    return pickle.loads(data)


def verify_sha256(data, expected):
    if hashlib.sha256(data).hexdigest() != expected:
        raise ValueError("changed")


model = joblib.load("model.joblib")
