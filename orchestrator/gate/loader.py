"""Loads the modules of the gate in a hook process, in place of Python's import system.

That takes a tenth of a millisecond a module, which together is as much as all the rest of a judgement. It is also the
guarantee that the code of the gate comes from the plugin's own folder: no search path is asked.
"""

from __future__ import annotations

import builtins
import marshal
import posix
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from types import CodeType, ModuleType
    from typing import Any

PACKAGE = "orchestrator"
_Module = type(sys)


class Loader:
    """Loads our own modules from below `root`; `code` gives the compiled module of a path."""

    def __init__(self, root: str, code: Callable[[str], CodeType]) -> None:
        self._root = root
        self._code = code
        self._plain = builtins.__import__

    def install(self) -> None:
        """Makes import statements ask this loader."""
        # Only the compiler needs `from __future__ import annotations`.
        sys.modules["__future__"] = _Module("__future__")
        sys.modules["__future__"].annotations = None  # type: ignore[attr-defined]
        builtins.__import__ = self._import  # type: ignore[assignment]

    def load(self, name: str) -> ModuleType:
        """The module of this name. Raises ModuleNotFoundError."""
        module = sys.modules.get(name)
        if module is not None:
            return module
        above, _, last = name.rpartition(".")
        parent = self.load(above) if above else None
        module = _Module(name)
        code = self._read(module, self._root + "/" + name.replace(".", "/"))
        sys.modules[name] = module
        try:
            exec(code, module.__dict__)  # noqa: S102
        except BaseException:
            del sys.modules[name]
            raise
        if parent is not None:
            setattr(parent, last, module)
        return module

    def _read(self, module: ModuleType, path: str) -> CodeType:
        try:
            code = self._code(path + ".py")
        except FileNotFoundError:
            return self._package(module, path)
        module.__package__, module.__file__ = module.__name__.rpartition(".")[0], path + ".py"
        return code

    def _package(self, module: ModuleType, path: str) -> CodeType:
        try:
            code = self._code(path + "/__init__.py")
        except (FileNotFoundError, NotADirectoryError):
            raise ModuleNotFoundError("No module named " + repr(module.__name__), name=module.__name__) from None
        module.__package__, module.__file__, module.__path__ = module.__name__, path + "/__init__.py", [path]
        return code

    def _import(
        self,
        name: str,
        globals: Mapping[str, object] | None = None,  # noqa: A002
        locals: Mapping[str, object] | None = None,  # noqa: A002
        fromlist: Sequence[str] = (),
        level: int = 0,
    ) -> Any:
        """What an import statement calls, as described at https://docs.python.org/3/library/functions.html#import__"""
        if name != PACKAGE and not name.startswith(PACKAGE + "."):
            return self._plain(name, globals, locals, fromlist, level)
        module = self.load(name)
        if not fromlist:
            return sys.modules[PACKAGE]
        for each in fromlist:
            if not hasattr(module, each) and hasattr(module, "__path__"):
                self.load(name + "." + each)
        return module


def keep(name: str, store: int, kept: Mapping[str, Any], fresh: Mapping[str, tuple[object, bytes]]) -> None:
    """Writes the compiled modules for the next start: those of the store that are still there, and the fresh ones.

    First the offset and the size of the index, then the modules, then the index: stamp, offset and size of each module.
    Where nothing can be written, the next start compiles again.
    """
    modules = dict(fresh)
    for path, entry in kept.items():
        try:
            stamp, offset, size = entry
            posix.stat(path)
            modules.setdefault(path, (stamp, posix.pread(store, size, offset)))
        except (OSError, TypeError, ValueError):
            continue
    try:
        _replace(name, _content(modules))
    except OSError:
        pass


def _content(modules: Mapping[str, tuple[object, bytes]]) -> bytes:
    offset = 20
    index = {}
    for path, (stamp, module) in modules.items():
        index[path] = stamp, offset, len(module)
        offset += len(module)
    last = marshal.dumps(index)
    return b"%10d%10d" % (offset, len(last)) + b"".join(module for _, module in modules.values()) + last


def _replace(name: str, content: bytes) -> None:
    try:
        posix.mkdir(name.rpartition("/")[0], 0o700)
    except FileExistsError:
        pass
    temporary = name + "." + str(posix.getpid())
    file = posix.open(temporary, posix.O_WRONLY | posix.O_CREAT | posix.O_EXCL, 0o600)
    try:
        whole = posix.write(file, content) == len(content)
    except OSError:
        whole = False
    if whole:
        posix.rename(temporary, name)
    else:
        posix.unlink(temporary)
