from langchain_core.tools import Tool, tool
from langchain_experimental.agents import create_csv_agent, create_pandas_dataframe_agent
from langchain_experimental.tools import PythonREPLTool
from langchain_experimental.utilities import PythonREPL
from langchain_openai import ChatOpenAI
from llama_index.experimental.query_engine import PandasQueryEngine

llm = ChatOpenAI(model="gpt-4o", temperature=0)


def analyst(frame):
    # ruleid: agent-python-repl
    return create_pandas_dataframe_agent(
        llm,
        frame,
        verbose=True,
        allow_dangerous_code=True,
    )


def analyst_of_file(path):
    # ruleid: agent-python-repl
    return create_csv_agent(llm, path, allow_dangerous_code=True)


def tools():
    # ruleid: agent-python-repl
    repl = PythonREPL()
    python = Tool(name="python", description="Runs Python.", func=repl.run)
    # ruleid: agent-python-repl
    return [python, PythonREPLTool()]


def query(frame):
    # ruleid: agent-python-repl
    return PandasQueryEngine(df=frame, verbose=True)


def narrow_tools(frame):
    @tool
    def mean_of(column: str) -> float:
        """The mean of one column."""
        return float(frame[column].mean())

    # ok: agent-python-repl
    return [mean_of]


def refused(frame):
    # ok: agent-python-repl
    return create_pandas_dataframe_agent(llm, frame, allow_dangerous_code=False)


class PythonREPLToolConfig:
    timeout = 10


# ok: agent-python-repl
config = PythonREPLToolConfig()
