"""Describes the types that Python gives to QML, so that qmllint knows them as it knows Qt's."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QMetaMethod, QMetaObject, QObject

_HEAD = "import QtQuick.tooling 1.2\n\nModule {\n"


def write_module(folder: Path, uri: str, types: Iterable[tuple[type[QObject], str, bool]]) -> None:
    """Write the module `uri` below `folder`: (class, name in QML, whether QML may make one)."""
    place = folder.joinpath(*uri.split("."))
    place.mkdir(parents=True)
    place.joinpath("qmldir").write_text(f"module {uri}\ntypeinfo types.qmltypes\ndepends QtQuick\n")
    components = "".join(_component(uri, *one) for one in types)
    place.joinpath("types.qmltypes").write_text(f"{_HEAD}{components}}}\n")


def _component(uri: str, kind: type[QObject], name: str, creatable: bool) -> str:
    meta = kind.staticMetaObject
    above = next(base for base in kind.__mro__[1:] if base.__module__.startswith("PySide6"))
    lines = [
        f'name: "{name}"',
        'accessSemantics: "reference"',
        f'prototype: "{above.__name__}"',
        f'exports: ["{uri}/{name} 1.0"]',
        "exportMetaObjectRevisions: [256]",
        f"isCreatable: {str(creatable).lower()}",
    ]
    start = above.staticMetaObject
    lines += [_enum(meta, i) for i in range(start.enumeratorCount(), meta.enumeratorCount())]
    lines += [_property(meta, i) for i in range(start.propertyCount(), meta.propertyCount())]
    lines += [_method(meta.method(i)) for i in range(start.methodCount(), meta.methodCount())]
    body = "".join(f"        {line}\n" for line in lines)
    return f"    Component {{\n{body}    }}\n"


def _enum(meta: QMetaObject, index: int) -> str:
    enum = meta.enumerator(index)
    keys = ", ".join(f'"{enum.key(i)}"' for i in range(enum.keyCount()))
    return f'Enum {{ name: "{enum.name()}"; values: [{keys}] }}'


def _property(meta: QMetaObject, index: int) -> str:
    one = meta.property(index)
    words = [f'name: "{one.name()}"', f'type: "{_type(one.typeName())}"']
    words += [] if one.isWritable() else ["isReadonly: true"]
    words += ["isPointer: true"] if one.typeName().endswith("*") else []
    words += (
        [f'notify: "{one.notifySignal().name().data().decode()}"'] if one.hasNotifySignal() else []
    )
    return f"Property {{ {'; '.join(words)} }}"


def _method(method: QMetaMethod) -> str:
    kind = "Signal" if method.methodType() == QMetaMethod.MethodType.Signal else "Method"
    names = (name.data().decode() for name in method.parameterNames())
    types = (_type(name.data().decode()) for name in method.parameterTypes())
    parameters = " ".join(
        f'Parameter {{ name: "{name or f"p{i}"}"; type: "{type_}" }}'
        for i, (name, type_) in enumerate(zip(names, types, strict=True))
    )
    return f'{kind} {{ name: "{method.name().data().decode()}"; {parameters} }}'


def _type(name: str) -> str:
    return name.rstrip("*")
