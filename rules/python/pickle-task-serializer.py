from aiocache import Cache
from aiocache.serializers import JsonSerializer, PickleSerializer
from celery import Celery

app = Celery("training", broker="redis://broker:6379/0")
# ruleid: pickle-task-serializer
app.conf.task_serializer = "pickle"
# ruleid: pickle-task-serializer
app.conf.accept_content = ["json", "pickle"]

other = Celery("serving")
# ruleid: pickle-task-serializer
other.conf.update(task_serializer="pickle", timezone="UTC")

# ruleid: pickle-task-serializer
CELERY_RESULT_SERIALIZER = "pickle"


def cache():
    # ruleid: pickle-task-serializer
    return Cache(Cache.REDIS, endpoint="cache", serializer=PickleSerializer())


safe = Celery("safe")
# ok: pickle-task-serializer
safe.conf.task_serializer = "json"
# ok: pickle-task-serializer
safe.conf.accept_content = ["json"]
# ok: pickle-task-serializer
safe.conf.update(result_serializer="json", accept_content=["json", "yaml"])


def json_cache():
    # ok: pickle-task-serializer
    return Cache(Cache.REDIS, endpoint="cache", serializer=JsonSerializer())


def describe():
    # ok: pickle-task-serializer
    serializer = "pickle"
    return f"{serializer} is not used"
