import onnxruntime
from fastapi import FastAPI, Request
from flask import Flask, request
from transformers import AutoModel, AutoTokenizer, pipeline

app = Flask(__name__)
api = FastAPI()
MODELS = {"small": "acme/small", "large": "acme/large"}


@app.route("/embed")
def embed():
    name = request.args.get("model")
    # ruleid: model-name-from-request
    return AutoModel.from_pretrained(name)


@api.get("/classify")
def classify(model: str, text: str):
    # ruleid: model-name-from-request
    return pipeline("text-classification", model=model)(text)


@api.post("/score")
async def score(request: Request):
    body = await request.json()
    path = f"/models/{body['model']}.onnx"
    # ruleid: model-name-from-request
    return onnxruntime.InferenceSession(path).run(None, body["inputs"])


@app.route("/known")
def embed_known():
    name = MODELS[request.args["model"]]
    # ok: model-name-from-request
    return AutoModel.from_pretrained(name)


@api.get("/checked")
def classify_checked(model: str, text: str):
    if model not in MODELS:
        raise ValueError(model)
    # ok: model-name-from-request
    return pipeline("text-classification", model=model)(text)


@api.get("/tokens")
def tokens(text: str):
    # ok: model-name-from-request
    tokenizer = AutoTokenizer.from_pretrained("acme/small")
    return tokenizer(text)


def load(name):
    # ok: model-name-from-request
    return AutoModel.from_pretrained(name)
