import pytest
from django.template import Context, Template

from tests.builders import make_image, picture_file

pytestmark = pytest.mark.django_db


def render(image, options=""):
    template = Template("{% load pictures %}{% picture image " + options + " %}")
    return template.render(Context({"image": image}))


def test_picture_offers_its_widths(django_assert_num_queries):
    image = make_image(file=picture_file(size=(1000, 500)), alt='A "ferry"')
    with django_assert_num_queries(0):
        html = render(image, 'sizes="50vw"')
    assert 'width="800" height="400"' in html
    assert 'sizes="50vw"' in html
    webp, plain = (each.split('"')[0] for each in html.split('srcset="')[1:])
    for offered, suffix in ((webp, ".webp"), (plain, ".jpeg")):
        steps = [step.split() for step in offered.split(", ")]
        assert [width for _address, width in steps] == ["480w", "800w", "1000w"]
        assert all(address.endswith(suffix) for address, _width in steps)
    assert 'alt="A &quot;ferry&quot;"' in html
    assert 'loading="lazy" decoding="async"' in html
    assert "style" not in html


def test_small_picture_is_itself():
    image = make_image(file=picture_file(size=(300, 200)))
    assert f'src="{image.file.url}" srcset="{image.file.url} 300w"' in render(image)


def test_crop_has_its_own_size():
    assert 'width="160" height="160"' in render(make_image(), 'shape="square"')


def test_no_picture_no_tag():
    assert render(None) == ""
