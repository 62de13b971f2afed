"""Two kinds of import contract that import-linter does not bring along."""

import sys

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class StandardLibraryOnly(Contract):
    """A package imports nothing but itself and the standard library."""

    type_name = "standard_library_only"
    package = fields.StringField()

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Look at each import of the package; imports for type checkers are not in the graph."""
        del verbose
        package = str(self.package)
        strangers = [
            (module, imported)
            for module in sorted({package, *graph.find_descendants(package)})
            for imported in sorted(graph.find_modules_directly_imported_by(module))
            if not _is_within(imported, package)
            and imported.split(".")[0] not in sys.stdlib_module_names
        ]
        return ContractCheck(kept=not strangers, metadata={"strangers": strangers})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Name each import that does not belong here."""
        for module, imported in check.metadata["strangers"]:
            output.print_error(f"{module} imports {imported}")


class FrontDoor(Contract):
    """The packages in a container import each other only through one module of theirs."""

    type_name = "front_door"
    container = fields.StringField()
    door = fields.StringField()

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Look at each import from one package of the container into another."""
        del verbose
        container = str(self.container)
        intrusions = [
            (module, imported)
            for package in sorted(graph.find_children(container))
            for module in sorted({package, *graph.find_descendants(package)})
            for imported in sorted(graph.find_modules_directly_imported_by(module))
            if _is_within(imported, container)
            and not _is_within(imported, package)
            and not _is_within(imported, f"{self._package_of(imported)}.{self.door}")
        ]
        return ContractCheck(kept=not intrusions, metadata={"intrusions": intrusions})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Name each import and the door it should have taken."""
        for module, imported in check.metadata["intrusions"]:
            door = f"{self._package_of(imported)}.{self.door}"
            output.print_error(f"{module} imports {imported} instead of {door}")

    def _package_of(self, module: str) -> str:
        depth = str(self.container).count(".") + 2
        return ".".join(module.split(".")[:depth])


def _is_within(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")
