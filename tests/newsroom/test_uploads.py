import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from newsroom import uploads
from tests.builders import make_article

pytestmark = pytest.mark.django_db
SAME_SITE = {"Sec-Fetch-Site": "same-origin"}


@pytest.mark.parametrize(("size", "status"), [(1000, 422), (90_000, 413)])
def test_form_that_carries_too_much_is_refused_unread(client, monkeypatch, size, status):
    monkeypatch.setattr(uploads, "MAX_REQUEST_BYTES", 80_000)
    address = f"/articles/{make_article().slug}/comment/"
    form = {"file": SimpleUploadedFile("ballast.bin", b"x" * size)}
    assert client.post(address, form, headers=SAME_SITE).status_code == status
