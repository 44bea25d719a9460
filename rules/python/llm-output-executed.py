import ast
import json

import anthropic
import openai
from langchain_openai import ChatOpenAI
from transformers import AutoTokenizer, pipeline

client = openai.OpenAI()
generator = pipeline("text-generation", model="org/coder")
tokenizer = AutoTokenizer.from_pretrained("org/coder")


def answer(question):
    reply = client.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": question}])
    # ruleid: llm-output-executed
    return eval(reply.choices[0].message.content)


def solve(task):
    message = anthropic.Anthropic().messages.create(model="claude-sonnet-4-5", max_tokens=1024, messages=task)
    code = message.content[0].text
    if "```" in code:
        code = code.split("```")[1].removeprefix("python")
    scope = {}
    # ruleid: llm-output-executed
    exec(code, scope)
    return scope["result"]


def complete(prompt):
    text = generator(prompt, max_new_tokens=128)[0]["generated_text"]
    # ruleid: llm-output-executed
    exec(text)


def local(model, inputs):
    output = tokenizer.decode(model.generate(**inputs)[0], skip_special_tokens=True)
    # ruleid: llm-output-executed
    return eval(f"({output})")


def chain(question):
    llm = ChatOpenAI(model="gpt-4o")
    # ruleid: llm-output-executed
    return eval(llm.invoke(question).content)


def as_data(question):
    reply = client.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": question}])
    text = reply.choices[0].message.content
    # ok: llm-output-executed
    value = ast.literal_eval(text)
    # ok: llm-output-executed
    return json.loads(text), value


def own_formula(formula):
    client.chat.completions.create(model="gpt-4o", messages=[])
    # ok: llm-output-executed
    return eval(formula)


def score(model, loader):
    # ok: llm-output-executed
    model.eval()
    # ok: llm-output-executed
    return eval("1 + 1")
