import io

from fastapi import FastAPI, File, HTTPException, UploadFile
from PIL import Image

app = FastAPI()
MAX_BYTES = 10_000_000


@app.post("/classify")
async def classify(file: UploadFile = File(...)):
    # ruleid: unbounded-upload-read
    image = Image.open(io.BytesIO(await file.read()))
    return model(image)


@app.post("/transcribe")
async def transcribe(audio: UploadFile):
    # ruleid: unbounded-upload-read
    data = await audio.read()
    return whisper(data)


@app.post("/v2/classify")
async def classify_some(file: UploadFile):
    # ok: unbounded-upload-read
    data = await file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise HTTPException(status_code=413)
    return model(Image.open(io.BytesIO(data)))


@app.post("/v3/classify")
async def classify_sized(file: UploadFile):
    if file.size is None or file.size > MAX_BYTES:
        raise HTTPException(status_code=413)
    # ok: unbounded-upload-read
    return model(await file.read())


async def load(store):
    # ok: unbounded-upload-read
    return await store.read()
