"""Reads which names the code below a folder imports from a module, and what a file meant for that module defines.

Arguments: the folder that holds the code, such as /app/api, and a JSON list of {"module": dotted name, "candidate":
file or null}. Standard output: a line that begins with "prompt-probe: " and goes on in JSON. The code below the folder
is parsed, never run; only a candidate is imported, in a process of its own.
"""

import ast
import json
import os
import re
import subprocess
import sys

MARK = "prompt-probe: "
SKIPPED = {"tests", "test", "node_modules", "site-packages"}
METHODS = {"get", "post", "put", "patch", "delete", "head", "options"}
FORGIVEN = {"ImportError", "ModuleNotFoundError", "Exception", "BaseException"}
DOUBLE = re.compile(r"\{\{#?[A-Za-z_][A-Za-z0-9_.]*#?\}\}")

CHILD = """
import importlib.machinery, importlib.util, json, os, sys, traceback
root, module, path = sys.argv[1:4]
sys.path.insert(0, root)
os.chdir(root)
answer = {"names": [], "error": None, "line": None, "column": None}
try:
    loader = importlib.machinery.SourceFileLoader(module, path)
    code = importlib.util.module_from_spec(importlib.util.spec_from_loader(module, loader))
    loader.exec_module(code)
    answer["names"] = sorted(name for name in vars(code) if not (name.startswith("__") and name.endswith("__")))
except BaseException as refused:
    answer["error"] = type(refused).__name__ + ": " + (refused.msg if isinstance(refused, SyntaxError) else str(refused))
    answer["line"], answer["column"] = getattr(refused, "lineno", None), getattr(refused, "offset", None)
    for frame in traceback.extract_tb(refused.__traceback__):
        if frame.filename == path:
            answer["line"] = frame.lineno
print("\\n" + "candidate: " + json.dumps(answer), flush=True)
os._exit(0)
"""


class Importer(ast.NodeVisitor):
    """Finds what one file takes from a module, where, and which of it goes through str.format."""

    def __init__(self, module, package):
        self.module = module
        self.package = package.split(".") if package else []
        self.places = []
        self.guarded = 0
        self.names = {}
        self.formats = {}
        self.variables = {}
        self.aliases = set()
        self.star = False

    def add(self, name):
        if self.guarded:
            return
        endpoint = self.endpoint() if any(isinstance(place, (ast.FunctionDef, ast.AsyncFunctionDef)) for place in self.places) else None
        if name not in self.names or endpoint is None:
            self.names[name] = endpoint

    def endpoint(self):
        """The request that the code at hand serves; else the function it stands in."""
        case = "".join(place for place in self.places if isinstance(place, str))
        named = [place for place in self.places if not isinstance(place, str)]
        method = named[-1].name.upper() if named[-1].name in METHODS else ""
        for place in named:
            for decorator in place.decorator_list:
                if isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Attribute) and decorator.args:
                    path = decorator.args[0]
                    if decorator.func.attr in METHODS | {"route"} and isinstance(path, ast.Constant) and isinstance(path.value, str):
                        prefix = "/console/api" if "console" in ast.unparse(decorator.func.value) else ""
                        return f"{method} {prefix}{path.value}{case}".strip()
        return ".".join(place.name for place in named) + case

    def within(self, node):
        self.places.append(node)
        self.generic_visit(node)
        self.places.pop()

    visit_FunctionDef = visit_AsyncFunctionDef = visit_ClassDef = within

    def visit_Match(self, node):
        subject = node.subject
        word = subject.attr if isinstance(subject, ast.Attribute) else ast.unparse(getattr(subject, "slice", subject)).strip("'\"")
        for case in node.cases:
            value = getattr(case.pattern, "value", None)
            self.places.append(f" with {word} {value.value}" if isinstance(value, ast.Constant) else "")
            for statement in case.body:
                self.visit(statement)
            self.places.pop()

    def visit_If(self, node):
        """What stands under TYPE_CHECKING is never run."""
        if "TYPE_CHECKING" not in ast.unparse(node.test):
            self.generic_visit(node)
        else:
            for statement in node.orelse:
                self.visit(statement)

    def visit_Try(self, node):
        """An import that may fail is not needed."""
        caught = {ast.unparse(kind) for handler in node.handlers for kind in kinds_of(handler.type)}
        self.guarded += bool(caught & FORGIVEN)
        for statement in node.body:
            self.visit(statement)
        self.guarded -= bool(caught & FORGIVEN)
        for part in [*node.handlers, *node.orelse, *node.finalbody]:
            self.visit(part)

    def visit_ImportFrom(self, node):
        base = self.package[: len(self.package) - node.level + 1] if node.level else []
        source = ".".join([*base, *([node.module] if node.module else [])])
        for item in node.names:
            if source == self.module and item.name == "*":
                self.star = True
            elif source == self.module:
                self.variables[item.asname or item.name] = item.name
                self.add(item.name)
            elif f"{source}.{item.name}" == self.module:
                self.aliases.add(item.asname or item.name)

    def visit_Import(self, node):
        for item in node.names:
            if item.name == self.module:
                self.aliases.add(item.asname or item.name)

    def visit_Attribute(self, node):
        if isinstance(node.value, (ast.Name, ast.Attribute)) and ast.unparse(node.value) in self.aliases:
            self.add(node.attr)
        self.generic_visit(node)

    def visit_Assign(self, node):
        name = self.name_of(node.value)
        if name and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            self.variables[node.targets[0].id] = name
        self.generic_visit(node)

    def visit_Call(self, node):
        if isinstance(node.func, ast.Attribute) and node.func.attr == "format" and self.name_of(node.func.value):
            keywords = self.formats.setdefault(self.name_of(node.func.value), set())
            keywords.update(keyword.arg for keyword in node.keywords if keyword.arg)
        self.generic_visit(node)

    def name_of(self, node):
        if isinstance(node, ast.Name):
            return self.variables.get(node.id)
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) in self.aliases:
            return node.attr
        return None


