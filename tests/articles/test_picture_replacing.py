"""A new file takes the place of an old one: pages show it at once, and none loses its picture."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from articles.models import Image
from articles.pictures import prune_picture, save_picture
from operations.clock import database_now
from tests.articles.test_image_admin import focal_point, typed
from tests.builders import make_article, make_editor, make_image, make_site, picture_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    make_site()
    client.force_login(make_editor())
    return client


def replace(desk, image, **fields):
    url = reverse("admin:articles_image_change", args=[image.pk])
    response = desk.post(url, typed(**fields))
    assert response.status_code == 302
    return Image.objects.get(pk=image.pk)


def files(tmp_path):
    return {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.*")}


def renditions(image):
    return image._meta.get_field("file").stored_names(image)


def test_pages_show_the_new_file_under_the_same_key(desk):
    image = make_image()
    article = make_article(lead_image=image)
    new = replace(desk, image, file=picture_file(name="new.jpg", size=(900, 500)))
    assert (new.pk, new.width) == (image.pk, 900)
    page = desk.get(article.get_absolute_url()).text
    assert new.file.url in page and image.file.url not in page
    assert all(default_storage.exists(name) for name in renditions(new))


@pytest.mark.parametrize(
    ("size", "kept"), [((1280, 800), "0.1x0.9"), ((640, 402), "0.1x0.9"), ((400, 640), "0.5x0.5")]
)
def test_focal_point_stays_where_the_shape_does(desk, size, kept):
    image = make_image(focal_point="0.1x0.9")
    new = replace(desk, image, file=picture_file(size=size), **focal_point(10, 90))
    assert new.focal_point == kept


def test_focal_point_that_was_just_moved_stays(desk):
    image = make_image(focal_point="0.1x0.9")
    new = replace(desk, image, file=picture_file(size=(400, 640)), **focal_point(20, 30))
    assert new.focal_point == "0.2x0.3"


def test_old_files_are_kept_for_a_day(desk, tmp_path):
    image = make_image()
    before = files(tmp_path)
    new = replace(desk, image, file=picture_file(name="new.jpg"))
    assert before < files(tmp_path)  # pages in caches and on screens show them
    due = DBTaskResult.objects.get(task_path="articles.pictures.prune_picture")
    assert timedelta(hours=23) < due.run_after - database_now() <= timedelta(days=1)
    assert prune_picture.func(image.file.name) > 0
    assert files(tmp_path) == renditions(new) | {new.file.name}
    assert prune_picture.func(image.file.name) == 0


def test_moved_focal_point_leaves_no_old_renditions(desk, tmp_path):
    image = make_image()
    old = renditions(image)
    new = replace(desk, image, **focal_point(10, 90))
    assert not old & renditions(new)
    prune_picture.func(image.file.name)
    assert files(tmp_path) == renditions(new) | {new.file.name}


def test_other_words_leave_the_files_alone(desk):
    image = make_image()
    replace(desk, image, alts_en="Other words")
    assert not DBTaskResult.objects.exists()


def test_deleted_picture_takes_its_files_along(desk, tmp_path):
    image = make_image()
    desk.post(reverse("admin:articles_image_delete", args=[image.pk]), {"post": "yes"})
    prune_picture.func(image.file.name)
    assert not files(tmp_path)


def test_missing_renditions_are_made(settings, tmp_path, capsys):
    settings.MEDIA_ROOT = tmp_path
    image, lost = make_image(), make_image(file=picture_file(name="lost.jpg"))
    for name in renditions(image):
        default_storage.delete(name)
    lost.file.storage.delete(lost.file.name)
    lost._meta.get_field("file").remove_renditions(lost.file.name)
    call_command("make_renditions")
    assert renditions(image) <= files(tmp_path)
    assert f"Picture {lost.pk}" in capsys.readouterr().err


@pytest.mark.django_db(transaction=True)
def test_two_who_replace_at_once_leave_one_file_and_nothing_lost(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    image, start = make_image(), Barrier(2)

    def work(name):
        mine = Image.objects.get(pk=image.pk)
        mine.file = picture_file(name=name)
        start.wait()
        save_picture(mine)
        connection.close()

    threads = [Thread(target=work, args=(name,)) for name in ("one.jpg", "two.jpg")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for due in DBTaskResult.objects.all():
        prune_picture.func(*due.args_kwargs["args"])
    new = Image.objects.get()
    assert files(tmp_path) == renditions(new) | {new.file.name}
