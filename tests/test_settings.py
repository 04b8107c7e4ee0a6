"""A wrong setting is named with its place, what belongs there, and the nearest right key."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field, SecretStr

from kiosk.settings import (
    KioskSettings,
    Section,
    SettingsError,
    check_booth,
    config_file,
    load,
)
from kiosk.settings.lines import key_lines

ROOT = Path(__file__).parents[1]


class Server(Section):
    url: str
    secret: SecretStr | None = None
    weight: int = Field(default=1, ge=1)


class Web(Section):
    port: int = Field(ge=0, le=65_535)
    names: tuple[str, ...] = ()
    servers: tuple[Server, ...] = ()
    labels: dict[str, str] = Field(default_factory=dict)


class Site(Section):
    web: Web
    note: str = ""


def problems(kind: type[Section], path: Path, text: str, **variables: str) -> tuple[str, ...]:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        load(kind, path, variables)
    return caught.value.problems


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "site.toml"


def test_the_shipped_file_says_the_defaults(path: Path) -> None:
    path.write_text("")
    shipped = load(KioskSettings, ROOT / "config" / "kiosk.toml", {})
    bare = load(KioskSettings, path, {})
    booth = bare.booth.model_copy(update={"agencies_file": ROOT / "config" / "agencies.toml"})
    assert shipped == bare.model_copy(update={"booth": booth})


def test_every_key_is_in_the_shipped_file() -> None:
    text = (ROOT / "config" / "kiosk.toml").read_text(encoding="utf-8")
    for section, field in KioskSettings.model_fields.items():
        kind = field.annotation
        assert isinstance(kind, type)
        assert issubclass(kind, Section)
        for key in kind.model_fields:
            assert key in text, f"[{section}] {key}"


def test_an_unknown_key_is_named_with_its_line_and_the_nearest(path: Path) -> None:
    assert problems(Site, path, "# x\n[web]\nport = 1\nnamse = []\n") == (
        f'{path}:4: [web] namse: unknown key; did you mean "names" (a list)?',
    )


def test_an_unknown_key_like_no_other_is_answered_with_all(path: Path) -> None:
    (problem,) = problems(Site, path, "[web]\nport = 1\nzzz = 1\n")
    assert problem.endswith("unknown key; the keys here are: port, names, servers, labels")


def test_an_unknown_section_is_named(path: Path) -> None:
    (problem,) = problems(Site, path, "[web]\nport = 1\n[wep]\n")
    assert problem == f'{path}:3: [wep]: unknown key; did you mean "web" (a table)?'


def test_a_wrong_value_is_told_what_belongs_there(path: Path) -> None:
    assert problems(Site, path, '[web]\nport = "8480"\n') == (
        f"{path}:2: [web] port: expected an integer from 0 to 65535, found a string",
    )
    assert problems(Site, path, "[web]\nport = 70000\n") == (
        f"{path}:2: [web] port: expected an integer from 0 to 65535, found 70000",
    )
    assert problems(Site, path, "[web]\nport = true\n") == (
        f"{path}:2: [web] port: expected an integer from 0 to 65535, found true",
    )
    assert problems(Site, path, "web = 3\n") == (f"{path}:1: [web]: expected a table, found 3",)


def test_a_missing_key_is_told_where_it_belongs(path: Path) -> None:
    assert problems(Site, path, "note = ''\n\n[web]\n") == (
        f"{path}:3: [web] port: missing; expected an integer from 0 to 65535",
    )
    assert problems(Site, path, "") == (
        f"{path}:1: [web] port: missing; expected an integer from 0 to 65535",
    )


def test_a_key_inside_a_list_of_tables_has_its_own_line(path: Path) -> None:
    text = """[web]
port = 1
names = [
  "a",
]

[[web.servers]]
url = "x"

