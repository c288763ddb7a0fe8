"""Other sites are asked for a page, and no machine behind our own door ever is."""

import socket
from errno import ENETUNREACH
from urllib.parse import urlsplit

import pytest
from django.conf import settings

from articles import asking_links
from articles.asking_links import Unknown, ask, is_public
from articles.models import LinkCheck
from articles.tasks import MOST_OF_A_HOST, check_links, note_answers
from tests.articles.sites import running_site


@pytest.fixture
def site():
    with running_site() as running:
        yield running


def anyone(address):
    return True


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/fine", 200),
        ("/fine?q=ä b", 200),
        ("/missing", 404),
        ("/broken", 500),
        ("/private", 403),
        ("/only-get", 200),
        ("/noise", 0),
        ("/to-fine", 200),
        ("/to-missing", 404),
        ("/again", 0),
        ("/to-file", 0),
        ("/to-nowhere", 302),
    ],
)
def test_address_gives_what_it_answers_in_the_end(site, path, status):
    site.targets |= {"fine": "/fine", "missing": f"{site.url}/missing", "nowhere": ""}
    site.targets["file"] = "file:///etc/hostname"
    assert ask(site.url + path, may_ask=anyone) == status


def test_site_is_not_told_which_paper_asks_and_sends_no_body(site):
    ask(f"{site.url}/only-get", may_ask=anyone)
    assert [method for method, _path, _headers in site.asked] == ["HEAD", "GET"]
    headers = site.asked[0][2]
    assert "link check" in headers["User-Agent"]
    assert urlsplit(settings.SITE_URL).hostname not in headers["User-Agent"]
    assert headers["Host"] == site.url.removeprefix("http://")


def test_six_requests_are_the_most(site):
    ask(f"{site.url}/again", may_ask=anyone)
    assert len(site.asked) == 6


def test_site_that_answers_byte_by_byte_is_given_up(site, monkeypatch):
    monkeypatch.setattr(asking_links, "LONGEST", 0.3)
    assert ask(f"{site.url}/drip", may_ask=anyone) == 0
    assert len(site.asked) == 1


@pytest.mark.parametrize(
    "url",
    ["http://localhost:{port}/fine", "http://127.0.0.1:{port}/fine", "http://[::1]:{port}/fine",
     "http://0.0.0.0:{port}/fine", "http://127.1:{port}/fine", "http://2130706433:{port}/fine",
     "http://[::ffff:127.0.0.1]:{port}/fine", "http://a:b@127.0.0.1:{port}/fine"],
)  # fmt: skip
def test_our_own_machine_is_never_asked(site, url):
    assert ask(url.format(port=site.server_port)) == 0
    assert site.asked == []


def test_redirect_leads_to_no_machine_of_ours(site):
    site.targets["inside"] = f"http://127.0.0.2:{site.server_port}/fine"
    outside = lambda address: address != "127.0.0.2"  # noqa: E731
    assert ask(f"{site.url}/to-inside", may_ask=outside) == 0
    assert [path for _method, path, _headers in site.asked] == ["/to-inside"]


def test_name_is_looked_up_once_and_what_was_found_is_asked(site, monkeypatch):
    """Otherwise a name could be public when it is checked, and private when it is asked."""
    answers = [["127.0.0.1"], ["10.0.0.1"]]
    row = lambda address: (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 0))  # noqa: E731
    looked_up = lambda *args, **kw: [row(address) for address in answers.pop(0)]  # noqa: E731
    monkeypatch.setattr(asking_links.socket, "getaddrinfo", looked_up)
    real = socket.create_connection
    asked = []

    def connect(place, timeout):
        asked.append(place[0])
        monkeypatch.undo()
        return real(place, timeout)

    monkeypatch.setattr(asking_links.socket, "create_connection", connect)
    ask(f"http://changing.example:{site.server_port}/fine", may_ask=anyone)
    assert asked == ["127.0.0.1"]


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
     "0.0.0.0", "224.0.0.1", "255.255.255.255", "198.18.0.1", "::1", "::", "fe80::1%eth0",
     "fc00::1", "ff02::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "64:ff9b:1::1", "2002:a00:1::",
     "2001:0:1::1", "2001:db8::1", "192.0.0.1"],
)  # fmt: skip
def test_address_of_a_private_network_is_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "2606:2800:220:1::1", "64:ff9b::5db8:d822", "::ffff:93.184.216.34"]
)
def test_address_of_the_internet_is_public(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "fault", [socket.gaierror(socket.EAI_AGAIN, "try again"), OSError(ENETUNREACH, "no network")]
)
@pytest.mark.django_db
def test_nothing_is_noted_while_our_own_network_is_away(monkeypatch, fault):
    def refuse(*args, **kwargs):
        raise fault

    monkeypatch.setattr(asking_links.socket, "getaddrinfo", refuse)
    with pytest.raises(Unknown):
        ask("http://other.example/")
    assert note_answers(["http://other.example/"]) == 0
    assert not LinkCheck.objects.exists()


@pytest.mark.django_db
def test_answers_are_noted_once_a_week_and_for_some_pages_of_a_host(site):
    urls = [f"{site.url}/fine?{n}" for n in range(MOST_OF_A_HOST + 3)]
    assert note_answers(urls, may_ask=anyone) == MOST_OF_A_HOST
    assert set(LinkCheck.objects.values_list("status", flat=True)) == {200}
    assert note_answers(urls[:MOST_OF_A_HOST], may_ask=anyone) == 0


@pytest.mark.django_db
def test_worker_notes_a_link_into_our_network_as_dead(site):
    assert check_links.func([f"{site.url}/fine"]) == 1
    assert LinkCheck.objects.get().status == 0
    assert site.asked == []
