"""Text for other places than the page: nothing in it ends what it stands in."""

import json

import pytest
from django.utils.html import format_html

from richtext.elsewhere import links_with_host, script_data


@pytest.mark.parametrize("hostile", ["</script><b>", "<!--<script>", "a & b", "\u2028\u2029"])
def test_data_cannot_leave_its_script_element(hostile):
    text = script_data({"headline": hostile})
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text) == {"headline": hostile}


def test_links_to_our_own_pages_say_the_host_and_others_stay():
    html = format_html('<a href="/a/">{}</a><a href="https://b.example/">b</a>', 'href="/')
    assert links_with_host(html, "https://courier.example") == (
        '<a href="https://courier.example/a/">href=&quot;/</a><a href="https://b.example/">b</a>'
    )
