"""Calls that remove, move or write files."""

from __future__ import annotations

from orchestrator.gate.code.fold import options
from orchestrator.gate.code.site import table
from orchestrator.gate.code.values import Chain, as_text
from orchestrator.gate.text import CLOSE, OPEN, UNKNOWN, is_known, unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from orchestrator.gate.code.site import Site
    from orchestrator.gate.code.values import Value

LIBRARIES = frozenset(
    "os posix shutil pathlib Path fs fs/promises fsPromises promises fs-extra fse rimraf del FileUtils File"
    " Dir IO Pathname"
    " Deno Bun unlink".split()
)

COPIES = frozenset("copy copyfile copy2 copyFile copyFileSync cp copytree cpSync copySync".split())
RECURSIVE = frozenset(
    "rmtree rm_rf rm_r rimraf remove_tree removeSync emptyDir emptyDirSync remove_dir rm rmSync del remove_entry_secure"
    " rmtree_p".split()
)


def judge(site: Site) -> None:
    known = TABLES.get(site.name)
    if known is not None and site.link.args is not None:
        known(site)


def _removed_path(value: Value) -> str:
    """The path; os.environ["PGDATA"] says something as well."""
    if not isinstance(value, Chain):
        return _path(value)
    args = value.links[-1].args if value.links else None
    return unknown(args[0] if args and isinstance(args[0], str) else value.name)


def _path(value: Value) -> str:
    """A path that says something; "" for one that is not known at all."""
    text = value if isinstance(value, str) else ""
    return "" if text.startswith(OPEN) and not text.partition(CLOSE)[2].strip("/") else text


def _expanded(site: Site, path: str) -> str:
    return site.program.outside.home() + path[1:] if path.startswith("~/") else path


def _removes(site: Site) -> None:
    if not _is_file_call(site):
        return
    values = site.args() if site.link.args else []
    if isinstance(site.chain.root, str) and site.at == 0:
        values = [site.chain.root]
    for value in values:
        for each in options(value):
            for path in each if isinstance(each, list) else [each]:
                if _removed_path(path):
                    remove(site, _expanded(site, _removed_path(path)))


def remove(site: Site, path: str) -> None:
    from orchestrator.gate import storage

    # f"{name}.bak" is any file; only a data directory is known by less than its whole name.
    if is_known(path) or storage.data_directory(path):
        storage.removed(site.call, path, site.name in RECURSIVE)
    if _path(path):
        site.call.removed(path)


def _is_file_call(site: Site) -> bool:
    """remove() and rm() are words of lists and stores as well."""
    if isinstance(site.chain.root, str):
        return site.at == 0
    if site.name in {
        "rmtree",
        "rm_rf",
        "rm_r",
        "rmSync",
        "unlinkSync",
        "rmdirSync",
        "rimraf",
        "remove_tree",
        "removedirs",
    }:
        return True
    return bool(LIBRARIES & set(site.path())) or (not site.receiver and site.program.language in {"perl", "php", "r"})


def _moves(site: Site) -> None:
    source, target = _path(site.arg()), _path(site.arg(1))
    of_path = isinstance(site.chain.root, str) and site.at == 0 and len(site.link.args or []) == 1
    if of_path:
        source, target = site.chain.root, source
    if not source or not target or not (of_path or LIBRARIES & set(site.path()[-2:-1]) or not site.receiver):
        return
    content = site.call.read(source)
    if site.name not in COPIES:
        from orchestrator.gate import storage

        storage.moved(site.call, source)
        site.call.removed(source)
    site.call.wrote(target, UNKNOWN if content is None else content)


def _writes(site: Site) -> None:
    """write_text, writeFileSync, File.write, file_put_contents: a path and the whole text."""
    if isinstance(site.chain.root, str):
        if site.at == 0:
            site.call.wrote(_expanded(site, site.chain.root), as_text(site.arg()))
        return
    path = _path(site.arg())
    if path and (site.name != "write" or {"File", "IO", "Bun"} & set(site.path())):
        text = as_text(site.arg(1))
        site.call.wrote(_expanded(site, path), UNKNOWN if "append" in site.name.lower() else text)


def _opens(site: Site) -> None:
    """open(path, "w"), with what is written at once: open(path, "w").write(text)."""
    path = _path(site.arg())
    if not path or site.program.language in {"javascript", "go"}:
        return
    mode = site.arg(1) if site.arg(1) is not None else site.named("mode")
    if isinstance(mode, str) and mode[:1] in {"w", "a", "x"} and len(mode) <= 5:
        site.call.wrote(_expanded(site, path), _text_written(site) if mode.startswith("w") else UNKNOWN)


def _text_written(site: Site) -> str:
    following = site.chain.links[site.at + 1 : site.at + 2]
    if following and following[0].name == "write" and following[0].args:
        return as_text(site.program.resolved(following[0].args[0]))
    written = [
        as_text(site.program.resolved(link.args[0]))
        for chain in site.program.reader.calls[:500]
        for link in chain.links[max(chain.start, site.at + 1) :]
        if link.name == "write" and link.args and isinstance(chain, Chain) and site.link in chain.links
    ]
    return written[0] if len(written) == 1 else UNKNOWN


def _perl_opens(site: Site) -> None:
    """open(my $f, ">", path)"""
    args = site.args()
    if len(args) >= 3 and isinstance(args[1], str) and args[1].strip().startswith((">", "+<", "+>")):
        path = _path(args[2])
        if path:
            site.call.wrote(path, UNKNOWN)
    elif len(args) == 2 and isinstance(args[1], str) and args[1].strip().startswith(">"):
        site.call.wrote(args[1].strip(" >"), UNKNOWN)


def _open(site: Site) -> None:
    if site.program.language == "perl":
        _perl_opens(site)
    elif site.name != "new" or "File" in site.path():
        _opens(site)


TABLES: dict[str, Callable[[Site], None]] = table({
    _removes: "rmtree remove unlink removedirs rmdir rm rmSync rmdirSync unlinkSync removeSync emptyDir emptyDirSync"
    " rimraf sync rm_rf rm_r rm_f remove_dir remove_entry remove_entry_secure rmtree_p delete remove_tree"
    " file.remove del deleteSync secure_rm",
    _moves: "move rename replace renames renameSync moveSync mv copy copyfile copy2 copytree copyFile copyFileSync cp"
    " cpSync copySync rename_file",
    _writes: "write_text write_bytes writeFileSync writeFile outputFile outputFileSync outputJson writeTextFile"
    " writeTextFileSync appendFile appendFileSync file_put_contents write binwrite createWriteStream",
    _open: "open fopen new",
})  # fmt: skip