def kinds_of(node):
    if node is None:
        return [ast.Name("BaseException")]
    return node.elts if isinstance(node, ast.Tuple) else [node]


def sources(root):
    """Every Python file below the folder that is no test, with its path."""
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(name for name in folders if name not in SKIPPED and name[0] not in "._")
        for name in sorted(files):
            if name.endswith(".py"):
                path = os.path.join(folder, name)
                with open(path, "rb") as file:
                    yield os.path.relpath(path, root).replace(os.sep, "/"), file.read()


def read_module(root, module, files):
    """What the code imports from a module, and the fields that the module's own texts have."""
    own = module.replace(".", "/") + ".py"
    last = module.rsplit(".", 1)[-1].encode()
    imports, stars, formats, unread, stock = [], [], {}, [], None
    for path, content in files:
        if path == own:
            stock = content
        elif last in content:
            importer = Importer(module, path.rpartition("/")[0].replace("/", "."))
            try:
                importer.visit(ast.parse(content))
            except (SyntaxError, ValueError, RecursionError) as refused:
                unread.append(f"{path}: {refused}")
            imports += [{"name": name, "file": "api/" + path, "endpoint": place} for name, place in importer.names.items()]
            stars += ["api/" + path] if importer.star else []
            for name, keywords in importer.formats.items():
                formats.setdefault(name, set()).update(keywords)
    return {
        "module": module,
        "imports": sorted(imports, key=lambda item: (item["name"], item["endpoint"] is not None, item["file"])),
        "placeholders": placeholders(stock, formats),
        "starImports": stars,
        "unread": unread,
        "hasStock": stock is not None,
    }


def placeholders(stock, formats):
    """Fields by name: those in single braces only where the code passes the text to str.format with that keyword."""
    texts = {}
    for node in ast.parse(stock or b"").body:
        targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) and node.value else []
        for target in targets:
            if isinstance(target, ast.Name):
                texts[target.id] = "\n".join(
                    part.value if isinstance(part, ast.Constant) and isinstance(part.value, str) else texts.get(getattr(part, "id", ""), "")
                    for part in ast.walk(node.value))
    found = {}
    for name, text in texts.items():
        fields = [f"{{{word}}}" for word in sorted(formats[name]) if f"{{{word}}}" in text] if formats.get(name) else sorted(set(DOUBLE.findall(text)))
        if fields:
            found[name] = fields
    return found


def import_candidate(root, module, path):
    if not path:
        return None
    failed = {"names": [], "line": None, "column": None}
    try:
        run = subprocess.run([sys.executable, "-I", "-B", "-c", CHILD, root, module, path], capture_output=True, text=True, errors="replace", timeout=60)
    except subprocess.TimeoutExpired:
        return {**failed, "error": "importing it had not ended after 60 seconds"}
    lines = [line for line in run.stdout.splitlines() if line.startswith("candidate: ")]
    if not lines:
        return {**failed, "error": f"the process ended with exit code {run.returncode} while importing it {run.stderr[-500:]}".strip()}
    return json.loads(lines[-1].removeprefix("candidate: "))


def main():
    root, asked = sys.argv[1], json.loads(sys.argv[2])
    files = list(sources(root))
    modules = [{**read_module(root, item["module"], files), "candidate": import_candidate(root, item["module"], item.get("candidate"))} for item in asked]
    print(MARK + json.dumps({"python": sys.version.split()[0], "files": len(files), "modules": modules}), flush=True)


main()
