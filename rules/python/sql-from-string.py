import duckdb
import pandas as pd
from google.cloud import bigquery
from psycopg import sql
from pyspark.sql import SparkSession
from sqlalchemy import text

TABLE = "features"
spark = SparkSession.builder.getOrCreate()


def load(engine, user_id, day):
    # ruleid: sql-from-string
    frame = pd.read_sql(f"SELECT * FROM features WHERE user_id = '{user_id}'", engine)
    # ruleid: sql-from-string
    more = pd.read_sql_query("SELECT * FROM clicks WHERE day = '%s'" % day, engine)
    # ruleid: sql-from-string
    events = spark.sql("SELECT * FROM events WHERE day = '{}'".format(day))
    # ruleid: sql-from-string
    sample = duckdb.sql("SELECT * FROM 'train.parquet' WHERE label = " + day)
    return frame, more, events, sample


def store(cursor, conn, label, row):
    # ruleid: sql-from-string
    cursor.execute(f"UPDATE labels SET label = '{label}' WHERE id = {row}")
    # ruleid: sql-from-string
    conn.execute(text(f"DELETE FROM labels WHERE label = '{label}'"))


def count(name):
    client = bigquery.Client()
    # ruleid: sql-from-string
    return client.query(f"SELECT COUNT(*) FROM data.rows WHERE name = '{name}'").result()


def load_with_parameters(engine, cursor, user_id, day):
    # ok: sql-from-string
    frame = pd.read_sql("SELECT * FROM features WHERE user_id = %(user)s", engine, params={"user": user_id})
    # ok: sql-from-string
    cursor.execute("SELECT * FROM clicks WHERE day = %s", (day,))
    # ok: sql-from-string
    events = spark.sql("SELECT * FROM events WHERE day = :day", args={"day": day})
    # ok: sql-from-string
    cursor.execute("SELECT * FROM clicks " + "WHERE day = %s", (day,))
    # ok: sql-from-string
    query = text("SELECT * FROM features WHERE user_id = :user")
    return frame, events, query


def load_table(cursor, table, rows):
    # ok: sql-from-string
    cursor.execute(f"SELECT * FROM {table} WHERE day = %s", (rows,))
    # ok: sql-from-string
    cursor.execute("DROP TABLE IF EXISTS {}".format(table))
    # ok: sql-from-string
    cursor.execute(sql.SQL("SELECT * FROM {} WHERE day = {}").format(sql.Identifier(table), sql.Literal(rows)))
    # ruleid: sql-from-string
    cursor.execute("SELECT * FROM " + table + " WHERE day = '" + rows + "'")


def run(pool, command, shell):
    # ok: sql-from-string
    pool.execute(f"echo {command}")
    # ok: sql-from-string
    return shell.execute("ls " + command)
