import yaml
from yaml import SafeLoader
from yaml.constructor import UnsafeConstructor

# ruleid: yaml-python-tags-enabled
yaml.SafeLoader.add_multi_constructor(
    "tag:yaml.org,2002:python/object/apply:", UnsafeConstructor.construct_python_object_apply
)
# ruleid: yaml-python-tags-enabled
yaml.add_constructor("tag:yaml.org,2002:python/name:torch.optim.Adam", lambda loader, node: None, Loader=SafeLoader)


def register(loader):
    # ruleid: yaml-python-tags-enabled
    loader.add_multi_constructor("!!python/object:", build)


def build(loader, suffix, node):
    return loader.construct_mapping(node)


# ok: yaml-python-tags-enabled
SafeLoader.add_constructor("!env", build)
# ok: yaml-python-tags-enabled
SafeLoader.add_constructor("tag:yaml.org,2002:python/tuple", SafeLoader.construct_yaml_seq)
