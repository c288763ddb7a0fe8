"""What becomes of a reader's text: safe, whatever was typed."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from richtext.comments import ALLOWED, LIMITS, MAX_LENGTH, excess, render_comment

SHOWN = {
    "*one* **two** ~~three~~ `four`": "<p><em>one</em> <strong>two</strong> <s>three</s> "
    "<code>four</code></p>",
    "one\ntwo\n\nthree": "<p>one<br>\ntwo</p>\n<p>three</p>",
    "> said": "<blockquote>\n<p>said</p>\n</blockquote>",
    "- one\n- two": "<ul>\n<li>one</li>\n<li>two</li>\n</ul>",
    ">! the *gulls*\n>! did it\nSorry": "<details>\n<summary>Spoiler</summary>\n"
    "<p>the <em>gulls</em><br>\ndid it</p>\n</details>\n<p>Sorry</p>",
    ">! >! once": "<details>\n<summary>Spoiler</summary>\n"
    "<blockquote>\n<p>! once</p>\n</blockquote>\n</details>",
    "tea >! coffee": "<p>tea &gt;! coffee</p>",
    "# loud": "<p># loud</p>",
    "one\n---": "<p>one<br>\n---</p>",
    "```py\nx\n```": "<pre><code>x\n</code></pre>",
    "1 < 2 & 3": "<p>1 &lt; 2 &amp; 3</p>",
    "https://tides.example/a": '<p><a href="https://tides.example/a" '
    'rel="nofollow ugc noopener">https://tides.example/a</a></p>',
}
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:x)",
    "<javascript:alert(1)>",
    '[x](https://a.example "onmouseover=alert(1)")',
    '[x](https://a.example" onclick="alert(1))',
    "![x](https://a.example/pixel.png)",
    "<a href='javascript:alert(1)'>x</a>",
    "<iframe src=//a.example>",
    "[x](//a.example)",
    "[x](/admin/logout/)",
    "[x](https:/admin/logout/)",
    "[x](https:a.example)",
    "[x](https:///a.example)",
    "<İscript>alert(1)</İscript>",
]


@pytest.mark.parametrize("text", SHOWN)
def test_small_markdown_is_rendered(text):
    assert render_comment(text) == SHOWN[text]


def assert_safe(html: str) -> None:
    for tag, attributes in re.findall(r"<([a-z0-9]+)([^>]*)>", html):
        assert tag in ALLOWED
        link = r'( href="(https?://|mailto:)[^"]*")?( rel="nofollow ugc noopener")?'
        assert re.fullmatch(link if tag == "a" else "", attributes)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_does_nothing(text):
    assert_safe(render_comment(text))


@given(st.text(alphabet=st.sampled_from("<>[]()!*_`~#-\n \"'=:/&;ajscript.@x"), max_size=200))
def test_no_text_leaves_the_allow_list(text):
    assert_safe(render_comment(text))


@pytest.mark.parametrize("text", ["x" * (MAX_LENGTH + 1), "[" * 20_000, "![[]" * 1000])
def test_overlong_and_bracketed_texts_are_refused_before_any_work(text):
    start = time.perf_counter()
    with pytest.raises(ValueError, match="At most"):
        render_comment(text)
    assert time.perf_counter() - start < 0.05


SIGNS = """*a _* ** _a ~~a ` ``a` < <a <!-- <x@y.z> & &# &amp; ( \\ " | ]
    http://a.b/( www.a.b a@b.c mailto: :// x.com/ 1.1.1.1 >! > - 1. ```""".split()  # noqa: SIM905 - a list would be harder to read
SIGNS += ["\n- a", "\n1. a", "\n> ", "\n>! ", "\n\n", "a\n", "> - ", "- - ", ">! - ", "\t", "😀"]
SIGNS += ["[", "[a](", "![[]", "[a][", "[a]: b\n", "]"]


def as_much_as_possible(sign: str) -> str:
    """The sign repeated to the greatest length; of what is limited, as many as are accepted."""
    text = (sign * MAX_LENGTH)[:MAX_LENGTH]
    for limited, most in LIMITS.values():
        places = [match.start() for match in limited.finditer(text)][::-1]
        for place in places[: max(0, len(places) - most)]:
            text = f"{text[:place]}x{text[place + 1 :]}"
    return text


@pytest.mark.parametrize("sign", SIGNS)
def test_nothing_of_the_greatest_length_takes_long(sign):
    text = as_much_as_possible(sign)
    best = min(timed(text) for _attempt in range(3))
    assert best < 0.05


def timed(text: str) -> float:
    """Seconds of this thread's own work: what else the machine does is not the text's fault."""
    start = time.thread_time()
    render_comment(text)
    return time.thread_time() - start


@pytest.mark.parametrize("kind", LIMITS)
def test_one_sign_too_many_is_refused(kind):
    sign = {"brackets": "[", "links": "@", "emphasis": "~", "lines": "\n"}[kind]
    most = LIMITS[kind][1]
    assert excess(sign * most) == ""
    assert excess(sign * (most + 1)) == kind
