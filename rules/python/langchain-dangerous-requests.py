from langchain_community.agent_toolkits.openapi.toolkit import RequestsToolkit
from langchain_community.utilities.requests import TextRequestsWrapper
from langchain_neo4j import GraphCypherQAChain


def web_tools():
    # ruleid: langchain-dangerous-requests
    return RequestsToolkit(requests_wrapper=TextRequestsWrapper(headers={}), allow_dangerous_requests=True)


def graph_chain(llm, graph):
    # ruleid: langchain-dangerous-requests
    return GraphCypherQAChain.from_llm(
        llm,
        graph=graph,
        allow_dangerous_requests=True,
    )


def careful(llm, graph, allow):
    # ok: langchain-dangerous-requests
    chain = GraphCypherQAChain.from_llm(llm, graph=graph, allow_dangerous_requests=False)
    # ok: langchain-dangerous-requests
    return chain, RequestsToolkit(requests_wrapper=None, allow_dangerous_requests=allow)
