from langchain_community.llms import HuggingFacePipeline
from langchain_community.vectorstores import FAISS

TRUSTED = True


def open_index(folder, embeddings):
    # ruleid: langchain-dangerous-deserialization
    return FAISS.load_local(folder, embeddings, allow_dangerous_deserialization=True)


def open_trusted(folder, embeddings):
    # ruleid: langchain-dangerous-deserialization
    return FAISS.load_local(
        folder,
        embeddings,
        index_name="docs",
        allow_dangerous_deserialization=TRUSTED,
    )


def open_with_options(folder, embeddings):
    # ruleid: langchain-dangerous-deserialization
    options = {"allow_dangerous_deserialization": True}
    return FAISS.load_local(folder, embeddings, **options)


def build_index(documents, embeddings):
    # ok: langchain-dangerous-deserialization
    return FAISS.from_documents(documents, embeddings)


def open_safely(folder, embeddings, allow_dangerous_deserialization=False):
    # ok: langchain-dangerous-deserialization
    return FAISS.load_local(
        folder, embeddings, allow_dangerous_deserialization=allow_dangerous_deserialization
    )
