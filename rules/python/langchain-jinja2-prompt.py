from langchain_core.prompts import ChatPromptTemplate, PromptTemplate

GREETING = "Answer politely: {{ question }}"


def load(store, name):
    template = store.read(name)
    # ruleid: langchain-jinja2-prompt
    return PromptTemplate.from_template(template, template_format="jinja2")


def build(text):
    # ruleid: langchain-jinja2-prompt
    return PromptTemplate(template=text, input_variables=["question"], template_format="jinja2")


def from_disk(path):
    # ruleid: langchain-jinja2-prompt
    return PromptTemplate.from_file(path, template_format="jinja2")


def fixed_template():
    # ok: langchain-jinja2-prompt
    own = PromptTemplate.from_template(GREETING, template_format="jinja2")
    # ok: langchain-jinja2-prompt
    chat = ChatPromptTemplate.from_messages([("user", "{{ question }}")], template_format="jinja2")
    return own, chat


def names_only(text):
    # ok: langchain-jinja2-prompt
    first = PromptTemplate.from_template(text)
    # ok: langchain-jinja2-prompt
    return first, PromptTemplate.from_template(text, template_format="f-string")
