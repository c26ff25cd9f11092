"""Entry of the gate's hook process: gate.py MODE [HEAD], see orchestrator/gate/hook.py.

Short, because Python compiles it at every start. The other modules are compiled once and kept in one file. Ends with 2
whatever goes wrong: other codes let the call run in clients that do not know "onFailure".
"""

import gc
import marshal
import posix
import sys


def code(path):
    """The compiled module: from the file of compiled modules, unless its source has changed since."""
    state = posix.stat(path)
    stamp = state.st_size, state.st_mtime_ns
    try:
        of, offset, size = kept[path]
        if of == stamp:
            return marshal.loads(posix.pread(store, size, offset))
    except (EOFError, KeyError, OSError, TypeError, ValueError):
        pass  # new, or damaged
    with open(path, "rb") as file:
        compiled = compile(file.read(), path, "exec", dont_inherit=True)
    fresh[path] = stamp, marshal.dumps(compiled)
    return compiled


try:
    gc.disable()
    kept, fresh, store = {}, {}, -1
    plugin = __file__.rpartition("/hooks/")[0]
    # In the installed package these files are in orchestrator/_plugin.
    root = plugin[:-21] if plugin.endswith("/orchestrator/_plugin") else plugin
    data = posix.environ.get(b"CLAUDE_PLUGIN_DATA", b"").decode("utf-8", "surrogateescape")
    name = f"{data}/gate/code-{sys.implementation.cache_tag}-{sys.hexversion:x}" if data[:1] == "/" else ""
    try:
        store = posix.open(name, posix.O_RDONLY | posix.O_NONBLOCK)
        head = posix.pread(store, 20, 0)
        kept = dict(marshal.loads(posix.pread(store, int(head[10:]), int(head[:10]))))
    except (EOFError, OSError, OverflowError, TypeError, ValueError):
        pass  # the first start, or damaged
    scope = {}
    exec(code(root + "/orchestrator/gate/loader.py"), scope)
    loader = scope["Loader"](root, code)
    loader.install()
    loader.load("orchestrator.gate.hook").main(
        plugin, sys.argv[1:], lambda: fresh and scope["keep"](name, store, kept, fresh)
    )
except BaseException as error:
    why = getattr(error, "why", None) or repr(error)
    posix.write(2, f"gate: could not judge this call, so it was not run: {why}\n".encode("utf-8", "replace"))
finally:
    posix._exit(2)
