from fastapi import FastAPI, Query
from flask import Flask, request
from openai import OpenAI
from vllm import LLM, SamplingParams

app = Flask(__name__)
api = FastAPI()
llm = LLM(model="org/model")
MAX_NEW_TOKENS = 512


@app.post("/generate")
def generate():
    body = request.get_json()
    # ruleid: request-sets-generation-length
    parameters = SamplingParams(temperature=0.7, max_tokens=body.get("max_tokens", 256))
    return llm.generate(body["prompt"], parameters)[0].outputs[0].text


@api.get("/complete")
def complete(prompt: str, length: int = 64):
    inputs = tokenizer(prompt, return_tensors="pt")
    # ruleid: request-sets-generation-length
    output = model.generate(**inputs, max_new_tokens=length)
    return tokenizer.decode(output[0])


@api.get("/v2/complete")
def complete_bounded(prompt: str, length: int = 64):
    inputs = tokenizer(prompt, return_tensors="pt")
    # ok: request-sets-generation-length
    return model.generate(**inputs, max_new_tokens=min(length, MAX_NEW_TOKENS))


@api.get("/v3/complete")
def complete_checked(prompt: str, length: int = Query(64, ge=1, le=512)):
    # ok: request-sets-generation-length
    return model.generate(prompt, max_new_tokens=length)


@app.post("/v4/generate")
def generate_fixed():
    # ok: request-sets-generation-length
    reply = OpenAI().chat.completions.create(model="gpt-4o", messages=request.json["messages"], max_tokens=256)
    return reply.choices[0].message.content
