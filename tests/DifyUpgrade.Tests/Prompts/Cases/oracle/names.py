"""Tells what CPython itself makes of Python files, for comparison with our reader.

Standard input: a JSON object of file name to base64 content, and whether to run the file.
Standard output: a JSON object of file name to {"names": {name: certain}, "star": bool, "globals": [...]} or {"error": ...}.
"""

import ast
import base64
import contextlib
import io
import json
import sys
import warnings


class Reader:
    def __init__(self):
        self.names = {}
        self.star = False

    def bind(self, name, maybe):
        self.names[name] = self.names.get(name, False) or not maybe

    def unbind(self, name, maybe):
        if not maybe:
            self.names.pop(name, None)
        elif name in self.names:
            self.names[name] = False

    def targets(self, node):
        if isinstance(node, ast.Name):
            return [node.id]
        if isinstance(node, ast.Starred):
            return self.targets(node.value)
        if isinstance(node, (ast.Tuple, ast.List)):
            return [name for item in node.elts for name in self.targets(item)]
        return []

    def bind_targets(self, nodes, maybe):
        for node in nodes:
            for name in self.targets(node):
                self.bind(name, maybe)

    def expression(self, node):
        """Binds the walrus targets of an expression; a lambda's body keeps its own, its defaults do not."""
        if node is None:
            return
        if isinstance(node, ast.NamedExpr):
            self.bind(node.target.id, True)
        if isinstance(node, ast.Lambda):
            self.expression(node.args)
            return
        for child in ast.iter_child_nodes(node):
            self.expression(child)

    def body(self, statements, maybe):
        for statement in statements:
            self.statement(statement, maybe)

    def statement(self, node, maybe):
        read = getattr(self, "on_" + type(node).__name__, None)
        if read:
            read(node, maybe)
        else:
            self.expression(node)

    def on_Assign(self, node, maybe):
        self.expression(node)
        self.bind_targets(node.targets, maybe)

    def on_AnnAssign(self, node, maybe):
        self.expression(node)
        if node.value is not None:
            self.bind_targets([node.target], maybe)

    def on_AugAssign(self, node, maybe):
        self.expression(node)
        self.bind_targets([node.target], maybe)

    def on_TypeAlias(self, node, maybe):
        self.bind(node.name.id, maybe)

    def on_Delete(self, node, maybe):
        self.expression(node)
        for target in node.targets:
            for name in self.targets(target):
                self.unbind(name, maybe)

    def on_Import(self, node, maybe):
        for item in node.names:
            self.bind(item.asname or item.name.split(".")[0], maybe)

    def on_ImportFrom(self, node, maybe):
        for item in node.names:
            if item.name == "*":
                self.star = True
            else:
                self.bind(item.asname or item.name, maybe)

    def on_FunctionDef(self, node, maybe):
        for part in [*node.decorator_list, node.args, node.returns]:
            self.expression(part)
        self.bind(node.name, maybe)

    on_AsyncFunctionDef = on_FunctionDef

    def on_ClassDef(self, node, maybe):
        for part in [*node.decorator_list, *node.bases, *node.keywords]:
            self.expression(part)
        self.bind(node.name, maybe)

    def on_If(self, node, maybe):
        self.expression(node.test)
        self.body(node.body, True)
        self.body(node.orelse, True)

    on_While = on_If

    def on_For(self, node, maybe):
        self.expression(node.target)
        self.expression(node.iter)
        self.bind_targets([node.target], True)
        self.body(node.body, True)
        self.body(node.orelse, True)

    on_AsyncFor = on_For

    def on_With(self, node, maybe):
        for item in node.items:
            self.expression(item)
            if item.optional_vars is not None:
                self.bind_targets([item.optional_vars], True)
        self.body(node.body, True)

    on_AsyncWith = on_With

    def on_Try(self, node, maybe):
        self.body(node.body, True)
        for handler in node.handlers:
            self.expression(handler.type)
            if handler.name:
                self.unbind(handler.name, True)
            self.body(handler.body, True)
        self.body(node.orelse, True)
        self.body(node.finalbody, True)

    on_TryStar = on_Try

    def on_Match(self, node, maybe):
        self.expression(node.subject)
        for case in node.cases:
            for part in ast.walk(case.pattern):
                for field in ("name", "rest"):
                    if isinstance(getattr(part, field, None), str):
                        self.bind(getattr(part, field), True)
            self.expression(case.guard)
            self.body(case.body, True)


def describe(content, run):
    try:
        tree = ast.parse(content)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return {"error": type(error).__name__ + ": " + str(error)}
    reader = Reader()
    reader.body(tree.body, False)
    answer = {"names": reader.names, "star": reader.star, "globals": []}
    if run:
        module = {}
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                exec(compile(content, "case", "exec"), module)
        except Exception as error:
            answer["crash"] = repr(error)
        answer["globals"] = sorted(name for name in module if name != "__builtins__")
    return answer


warnings.simplefilter("ignore")
asked = json.load(sys.stdin)
told = {name: describe(base64.b64decode(text), asked["run"]) for name, text in asked["files"].items()}
json.dump({"version": list(sys.version_info[:2]), "files": told}, sys.stdout)
