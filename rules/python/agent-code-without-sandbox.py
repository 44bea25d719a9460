from autogen import AssistantAgent, UserProxyAgent
from autogen.coding import DockerCommandLineCodeExecutor, LocalCommandLineCodeExecutor
from crewai import Agent
from crewai_tools import CodeInterpreterTool
from interpreter import interpreter

# ruleid: agent-code-without-sandbox
interpreter.auto_run = True


def pair(config):
    assistant = AssistantAgent("assistant", llm_config=config)
    # ruleid: agent-code-without-sandbox
    user = UserProxyAgent(
        "user",
        human_input_mode="NEVER",
        code_execution_config={"work_dir": "coding", "use_docker": False},
    )
    return assistant, user


def executor():
    # ruleid: agent-code-without-sandbox
    return LocalCommandLineCodeExecutor(work_dir="coding", timeout=60)


def analyst():
    # ruleid: agent-code-without-sandbox
    tool = CodeInterpreterTool(unsafe_mode=True)
    # ruleid: agent-code-without-sandbox
    return Agent(role="analyst", goal="answers", backstory="", tools=[tool], allow_code_execution=True, code_execution_mode="unsafe")


def sandboxed(config):
    # ok: agent-code-without-sandbox
    user = UserProxyAgent("user", code_execution_config={"work_dir": "coding", "use_docker": True})
    # ok: agent-code-without-sandbox
    silent = UserProxyAgent("user", code_execution_config=False)
    # ok: agent-code-without-sandbox
    docker = DockerCommandLineCodeExecutor(work_dir="coding")
    # ok: agent-code-without-sandbox
    analyst = Agent(role="analyst", goal="", backstory="", allow_code_execution=True, code_execution_mode="safe")
    # ok: agent-code-without-sandbox
    return user, silent, docker, analyst, CodeInterpreterTool()


def confirm():
    # ok: agent-code-without-sandbox
    interpreter.auto_run = False