[[web.servers]]
url = "y"
wieght = 3
"""
    (problem,) = problems(Site, path, text)
    assert problem.startswith(f"{path}:12: [web] servers.1.wieght: unknown key")


def test_every_problem_is_named_at_once(path: Path) -> None:
    found = problems(Site, path, "[web]\nport = -1\nnames = 3\n[other]\n")
    assert [problem.split(":")[1] for problem in found] == ["2", "3", "4"]


def test_a_secret_is_never_quoted(path: Path) -> None:
    text = '[web]\nport = 1\n[[web.servers]]\nurl = 1\nsecret = ["hunter2"]\n'
    assert not any("hunter2" in problem for problem in problems(Site, path, text))


def test_what_is_not_toml_is_named_with_its_line(path: Path) -> None:
    (problem,) = problems(Site, path, "[web]\nport = \n")
    assert problem.startswith(f"{path}:2: not TOML")
    (problem,) = problems(Site, path, "[web]\nport = 1\nnames = [")
    assert problem.startswith(f"{path}:3: not TOML")


def test_a_file_that_cannot_be_read_is_named(path: Path) -> None:
    with pytest.raises(SettingsError, match="No such file"):
        load(Site, path, {})
    path.write_bytes(b"\xff")
    with pytest.raises(SettingsError, match="not UTF-8"):
        load(Site, path, {})


def test_the_environment_overrides_with_types(path: Path) -> None:
    path.write_text('[web]\nport = 1\nnames = ["a"]\n')
    variables = {
        "VISIO_GUICHET_WEB__PORT": "8480",
        "VISIO_GUICHET_WEB__NAMES": '["b", "c"]',
        "VISIO_GUICHET_OTHER_PART__KEY": "left to that part",
        "HOME": "/",
    }
    site = load(Site, path, variables)
    assert (site.web.port, site.web.names) == (8480, ("b", "c"))


def test_text_stays_text_in_the_environment(path: Path) -> None:
    path.write_text("")
    kiosk = load(KioskSettings, path, {"VISIO_GUICHET_LINK__USER": "42"})
    assert kiosk.link.user == "42"


def test_a_wrong_variable_is_named_itself(path: Path) -> None:
    path.write_text("[web]\nport = 1\n")
    (problem,) = problems(Site, path, "[web]\nport = 1\n", VISIO_GUICHET_WEB__PORT="x")
    assert problem.startswith("environment: VISIO_GUICHET_WEB__PORT: [web] port: expected an int")
    (problem,) = problems(Site, path, "[web]\nport = 1\n", VISIO_GUICHET_WEB__PROT="1")
    assert 'did you mean "port"' in problem
    (problem,) = problems(Site, path, "[web]\nport = 1\n", VISIO_GUICHET_WEBB__PORT="1")
    assert problem.endswith("did you mean VISIO_GUICHET_WEB__PORT?")


def test_paths_start_at_the_file_that_names_them(path: Path) -> None:
    path.write_text('[booth]\nagencies_file = "here.toml"\nstate_folder = "~/x"\n')
    booth = load(KioskSettings, path, {}).booth
    assert booth.agencies_file == path.parent / "here.toml"
    assert booth.state_folder == Path.home() / "x"


def test_the_password_comes_from_its_file(path: Path) -> None:
    path.write_text('[link]\npassword_file = "secret"\n')
    link = load(KioskSettings, path, {}).link
    with pytest.raises(SettingsError, match="password_file: No such file"):
        _ = link.password
    (path.parent / "secret").write_text("open sesame\n")
    assert link.password == "open sesame"
    path.write_text("")
    assert load(KioskSettings, path, {}).link.password == ""


def refusals(path: Path, text: str) -> tuple[str, ...]:
    """Return what keeps a booth of these settings, beside a list of agencies, from starting."""
    (path.parent / "agencies.toml").touch()
    path.write_text(text)
    with pytest.raises(SettingsError) as caught:
        check_booth(load(KioskSettings, path, {}), path)
    return caught.value.problems


def test_a_booth_starts_with_what_is_shipped() -> None:
    shipped = ROOT / "config" / "kiosk.toml"
    check_booth(load(KioskSettings, shipped, {}), shipped)


def test_a_booth_whose_password_cannot_be_read_does_not_start(path: Path) -> None:
    secret = path.parent / "secret"
    text = '[link]\npassword_file = "secret"\n'
    missing = f"{secret}: [link] password_file: No such file or directory"
    assert refusals(path, text) == (missing,)
    secret.write_bytes(b"\xff")
    assert refusals(path, text) == (f"{secret}: [link] password_file: not UTF-8 text",)


def test_a_booth_whose_authority_cannot_be_loaded_does_not_start(path: Path) -> None:
    authority = path.parent / "ca.pem"
    text = '[link]\nca_file = "ca.pem"\n'
    missing = f"{authority}: [link] ca_file: No such file or directory"
    assert refusals(path, text) == (missing,)
    for content in ("", "no certificate"):
        authority.write_text(content)
        unusable = f"{authority}: [link] ca_file: holds no certificate in PEM form"
        assert refusals(path, text) == (unusable,)


def test_a_booth_signs_in_under_its_own_name(path: Path) -> None:
    assert refusals(path, '[booth]\nid = "mairie-a"\n') == (
        f'{path}: [link] user: expected "kiosk-mairie-a", that is "kiosk-" and [booth] id',
    )


def test_all_that_keeps_a_booth_from_starting_is_named_at_once(path: Path) -> None:
    text = '[booth]\nid = "b"\nagencies_file = "x"\n[link]\npassword_file = "x"\nca_file = "x"\n'
    keys = [problem.split(": ")[1] for problem in refusals(path, text)]
    assert keys == [
        "[link] user",
        "[link] password_file",
        "[link] ca_file",
        "[booth] agencies_file",
    ]


def test_a_call_starts_within_its_bound(path: Path) -> None:
    text = "[call]\nstart_bitrate_kbps = 900\nmax_bitrate_kbps = 800\n"
    assert problems(KioskSettings, path, text) == (
        f"{path}:1: [call]: start_bitrate_kbps (900) is above max_bitrate_kbps (800)",
    )
    path.write_text(text.replace("800", "900"))
    assert load(KioskSettings, path, {}).call.max_bitrate_kbps == 900


def test_an_operators_file_comes_before_the_source_trees(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert config_file("kiosk.toml") == ROOT / "config" / "kiosk.toml"
    monkeypatch.setattr("kiosk.settings.reading.SYSTEM_FOLDER", tmp_path)
    (tmp_path / "kiosk.toml").touch()
    assert config_file("kiosk.toml") == tmp_path / "kiosk.toml"


def test_lines_through_strings_comments_and_inline_tables() -> None:
    text = '''# [not.a.table]
top = """
[neither]
this = 1
"""
[a."b c"]  # said so
d.e = { f = 1 }
[[a.l]]
[[a.l]]
x = 1
[a.l.deep]
y = 2
'''
    lines = key_lines(text)
    assert lines["top",] == 2
    assert lines["a", "b c"] == 6
    assert lines["a", "b c", "d", "e", "f"] == 7
    assert (lines["a", "l", 0], lines["a", "l", 1]) == (8, 9)
    assert lines["a", "l", 1, "x"] == 10
    assert lines["a", "l", 1, "deep", "y"] == 12
    assert ("neither",) not in lines


@given(st.text(alphabet="[]a.=1\"'\n #{},", max_size=60))
def test_lines_are_found_in_whatever_parses(text: str) -> None:
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    lines = key_lines(text)
    assert {path[0] for path in lines} >= content.keys()
    assert all(1 <= line <= text.count("\n") + 1 for line in lines.values())
