import os
import shlex
import subprocess

from fastapi import FastAPI
from flask import Flask, request

app = Flask(__name__)
api = FastAPI()


@app.post("/train")
def train():
    dataset = request.json["dataset"]
    # ruleid: request-in-shell
    subprocess.Popen(f"python train.py --data {dataset}", shell=True)
    return "started"


@api.post("/convert")
def convert(model: str, bits: int = 8):
    command = "python convert.py --model " + model
    # ruleid: request-in-shell
    os.system(command)
    # ok: request-in-shell
    os.system(f"python quantize.py --bits {bits}")


@app.post("/v2/train")
def train_with_list():
    dataset = request.json["dataset"]
    # ok: request-in-shell
    subprocess.Popen(["python", "train.py", "--data", dataset])
    # ok: request-in-shell
    os.system(f"python train.py --data {shlex.quote(dataset)}")
    return "started"


def train_locally(dataset: str):
    # ok: request-in-shell
    os.system(f"python train.py --data {dataset}")
