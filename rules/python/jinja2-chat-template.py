import json

import jinja2
from jinja2 import Environment, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment


def render(tokenizer, messages):
    # ruleid: jinja2-chat-template
    return Template(tokenizer.chat_template).render(messages=messages, add_generation_prompt=True)


def render_config(path, messages):
    with open(path) as file:
        config = json.load(file)
    env = Environment(trim_blocks=True, lstrip_blocks=True)
    # ruleid: jinja2-chat-template
    return env.from_string(config["chat_template"]).render(messages=messages)


def render_gguf(metadata, messages):
    chat_template = metadata["tokenizer.chat_template"]
    # ruleid: jinja2-chat-template
    return jinja2.Environment().from_string(chat_template).render(messages=messages)


def render_in_sandbox(tokenizer, messages):
    env = ImmutableSandboxedEnvironment(trim_blocks=True)
    # ok: jinja2-chat-template
    first = env.from_string(tokenizer.chat_template).render(messages=messages)
    # ok: jinja2-chat-template
    return first, tokenizer.apply_chat_template(messages, tokenize=False)


REVIEW_PROMPT_TEMPLATE = "Review this: {{ code }}"


def own_prompt(code):
    # ok: jinja2-chat-template
    return Template(REVIEW_PROMPT_TEMPLATE).render(code=code)


def report(rows):
    # ok: jinja2-chat-template
    return Template("<ul>{% for row in rows %}<li>{{ row }}</li>{% endfor %}</ul>").render(rows=rows)
