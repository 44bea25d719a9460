import os
import shlex
import subprocess

import litellm
import ollama
from openai import AsyncOpenAI, OpenAI

client = OpenAI()
ACTIONS = {"disk": ["df", "-h"], "gpu": ["nvidia-smi"]}


def operate(wish):
    reply = client.responses.create(model="gpt-4o", input=wish)
    # ruleid: llm-output-in-shell
    return subprocess.run(reply.output_text, shell=True, capture_output=True)


def operate_locally(wish):
    answer = ollama.chat(model="llama3", messages=[{"role": "user", "content": wish}])
    command = answer["message"]["content"].strip()
    print("running", command)
    # ruleid: llm-output-in-shell
    os.system(command)


def operate_split(wish):
    text = litellm.completion(model="gpt-4o", messages=[{"role": "user", "content": wish}]).choices[0].message.content
    # ruleid: llm-output-in-shell
    subprocess.check_call(shlex.split(text))


async def operate_later(wish):
    reply = await AsyncOpenAI().chat.completions.create(model="gpt-4o", messages=wish)
    command = f"git commit -m {reply.choices[0].message.content}"
    # ruleid: llm-output-in-shell
    return os.popen(command).read()


def choose(wish):
    reply = client.responses.create(model="gpt-4o", input=f"{wish}: one of {list(ACTIONS)}")
    for name, action in ACTIONS.items():
        if name == reply.output_text:
            # ok: llm-output-in-shell
            return subprocess.run(action, capture_output=True)


def commit(diff):
    reply = client.responses.create(model="gpt-4o", input=diff)
    # ok: llm-output-in-shell
    return os.system(f"git commit -m {shlex.quote(reply.output_text)}")


def train(config):
    client.responses.create(model="gpt-4o", input="hello")
    # ok: llm-output-in-shell
    subprocess.run(["python", "train.py", config], check=True)
