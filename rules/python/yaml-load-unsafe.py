import json

import ruamel.yaml
import yaml
import yaml as pyyaml
from loaders import SafeTagLoader
from yaml import FullLoader, SafeLoader, load as load_yaml

try:
    from yaml import CSafeLoader as FastLoader
except ImportError:
    from yaml import SafeLoader as FastLoader


def read_config(path):
    with open(path) as f:
        # ruleid: yaml-load-unsafe
        return yaml.load(f)


def read_experiment(f):
    # ruleid: yaml-load-unsafe
    return pyyaml.load(f, Loader=pyyaml.Loader)


def read_sweep(f):
    # ruleid: yaml-load-unsafe
    return load_yaml(f, Loader=FullLoader)


def read_documents(f):
    # ruleid: yaml-load-unsafe
    first = list(yaml.load_all(f, yaml.UnsafeLoader))
    # ruleid: yaml-load-unsafe
    second = yaml.full_load(f)
    # ruleid: yaml-load-unsafe
    third = yaml.unsafe_load(f)
    return first, second, third


def read_objects():
    # ruleid: yaml-load-unsafe
    return ruamel.yaml.YAML(typ="unsafe")


def read_safely(f):
    # ok: yaml-load-unsafe
    a = yaml.safe_load(f)
    # ok: yaml-load-unsafe
    b = yaml.load(f, Loader=yaml.SafeLoader)
    # ok: yaml-load-unsafe
    c = yaml.load(f, yaml.SafeLoader)
    # ok: yaml-load-unsafe
    d = yaml.load(f, Loader=yaml.CSafeLoader)
    # ok: yaml-load-unsafe
    e = load_yaml(f, Loader=SafeLoader)
    # ok: yaml-load-unsafe
    g = load_yaml(f, FastLoader)
    # ok: yaml-load-unsafe
    h = list(yaml.load_all(f, Loader=yaml.BaseLoader))
    return a, b, c, d, e, g, h


class LineLoader(yaml.SafeLoader):
    def construct_mapping(self, node, deep=False):
        return {**super().construct_mapping(node, deep=deep), "__line__": node.start_mark.line}


def read_with_lines(f):
    # ok: yaml-load-unsafe
    return yaml.load(f, Loader=LineLoader)


def read_fast(f):
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    # ok: yaml-load-unsafe
    return yaml.load(f, Loader=loader)


def read_tagged(f, tags):
    loader = SafeTagLoader
    for tag, constructor in tags.items():
        loader.add_constructor(tag, constructor)
    # ok: yaml-load-unsafe
    return yaml.load(f, loader)


def read_round_trip(path):
    yaml = ruamel.yaml.YAML()
    with open(path) as f:
        # ok: yaml-load-unsafe
        return yaml.load(f)


def read_json(f):
    # ok: yaml-load-unsafe
    return json.load(f)


def write(config, f):
    # ok: yaml-load-unsafe
    yaml.dump(config, f)


def read_disguised(f, NotSafe):
    from yaml import UnsafeLoader as SafeTags

    # ruleid: yaml-load-unsafe
    a = yaml.load(f, Loader=SafeTags)
    # ruleid: yaml-load-unsafe
    b = yaml.load(f, Loader=NotSafe)
    SafeItems = yaml.UnsafeLoader
    # ruleid: yaml-load-unsafe
    c = yaml.load(f, SafeItems)
    loader = yaml.SafeLoader
    loader = yaml.UnsafeLoader
    # ruleid: yaml-load-unsafe
    d = yaml.load(f, loader)
    return a, b, c, d


class MixedLoader(yaml.UnsafeLoader, yaml.SafeLoader):
    pass


def read_mixed(f):
    # ruleid: yaml-load-unsafe
    return yaml.load(f, Loader=MixedLoader)


def read_with_another_yaml(f):
    yaml = ruamel.yaml.YAML()
    import yaml

    # ruleid: yaml-load-unsafe
    return yaml.load(f, Loader=yaml.UnsafeLoader)


def read_parts(f):
    # ruleid: yaml-load-unsafe
    first = yaml.CLoader(f).get_single_data()
    # ruleid: yaml-load-unsafe
    second = ruamel.yaml.YAML(typ=["unsafe", "pytypes"])
    # ok: yaml-load-unsafe
    third = yaml.CSafeLoader(f).get_single_data()
    # ok: yaml-load-unsafe
    return first, second, third, ruamel.yaml.YAML(typ="safe")


try:
    from yaml import CLoader as QuickLoader
except ImportError:
    from yaml import Loader as QuickLoader


def read_quickly(f):
    # ruleid: yaml-load-unsafe
    return yaml.load(f, Loader=QuickLoader)
