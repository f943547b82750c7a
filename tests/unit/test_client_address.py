import pytest

from pageschema.client import ExtractClient, is_loopback
from pageschema.errors import InvalidConfiguration

KEY = "canary-5f2c9d1e7"


@pytest.mark.parametrize(
    ("url", "remedy"),
    [
        ("https://www.datalab.to", "--allow-remote"),
        ("http://192.168.0.1:8000", "--allow-remote"),
        ("http://0.0.0.0:8000", "--allow-remote"),
        ("http://localhost.example.com", "--allow-remote"),
        ("http://127.0.0.1.example.com", "--allow-remote"),
        ("http://127.0.0.1:80@example.com", "without user"),
        ("http://example.com\\@127.0.0.1", "without user"),
        ("http://127.0.0.1:8000?x=", "query"),
        ("http://127.0.0.1:8000/#x", "query"),
        ("http://127.0.0.1:99999", "write it like"),
        ("http://127.0.0.1:0", "write it like"),
        ("http://127.0.0.1:8000\n", "write it like"),
        ("http://127.0.0.1 :8000", "write it like"),
        ("http://[::1", "write it like"),
        ("http://", "write it like"),
        ("127.0.0.1:8000", "write it like"),
        ("ftp://127.0.0.1", "write it like"),
        ("file:///etc/passwd", "write it like"),
        ("", "write it like"),
    ],
)
def test_a_base_url_that_is_none_or_not_on_this_machine_is_refused_before_anything_is_sent(url, remedy):
    with pytest.raises(InvalidConfiguration) as refused:
        ExtractClient(url, api_key=KEY)
    assert remedy in refused.value.remedy
    assert KEY not in str(refused.value)


@pytest.mark.parametrize("url", ["http://127.0.0.1:8000/", "http://localhost", "http://[::1]:9", "https://127.8.0.1/v"])
def test_loopback_needs_no_permission(url):
    ExtractClient(url, api_key=KEY).close()


def test_another_host_is_reached_only_with_permission():
    with ExtractClient("https://www.datalab.to", api_key=KEY, allow_remote=True) as client:
        assert client.host == "www.datalab.to"
        assert not is_loopback(client.host)


@pytest.mark.parametrize(
    ("url", "own"),
    [
        ("{base}/api/v1/extract/r", True),
        ("/api/v1/extract/r", True),
        ("r", True),
        ("", True),
        ("//127.0.0.1:{port}/x", True),
        ("HTTP://127.0.0.1:{port}/x", True),
        ("https://127.0.0.1:{port}/x", False),
        ("http://127.0.0.1/x", False),
        ("http://localhost:{port}/x", False),
        ("http://127.0.0.1:{port}@example.com/x", False),
        ("//example.com/x", False),
        ("https://api.datalab.to/x", False),
        ("http://127.0.0.1:99999/x", False),
        ("http://127.0.0.1:x/", False),
        ("http://[::1", False),
        ("javascript:alert(1)", False),
    ],
)
def test_a_url_is_its_own_only_on_the_same_scheme_host_and_port(url, own):
    with ExtractClient("http://127.0.0.1:8123", api_key=KEY) as client:
        assert client.is_own(url.format(base=client.base_url, port=8123)) is own
