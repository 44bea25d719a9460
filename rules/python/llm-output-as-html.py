import html

import markdown
import nh3
import streamlit as st
from fastapi import FastAPI
from fastapi.responses import HTMLResponse, JSONResponse
from markupsafe import Markup
from openai import OpenAI

client = OpenAI()
app = FastAPI()


@app.get("/ask")
def ask(question: str):
    reply = client.responses.create(model="gpt-4o", input=question)
    # ruleid: llm-output-as-html
    return HTMLResponse(f"<p>{reply.output_text}</p>")


def chat(question):
    reply = client.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": question}])
    answer = reply.choices[0].message.content
    # ruleid: llm-output-as-html
    st.markdown(answer, unsafe_allow_html=True)
    # ruleid: llm-output-as-html
    return Markup(markdown.markdown(answer))


def chat_escaped(question):
    reply = client.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": question}])
    answer = reply.choices[0].message.content
    # ok: llm-output-as-html
    st.markdown(answer)
    # ok: llm-output-as-html
    st.markdown(html.escape(answer), unsafe_allow_html=True)
    # ok: llm-output-as-html
    return Markup(nh3.clean(markdown.markdown(answer)))


@app.get("/answer")
def answer(question: str):
    reply = client.responses.create(model="gpt-4o", input=question)
    # ok: llm-output-as-html
    return JSONResponse({"text": reply.output_text})


def style():
    # ok: llm-output-as-html
    st.markdown("<style>.block { max-width: 60rem }</style>", unsafe_allow_html=True)
