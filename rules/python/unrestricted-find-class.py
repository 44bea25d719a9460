import importlib
import pickle

ALLOWED = {("collections", "OrderedDict"), ("torch._utils", "_rebuild_tensor_v2")}


class RenamingUnpickler(pickle.Unpickler):
    # ruleid: unrestricted-find-class
    def find_class(self, module, name):
        if module == "old_package.models":
            module = "package.models"
        return super().find_class(module, name)


class CompatibleUnpickler(pickle.Unpickler):
    # ruleid: unrestricted-find-class
    def find_class(self, module, name):
        return getattr(importlib.import_module(module), name)


class LegacyUnpickler(pickle.Unpickler):
    # ruleid: unrestricted-find-class
    def find_class(self, mod_name, name):
        try:
            mod_name = mod_name.replace("sklearn.linear_model.base", "sklearn.linear_model")
        except AttributeError:
            print("no such module")
        return super(LegacyUnpickler, self).find_class(mod_name, name)


class RefusingUnpickler(pickle.Unpickler):
    # ok: unrestricted-find-class
    def find_class(self, module, name):
        if (module, name) not in ALLOWED:
            raise pickle.UnpicklingError(f"{module}.{name} is not allowed")
        return super().find_class(module, name)


class ListedUnpickler(pickle.Unpickler):
    # ok: unrestricted-find-class
    def find_class(self, module, name):
        if (module, name) in ALLOWED:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} is not allowed")


class CheckedUnpickler(pickle.Unpickler):
    # ok: unrestricted-find-class
    def find_class(self, module, name):
        check_allowed(module, name)
        return super().find_class(module, name)


class Registry:
    # ok: unrestricted-find-class
    def find_class(self, name):
        return self.classes[name]


def check_allowed(module, name):
    if (module, name) not in ALLOWED:
        raise pickle.UnpicklingError(f"{module}.{name} is not allowed")
