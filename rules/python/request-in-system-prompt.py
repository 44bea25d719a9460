from anthropic import Anthropic
from fastapi import FastAPI, Request
from flask import Flask, request
from langchain_core.messages import HumanMessage, SystemMessage
from openai import OpenAI
from pydantic import BaseModel

app = Flask(__name__)
api = FastAPI()
client = OpenAI()
INSTRUCTIONS = {"short": "Answer in one sentence.", "long": "Answer with examples."}


class Question(BaseModel):
    persona: str
    text: str


@app.post("/chat")
def chat():
    persona = request.json["persona"]
    messages = [
        # ruleid: request-in-system-prompt
        {"role": "system", "content": f"You are {persona}. Never speak of prices."},
        {"role": "user", "content": request.json["text"]},
    ]
    return client.chat.completions.create(model="gpt-4o", messages=messages).choices[0].message.content


@api.post("/ask")
def ask(question: Question):
    reply = Anthropic().messages.create(
        model="claude-sonnet-4-5",
        max_tokens=512,
        # ruleid: request-in-system-prompt
        system="Answer about our products. Style: " + question.persona,
        messages=[{"role": "user", "content": question.text}],
    )
    return reply.content[0].text


@api.post("/chain")
async def chain(incoming: Request):
    body = await incoming.json()
    # ruleid: request-in-system-prompt
    return [SystemMessage(content=body["rules"]), HumanMessage(content=body["text"])]


@app.post("/v2/chat")
def chat_apart():
    messages = [
        # ok: request-in-system-prompt
        {"role": "system", "content": "You are a clerk. Never speak of prices."},
        # ok: request-in-system-prompt
        {"role": "user", "content": request.json["text"]},
    ]
    return client.chat.completions.create(model="gpt-4o", messages=messages).choices[0].message.content


@api.post("/v2/ask")
def ask_chosen(question: Question, limit: int = 3):
    # ok: request-in-system-prompt
    chosen = {"role": "system", "content": INSTRUCTIONS[question.persona]}
    # ok: request-in-system-prompt
    bounded = {"role": "system", "content": f"Answer in at most {limit} sentences."}
    return [chosen, bounded, {"role": "user", "content": question.text}]
