"""Each convention holds, and each check is proved by a deliberately bad example."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps

from tests import conventions
from tests.conventions import APPS, ROOT


def test_files_stay_short(tmp_path):
    (tmp_path / "long.py").write_text("x = 1\n" * (conventions.FILE_LINES + 1))
    assert conventions.too_long(tmp_path.iterdir(), conventions.FILE_LINES)
    assert not conventions.too_long(conventions.python_files(), conventions.FILE_LINES)


def test_templates_stay_short():
    assert not conventions.too_long(conventions.templates(), conventions.TEMPLATE_LINES)


def test_functions_stay_short():
    bad = "def long():\n" + "    x = 1\n" * 50
    assert conventions.long_functions(bad) == ["long"]
    for path in conventions.python_files():
        assert not conventions.long_functions(path.read_text()), path


def test_dates_say_what_they_are():
    assert conventions.misnamed_dates({"created": "DateTimeField", "day_on": "DateField"})
    for model in own_models():
        fields = {f.name: type(f).__name__ for f in model._meta.local_fields}
        others = {"last_login", "date_joined", "expire_date"}  # Django's own
        others |= {"embargoed_until"}  # the trade's word
        fields = {name: kind for name, kind in fields.items() if name not in others}
        assert not conventions.misnamed_dates(fields), model


def test_templates_never_go_around_escaping():
    assert conventions.unsafe_output("{{ text|safe }} {% autoescape off %}")
    for path in conventions.templates():
        assert not conventions.unsafe_output(path.read_text()), path


def test_no_module_has_a_name_that_says_nothing():
    assert conventions.say_nothing([ROOT / "comments" / "utils.py"])
    backend = ROOT / "operations" / "embedded" / "base.py"  # the name Django looks for
    assert not conventions.say_nothing(
        path for path in conventions.python_files() if path != backend
    )


def test_articles_cannot_see_the_apps_above_it_through_reverse_accessors():
    above = {"comments", "translations", "fundraising"}
    for model in apps.get_app_config("articles").get_models():
        for relation in model._meta.related_objects:
            if relation.related_model._meta.app_label in above:
                assert relation.get_accessor_name() is None, (model, relation)


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("articles/forbidden.py", "import comments.models\n"),
        ("comments/forbidden.py", "import fundraising.models\n"),
        ("richtext/forbidden.py", "import articles.models\n"),
        ("pictures/forbidden.py", "import articles.models\n"),
        ("pagecache/forbidden.py", "import articles.models\n"),
        ("operations/forbidden.py", "import accounts.models\n"),
    ],
)
def test_import_contract_fires(tmp_path, module, line):
    for app in APPS:
        for path in [ROOT / app / "__init__.py", *(ROOT / app).rglob("*.py")]:
            copy = tmp_path / path.relative_to(ROOT)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(path.read_text())
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text())
    (tmp_path / module).write_text(line)
    assert lint_imports(tmp_path).returncode == 1
    (tmp_path / module).write_text("")
    assert lint_imports(tmp_path).returncode == 0


def lint_imports(folder: Path) -> subprocess.CompletedProcess:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, check=False)


def own_models():
    return [model for app in APPS if apps.is_installed(app) and app != "richtext"
            for model in apps.get_app_config(app).get_models()]  # fmt: skip
