import sqlite3

import duckdb
import pandas as pd
from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompts import ChatPromptTemplate
from langchain_openai import ChatOpenAI
from openai import OpenAI

client = OpenAI()
prompt = ChatPromptTemplate.from_template("Write SQL for: {question}")


def ask(question):
    reply = client.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": question}])
    query = reply.choices[0].message.content
    connection = sqlite3.connect("sales.db")
    # ruleid: llm-output-in-sql
    return connection.execute(query).fetchall()


def ask_chain(question, engine):
    chain = prompt | ChatOpenAI(model="gpt-4o") | StrOutputParser()
    query = chain.invoke({"question": question})
    # ruleid: llm-output-in-sql
    return pd.read_sql(query, engine)


def ask_part(question):
    where = client.responses.create(model="gpt-4o", input=question).output_text
    # ruleid: llm-output-in-sql
    return duckdb.sql(f"SELECT * FROM 'sales.parquet' WHERE {where}")


def ask_with_parameter(question):
    city = client.responses.create(model="gpt-4o", input=question).output_text
    connection = sqlite3.connect("sales.db")
    # ok: llm-output-in-sql
    return connection.execute("SELECT SUM(price) FROM sales WHERE city = ?", (city,)).fetchone()


def remember(cursor, question):
    answer = client.responses.create(model="gpt-4o", input=question).output_text
    # ok: llm-output-in-sql
    cursor.execute("INSERT INTO answers VALUES (?, ?)", (question, answer))
