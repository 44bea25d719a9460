import subprocess

from langchain.agents import AgentType, initialize_agent
from langchain_community.agent_toolkits.load_tools import load_tools
from langchain_community.tools import DuckDuckGoSearchRun, ShellTool
from langchain_core.tools import tool
from langchain_openai import ChatOpenAI

llm = ChatOpenAI(model="gpt-4o")


def operator():
    # ruleid: agent-shell-tool
    shell = ShellTool()
    return initialize_agent([shell], llm, agent=AgentType.STRUCTURED_CHAT_ZERO_SHOT_REACT_DESCRIPTION)


def assistant():
    # ruleid: agent-shell-tool
    tools = load_tools(["arxiv", "terminal"], llm=llm)
    return initialize_agent(tools, llm)


@tool
def gpu_memory() -> str:
    """How much memory each GPU has left."""
    # ok: agent-shell-tool
    return subprocess.run(["nvidia-smi", "--query-gpu=memory.free", "--format=csv"], capture_output=True, text=True).stdout


def narrow():
    # ok: agent-shell-tool
    tools = load_tools(["arxiv", "wikipedia"], llm=llm)
    # ok: agent-shell-tool
    return [*tools, DuckDuckGoSearchRun(), gpu_memory]
