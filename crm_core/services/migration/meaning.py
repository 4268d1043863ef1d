"""What a template says must make sense: fields that exist, tables that can be loaded in order."""

from collections.abc import Iterator, Sequence
from graphlib import CycleError, TopologicalSorter

from crm_core.domain.entities import EntitySpec, FieldSpec, Kind
from crm_core.domain.problems import Wrong
from crm_core.domain.target import Column, Filter, Table, Target
from crm_core.reference import entities
from crm_core.reference.places_in_yaml import Place

Mistake = tuple[Place, Wrong]
RECORD_FIELDS = ("origin",)
"""What a filter may ask of every record besides its fields: own sheet, or told by another."""


def load_order(target: Target) -> list[Table]:
    """The tables, each after those that it refers to, else as the file has them. CycleError."""
    needs = {table.name: table.references() - {table.name} for table in target.tables}
    TopologicalSorter(needs).prepare()
    order: list[Table] = []
    left = list(target.tables)
    while left:
        written = {table.name for table in order}
        following = next(table for table in left if needs[table.name] <= written)
        order.append(following)
        left.remove(following)
    return order


def mistakes(target: Target) -> Iterator[Mistake]:
    """Everything that makes no sense, with its place in the template."""
    yield from _twice([table.name for table in target.tables], ("tables",), "name")
    yield from _twice([table.stem for table in target.tables], ("tables",), "file")
    for at, table in enumerate(target.tables):
        yield from _table(target, table, ("tables", at))
    names = {table.name for table in target.tables}
    if all(table.references() <= names for table in target.tables):
        yield from _cycle(target)


def _cycle(target: Target) -> Iterator[Mistake]:
    try:
        load_order(target)
    except CycleError as error:
        circle = error.args[1]
        at = [table.name for table in target.tables].index(circle[-1])
        yield ("tables", at), Wrong("template_cycle", {"tables": " → ".join(reversed(circle))})


def _twice(names: Sequence[str], place: Place, key: str) -> Iterator[Mistake]:
    seen: set[str] = set()
    for at, name in enumerate(names):
        if name.casefold() in seen:
            yield (*place, at, key), Wrong("template_name_twice", {"key": key, "value": name})
        seen.add(name.casefold())


def _table(target: Target, table: Table, place: Place) -> Iterator[Mistake]:
    spec = entities().get(table.entity)
    if spec is None:
        params: dict[str, object] = {"value": table.entity, "known": ", ".join(entities())}
        yield (*place, "entity"), Wrong("template_entity", params)
        return
    yield from _twice([column.name for column in table.columns], (*place, "columns"), "name")
    own = [column for column in table.columns if column.reference == table.name]
    for column in own[1:]:
        at = table.columns.index(column)
        yield (*place, "columns", at), Wrong("template_self_twice", {"column": column.name})
    if sum(column.id for column in table.columns) != 1:
        yield (*place, "columns"), Wrong("template_one_id", {"name": table.name})
    for at, one in enumerate(table.where):
        yield from _filter(one, spec, (*place, "where", at))
    for at, column in enumerate(table.columns):
        yield from _column(target, column, spec, (*place, "columns", at))


def _filter(one: Filter, spec: EntitySpec, place: Place) -> Iterator[Mistake]:
    if one.field in RECORD_FIELDS:
        return
    field = _field(spec, one.field)
    if field is None:
        yield (*place, "field"), _unknown_field(one.field, spec)
        return
    numeric = field.kind in (Kind.MONEY, Kind.NUMBER, Kind.INTEGER)
    if one.since is not None and field.kind is not Kind.DATE:
        yield (*place, "since"), Wrong("template_filter", {"key": "since", "value": one.field})
    if (one.least is not None or one.most is not None) and not numeric:
        key = "least" if one.least is not None else "most"
        yield (*place, key), Wrong("template_filter", {"key": key, "value": one.field})


def _column(target: Target, column: Column, spec: EntitySpec, place: Place) -> Iterator[Mistake]:
    if len(column.sources) != 1:
        yield place, Wrong("template_one_source", {"column": column.name})
        return
    if column.from_ is not None:
        yield from _source(target, column, spec, place)
    elif column.reference is not None:
        yield (*place, "reference"), Wrong("template_reference_from", {"column": column.name})
    yield from _limits(column, place)


def _source(target: Target, column: Column, spec: EntitySpec, place: Place) -> Iterator[Mistake]:
    name, further = column.path
    field = _field(spec, name)
    if field is None:
        yield (*place, "from"), _unknown_field(name, spec)
    elif further is not None:
        yield from _path(column, field, further, place)
    elif column.reference is not None:
        yield from _reference(target, column, field, place)


def _path(column: Column, field: FieldSpec, further: str, place: Place) -> Iterator[Mistake]:
    if field.refers_to is None or column.reference is not None:
        yield (*place, "from"), Wrong("template_no_reference", {"value": field.name})
    elif _field(entities()[field.refers_to], further) is None:
        yield (*place, "from"), _unknown_field(further, entities()[field.refers_to])


def _reference(target: Target, column: Column, field: FieldSpec, place: Place) -> Iterator[Mistake]:
    there = {table.name: table for table in target.tables}
    table = there.get(str(column.reference))
    if table is None:
        params: dict[str, object] = {"value": column.reference, "known": ", ".join(there)}
        yield (*place, "reference"), Wrong("template_no_table", params)
    elif field.refers_to is None:
        yield (*place, "from"), Wrong("template_no_reference", {"value": field.name})
    elif table.entity != field.refers_to:
        params = {"value": table.name, "column": field.name, "entity": table.entity}
        yield (*place, "reference"), Wrong("template_other_entity", params)


def _limits(column: Column, place: Place) -> Iterator[Mistake]:
    number = column.type in ("integer", "decimal")
    for key in ("precision", "least", "most"):
        if getattr(column, key) is not None and not number:
            yield (*place, key), Wrong("template_limit", {"key": key})
    if column.least is not None and column.most is not None and column.least > column.most:
        yield (*place, "least"), Wrong("template_limit", {"key": "least"})
    if column.scale is not None and column.type != "decimal":
        yield (*place, "scale"), Wrong("template_limit", {"key": "scale"})
    if (column.scale or 0) > (column.precision or 38):
        yield (*place, "scale"), Wrong("template_limit", {"key": "scale"})
    if column.picklist is not None and (column.type != "text" or column.id or column.reference):
        yield (*place, "picklist"), Wrong("template_limit", {"key": "picklist"})
    yield from _picklist(column, place)


def _picklist(column: Column, place: Place) -> Iterator[Mistake]:
    there = column.picklist
    for key, value in (("other", column.other), ("default", column.default)):
        if (
            value is not None
            and (there is not None or key == "other")
            and value not in (there or ())
        ):
            yield (*place, key), Wrong("template_not_listed", {"key": key, "value": value})
    meant: dict[str, str] = {}
    for theirs, ours in (there or {}).items():
        for word in ours:
            if meant.setdefault(word.strip().casefold(), theirs) != theirs:
                params: dict[str, object] = {"value": word, "column": column.name}
                yield (*place, "picklist", theirs), Wrong("template_word_twice", params)


def _field(spec: EntitySpec, name: str) -> FieldSpec | None:
    return next((field for field in spec.fields if field.name == name), None)


def _unknown_field(name: str, spec: EntitySpec) -> Wrong:
    known = ", ".join(field.name for field in spec.fields)
    return Wrong("template_field", {"value": name, "entity": spec.name, "known": known})
