import os
import shutil
from pathlib import Path
from uuid import uuid4

from fastapi import FastAPI, File, UploadFile
from flask import Flask, request
from werkzeug.utils import secure_filename

api = FastAPI()
app = Flask(__name__)
MODELS = Path("models")


@api.post("/models")
def upload(file: UploadFile = File(...)):
    target = os.path.join("models", file.filename)
    # ruleid: upload-name-in-path
    with open(target, "wb") as out:
        shutil.copyfileobj(file.file, out)
    return {"size": os.path.getsize(target)}


@api.post("/data")
async def upload_data(data: UploadFile):
    path = MODELS / data.filename
    # ruleid: upload-name-in-path
    path.write_bytes(await data.read(1_000_000))


@app.post("/upload")
def upload_to_flask():
    file = request.files["model"]
    # ruleid: upload-name-in-path
    file.save(f"models/{file.filename}")
    return "stored"


@api.post("/v2/models")
def upload_named(file: UploadFile = File(...)):
    # ok: upload-name-in-path
    with open(f"models/{uuid4().hex}{Path(file.filename).suffix}", "wb") as out:
        shutil.copyfileobj(file.file, out)
    # ok: upload-name-in-path
    with open(MODELS / Path(file.filename).name, "wb") as out:
        shutil.copyfileobj(file.file, out)


@app.post("/v2/upload")
def upload_secured():
    file = request.files["model"]
    # ok: upload-name-in-path
    file.save(os.path.join("models", secure_filename(file.filename)))
    return "stored"
