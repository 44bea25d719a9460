from sentence_transformers import SentenceTransformer
from transformers import AutoModelForSequenceClassification, AutoTokenizer, pipeline

CHECKPOINT = "distilbert-base-uncased-finetuned-sst-2-english"
COMMIT = "714eb0fa89d2f80546fda750413ed43d93601a13"


def load():
    # ruleid: pretrained-model-unpinned
    tokenizer = AutoTokenizer.from_pretrained("acme/sentiment-base")
    # ruleid: pretrained-model-unpinned
    model = AutoModelForSequenceClassification.from_pretrained(CHECKPOINT, num_labels=2)
    return tokenizer, model


def embed(texts):
    # ruleid: pretrained-model-unpinned
    return SentenceTransformer("all-MiniLM-L6-v2").encode(texts)


def classify(texts):
    # ruleid: pretrained-model-unpinned
    return pipeline("text-classification", model="acme/sentiment-base")(texts)


def load_pinned():
    # ok: pretrained-model-unpinned
    tokenizer = AutoTokenizer.from_pretrained(CHECKPOINT, revision=COMMIT)
    # ok: pretrained-model-unpinned
    return pipeline("text-classification", model="acme/sentiment-base", revision=COMMIT, tokenizer=tokenizer)


def load_own(folder, args):
    # ok: pretrained-model-unpinned
    first = AutoTokenizer.from_pretrained("./models/sentiment")
    # ok: pretrained-model-unpinned
    second = AutoTokenizer.from_pretrained("checkpoints/last")
    # ok: pretrained-model-unpinned
    third = AutoTokenizer.from_pretrained(args.model_name)
    # ok: pretrained-model-unpinned
    fourth = AutoTokenizer.from_pretrained(folder)
    # ok: pretrained-model-unpinned
    return first, second, third, fourth, pipeline("text-classification")


def load_remote_code():
    # ok: pretrained-model-unpinned
    return AutoTokenizer.from_pretrained("acme/sentiment-base", trust_remote_code=True)
