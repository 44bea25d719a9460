from datasets import load_dataset
from transformers import AutoConfig, AutoModelForCausalLM, AutoTokenizer, pipeline

REMOTE = True
LOCAL = False


def load(name: str, args):
    # ruleid: trust-remote-code
    tokenizer = AutoTokenizer.from_pretrained(name, trust_remote_code=True)
    # ruleid: trust-remote-code
    model = AutoModelForCausalLM.from_pretrained(
        name,
        torch_dtype="auto",
        trust_remote_code=True,
        device_map="auto",
    )
    # ruleid: trust-remote-code
    data = load_dataset(args.dataset, split="train", trust_remote_code=REMOTE)
    return tokenizer, model, data


def load_with_options(name):
    # ruleid: trust-remote-code
    options = {"trust_remote_code": True, "revision": "main"}
    # ruleid: trust-remote-code
    more = dict(trust_remote_code=True)
    return pipeline("text-generation", name, **options, **more)


def configure(args, options):
    # ruleid: trust-remote-code
    args.trust_remote_code = True
    # ruleid: trust-remote-code
    options["trust_remote_code"] = True


def load_known(name: str, trust_remote_code: bool = False):
    # ok: trust-remote-code
    config = AutoConfig.from_pretrained(name, trust_remote_code=False)
    # ok: trust-remote-code
    tokenizer = AutoTokenizer.from_pretrained(name, trust_remote_code=LOCAL)
    # ok: trust-remote-code
    model = AutoModelForCausalLM.from_pretrained(name, config=config)
    # ok: trust-remote-code
    data = load_dataset(name, trust_remote_code=trust_remote_code)
    return tokenizer, model, data


def add_arguments(parser):
    # ok: trust-remote-code
    parser.add_argument("--trust_remote_code", action="store_true")


def report(args):
    # ok: trust-remote-code
    print({"trust_remote_code": args.trust_remote_code, "safe": True})


def load_with_a_number(name):
    # ruleid: trust-remote-code
    return AutoModel.from_pretrained(name, trust_remote_code=1)


def load_pinned():
    # ok: trust-remote-code
    model = AutoModel.from_pretrained(
        "acme/encoder", trust_remote_code=True, revision="5f1d3a8c7b6e4d2f9a0b1c2d3e4f5a6b7c8d9e0f"
    )
    # ruleid: trust-remote-code
    tokenizer = AutoTokenizer.from_pretrained("acme/encoder", trust_remote_code=True, revision="main")
    return model, tokenizer
