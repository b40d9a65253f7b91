"""Checks the example in C# as far as a machine without the .NET SDK can: that it parses, and that
each type, property and method that it names is one of the packages that it uses, in the namespaces
that it opens. Compiling it is left to `dotnet test`.
"""

import gzip
import json
import sys
from pathlib import Path

import tree_sitter_c_sharp
from tree_sitter import Language, Node, Parser

ROOT = Path(__file__).parent.parent.parent
PARSER = Parser(Language(tree_sitter_c_sharp.language()))
#: Names of .NET, xunit and the example's own, which no jsii assembly has.
FOREIGN = {"Dictionary", "Add", "Contains", "ThrowsAny", "Combine", "GetDirectoryName", "Message", "Path"}

faults: list[str] = []


def assembly(folder: Path) -> dict:
    manifest = json.loads((folder / ".jsii").read_text())
    if manifest.get("schema") == "jsii/file-redirect":
        manifest = json.loads(gzip.decompress((folder / manifest["filename"]).read_bytes()))
    return manifest


def pascal(name: str) -> str:
    return name[0].upper() + name[1:]


#: namespace → type → its members, inherited ones included
namespaces: dict[str, dict[str, set[str]]] = {}
types: dict[str, dict] = {}
for manifest in map(assembly, (ROOT, ROOT / "node_modules/aws-cdk-lib", ROOT / "node_modules/constructs")):
    types |= manifest["types"]
    targets = {name: module.get("targets", {}) for name, module in manifest.get("submodules", {}).items()}
    targets[manifest["name"]] = manifest["targets"]
    for fqn, entry in manifest["types"].items():
        module = fqn.removesuffix("." + entry["name"])
        namespace = targets.get(module, {}).get("dotnet", {}).get("namespace")
        if namespace:
            namespaces.setdefault(namespace, {})[entry["name"]] = fqn


def members(fqn: str) -> set[str]:
    entry = types.get(fqn, {})
    own = [member["name"] for kind in ("methods", "properties", "members") for member in entry.get(kind, [])]
    bases = [*entry.get("interfaces", []), *([entry["base"]] if "base" in entry else [])]
    return {pascal(name) for name in own}.union(*(members(base) for base in bases)) if own or bases else set()


def text(node: Node) -> str:
    return node.text.decode()


def walk(node: Node):
    yield node
    for child in node.children:
        yield from walk(child)


def check(file: Path, own: set[str]) -> None:
    tree = PARSER.parse(file.read_bytes()).root_node
    nodes = list(walk(tree))
    opened = [text(node).removeprefix("using ").rstrip("; ") for node in nodes if node.type == "using_directive"]
    known = {name: fqn for namespace in opened for name, fqn in namespaces.get(namespace, {}).items()}

    def fault(node: Node, message: str) -> None:
        faults.append(f"{file.relative_to(ROOT)}:{node.start_point[0] + 1}: {message}")

    for namespace in opened:
        if namespace not in namespaces and not namespace.startswith(("System", "Xunit")):
            fault(tree, f"there is no namespace {namespace}")
    for node in nodes:
        if node.type == "ERROR" or node.is_missing:
            fault(node, "this is not C#")
        if node.type == "object_creation_expression":
            name = text(node.child_by_field_name("type")).split("<")[0]
            if name not in known and name not in own | FOREIGN:
                fault(node, f"no opened namespace has {name}")
            initializer = node.child_by_field_name("initializer")
            for assignment in initializer.named_children if initializer and name in known else []:
                if assignment.type == "assignment_expression":
                    prop = text(assignment.child_by_field_name("left"))
                    if prop not in members(known[name]):
                        fault(assignment, f"{name} has no {prop}")
        if node.type == "member_access_expression":
            left, member = (text(node.child_by_field_name(field)) for field in ("expression", "name"))
            if left in known and member not in members(known[left]):
                fault(node, f"{left} has no {member}")
            anywhere = known.values() if left not in known else []
            if anywhere and left[0].islower() and not any(member in members(fqn) for fqn in anywhere):
                if member not in FOREIGN:
                    fault(node, f"nothing here has {member}")


files = [file for file in sorted((ROOT / "examples/csharp").rglob("*.cs")) if "obj" not in file.parts]
own = {text(node.child_by_field_name("name")) for file in files for node in walk(PARSER.parse(file.read_bytes()).root_node)
       if node.type == "class_declaration"}
for file in files:
    check(file, own)
for generated in (ROOT / "dist/dotnet").rglob("*.cs"):
    if PARSER.parse(generated.read_bytes()).root_node.has_error:
        faults.append(f"{generated.relative_to(ROOT)}: this is not C#")
print("\n".join(faults) or f"{len(files)} files name what is there; only the .NET SDK can compile them")
sys.exit(bool(faults))
