import os

from fastapi import Depends, FastAPI, Header, HTTPException, Request
from fastapi.security import APIKeyHeader
from pydantic import BaseModel, Field

app = FastAPI(title="classifier")
api_key_header = APIKeyHeader(name="X-API-Key")


class Features(BaseModel):
    values: list[float] = Field(max_length=128)


@app.post("/predict")
# ruleid: predict-endpoint-without-auth
def predict(features: Features):
    return {"label": model.predict([features.values])[0]}


@app.post("/v1/completions")
# ruleid: predict-endpoint-without-auth
async def complete(request: Request):
    body = await request.json()
    return {"text": await generate(body["prompt"])}


@app.post("/v2/predict")
# ok: predict-endpoint-without-auth
def predict_with_key(features: Features, key: str = Depends(api_key_header)):
    return {"label": model.predict([features.values])[0]}


@app.post("/v3/predict", dependencies=[Depends(api_key_header)])
# ok: predict-endpoint-without-auth
async def predict_behind_route(features: Features):
    return {"label": model.predict([features.values])[0]}


@app.post("/v4/predict")
# ok: predict-endpoint-without-auth
def predict_with_check(features: Features, request: Request):
    if request.headers.get("X-API-Key") != os.environ["SERVICE_KEY"]:
        raise HTTPException(status_code=401)
    return {"label": model.predict([features.values])[0]}


@app.post("/feedback")
# ok: predict-endpoint-without-auth
def feedback(text: str):
    return {"stored": len(text)}


@app.get("/health")
# ok: predict-endpoint-without-auth
def health():
    return {"status": "ok"}


guarded = FastAPI(dependencies=[Depends(api_key_header)])


@guarded.post("/predict")
# ok: predict-endpoint-without-auth
def predict_guarded(features: Features):
    return {"label": model.predict([features.values])[0]}
