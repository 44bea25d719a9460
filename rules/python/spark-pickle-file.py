from pyspark import SparkContext
from pyspark.serializers import PickleSerializer
from pyspark.sql import SparkSession


def load_labels(path):
    sc = SparkContext.getOrCreate()
    # ruleid: spark-pickle-file
    return sc.pickleFile(path, 3).collect()


def load_features(spark: SparkSession, path):
    # ruleid: spark-pickle-file
    return spark.sparkContext.pickleFile(path)


def read_one(blob):
    # ruleid: spark-pickle-file
    return PickleSerializer().loads(blob)


def save_labels(rdd, path):
    # ok: spark-pickle-file
    rdd.saveAsPickleFile(path)


def load_table(spark: SparkSession, path):
    # ok: spark-pickle-file
    return spark.read.parquet(path)
