from __future__ import annotations

import threading
import time
from email.utils import formatdate
from typing import TYPE_CHECKING, Any

import pytest
from fake_server import Answer, Fake, in_turn, refuses, running, says

from briefing.errors import ModelError
from briefing.writers import server
from briefing.writers.address import check, look_up, near, parse
from briefing.writers.capacity import estimate
from briefing.writers.chat import Completion, ContextError, Prompt
from briefing.writers.server import ServerChat, connect
from briefing.writers.wire import Patience

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "::1"])

QUICK = Patience(answer_s=2, first_pause_s=0.01, longest_pause_s=0.5)
SCHEMA = {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]}
PROMPT = Prompt("Answer in one word.", "Is the pier open?")
HELD = Prompt("Answer in one word.", "Is the pier open?", SCHEMA)


def load(fake: Fake, name: str = "quill", patience: Patience = QUICK) -> ServerChat:
    return connect(f"{fake.url}#{name}", patience=patience)


def answers(
    chat: Callable[[Any], Answer], prompt: Prompt = PROMPT, patience: Patience = QUICK
) -> tuple[Completion | ModelError, int]:
    """What one prompt gets, and how often the server was asked for it."""
    with running(chat) as fake:
        model = load(fake, patience=patience)
        (result,) = model.complete([prompt], 20)
        return result, len(fake.chats())


def fault(chat: Callable[[Any], Answer], **options: Any) -> str:
    """The message of the error that one prompt gets."""
    result, _ = answers(chat, **options)
    assert isinstance(result, ModelError)
    return result.message


def test_a_prompt_is_asked_as_such_servers_take_it() -> None:
    """Roles, the limit, no temperature, a seed and the schema; what comes back is its text."""
    with running(in_turn(says("Yes."))) as fake:
        model = load(fake)
        assert model.complete([HELD], 20) == [Completion("Yes.", finished=True)]
        assert model.name == f"quill at {fake.url} (context of 4096 tokens assumed)"
        assert not model.offline
        assert model.complete([], 20) == []
        (asked,) = fake.chats()
    assert asked.body == {
        "model": "quill",
        "messages": [
            {"role": "system", "content": "Answer in one word."},
            {"role": "user", "content": "Is the pier open?"},
        ],
        "max_tokens": 20,
        "temperature": 0,
        "seed": 0,
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "reply", "schema": SCHEMA, "strict": True},
        },
    }


@pytest.mark.parametrize(
    "failure",
    [
        refuses(500, "out of ink"),
        refuses(503, "loading"),
        refuses(429, "slow down"),
        Answer(how="reset"),
    ],
)
def test_what_may_pass_is_tried_again(failure: Answer) -> None:
    """After failures that may pass the answer counts as if there had been none."""
    result, times = answers(in_turn(failure, failure, says("Yes.")))
    assert result == Completion("Yes.", finished=True)
    assert times == 3


def test_patience_ends() -> None:
    """A server that never recovers is asked a bounded number of times; the error shows its words."""
    result, times = answers(in_turn(refuses(500, "out of ink")))
    assert isinstance(result, ModelError)
    assert times == QUICK.attempts
    assert 'the server answers 500: {"error": {"message": "out of ink"}} (tried 5 times)' in str(
        result
    )


def test_connections_that_always_break() -> None:
    """So is one that drops every connection."""
    assert "the connection failed" in fault(in_turn(Answer(how="reset")))


@pytest.mark.parametrize("asked", ["0", "-1", "soon", "Wed, 21 Oct 2015 07:28:00 GMT"])
def test_retry_after_without_a_wait(asked: str) -> None:
    """A pause of nothing, one that is over and one that is no time are none of them in the way."""
    result, times = answers(in_turn(refuses(429, "slow", Retry_After=asked), says("Yes.")))
    assert (result, times) == (Completion("Yes.", finished=True), 2)


def test_retry_after_is_kept() -> None:
    """The pause that a server asks for is made, whole."""
    patience = Patience(answer_s=2, first_pause_s=0.001, longest_pause_s=5)
    start = time.monotonic()
    result, _ = answers(
        in_turn(refuses(429, "slow", Retry_After="1"), says("Yes.")), patience=patience
    )
    assert result == Completion("Yes.", finished=True)
    assert time.monotonic() - start > 1


@pytest.mark.parametrize(
    "asks", [lambda: "600", lambda: formatdate(time.time() + 600, usegmt=True)], ids=["s", "date"]
)
def test_retry_after_too_long(asks: Callable[[], str]) -> None:
    """A server that asks for more than patience has is not asked again, nor too early."""
    result, times = answers(in_turn(refuses(429, "slow", Retry_After=asks())))
    assert isinstance(result, ModelError)
    assert "it asks to wait" in result.message
    assert times == 1


def test_a_slow_drip_ends() -> None:
    """An answer that comes byte by byte is given up after a time, and tried once more only."""
    patience = Patience(answer_s=0.2, first_pause_s=0.01)
    drip = Answer({"choices": "x" * 500}, how="drip")
    start = time.monotonic()
    message = fault(in_turn(drip), patience=patience)
    assert "no whole answer within 0.2 seconds (tried 2 times)" in message
    assert time.monotonic() - start < 2


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (Answer(b"<html>Welcome"), "no chat completion: JSON is malformed"),
        (Answer(b""), "it sent nothing"),
        (Answer({"choices": 3}), "Expected `array`, got `int`"),
        (Answer({"reply": "Yes."}), "missing required field `choices`"),
        (Answer({"choices": []}), 'sent no answer: it sent {"choices": []}'),
        (says(None), "an answer without text"),
        (Answer(b"\x1b[31mred"), "�[31mred"),
        (Answer(b"x" * 5000), "x…"),
        (refuses(401, "who are you"), "answers 401"),
    ],
)
def test_answers_that_cannot_be_read(sent: Answer, said: str) -> None:
    """They are errors at once that show what was sent, shortened and without terminal codes."""
    result, times = answers(in_turn(sent))
    assert isinstance(result, ModelError)
    assert said in result.message
    assert len(result.message) < 400
    assert "\x1b" not in result.message
    assert times == 1


@pytest.mark.parametrize(("sent", "text"), [("The pier is", "The pier is"), (None, "")])
def test_cut_off_by_its_limit(sent: str | None, text: str) -> None:
    """An answer that came to its limit is told from a whole one, even if all of it was thought."""
    result, _ = answers(in_turn(says(sent, "length")))
    assert result == Completion(text, finished=False)


def test_one_error_stops_nothing_else() -> None:
    """The error of one prompt stands in its place."""

    def answer(body: Any) -> Answer:
        text = body["messages"][0]["content"]
        return refuses(400, "no twos") if text == "2" else says(text)

    with running(answer) as fake:
        model = load(fake)
        first, second, third = model.complete([Prompt("", name) for name in "123"], 20)
    assert (first, third) == (Completion("1", finished=True), Completion("3", finished=True))
    assert isinstance(second, ModelError)
    assert not isinstance(second, ContextError)


def test_sixteen_at_a_time_in_order() -> None:
    """Sixteen prompts are in flight and no more; answers come in the order of the prompts."""
    lock, full = threading.Lock(), threading.Barrier(16)
    at_once: list[int] = [0, 0]

    def answer(body: Any) -> Answer:
        text = body["messages"][0]["content"]
        with lock:
            at_once[0] += 1
            at_once[1] = max(at_once)
        full.wait(5)  # nobody is answered before sixteen have asked
        time.sleep(0.05 if int(text) % 2 else 0)
        with lock:
            at_once[0] -= 1
        return says(text)

    with running(answer) as fake:
        model = load(fake, patience=Patience())
        results = model.complete([Prompt("", str(number)) for number in range(48)], 20)
    assert results == [Completion(str(number), finished=True) for number in range(48)]
    assert at_once[1] == 16


def test_a_server_without_schemas() -> None:
    """Where schemas are refused the prompt is asked again without, and later ones at once."""

    def answer(body: Any) -> Answer:
        return refuses(400, "unknown field") if "response_format" in body else says("Yes.")

    with running(answer) as fake:
        model = load(fake)
        assert model.complete([HELD, PROMPT], 20) == [Completion("Yes.", finished=True)] * 2
        assert len(fake.chats()) == 3
        assert model.complete([HELD], 20) == [Completion("Yes.", finished=True)]
        assert len(fake.chats()) == 4


def test_a_refusal_that_is_not_for_the_schema() -> None:
    """What is refused without its schema too leaves schemas in use."""
    refused = refuses(400, "no")
    with running(in_turn(refused, refused, says("Yes."))) as fake:
        model = load(fake)
        (result,) = model.complete([HELD], 20)
        assert isinstance(result, ModelError)
        assert model.complete([HELD], 20) == [Completion("Yes.", finished=True)]
        assert "response_format" in fake.chats()[-1].body


PROPS = {"/props": {"default_generation_settings": {"n_ctx": 2000}}}


@pytest.mark.parametrize(
    ("sent", "held"),
    [
        (refuses(400, "the context size is exceeded"), 1000),
        (refuses(500, "Context size has been exceeded."), 1000),
        (refuses(400, "This model's maximum context length is 900 tokens. However, "), 900),
        (refuses(400, "the request exceeds the available context size (800 tokens)"), 800),
        (
            Answer({"error": {"type": "exceed_context_size_error", "n_ctx": 700}}, status=400),
            700,
        ),
        (refuses(400, "maximum context length is 64000 tokens"), 2000),
    ],
)
def test_less_context_than_promised(sent: Answer, held: int) -> None:
    """The real size is learnt once, however many prompts are refused; half, if it is not named."""
    with running(in_turn(sent), PROPS) as fake:
        model = load(fake)
        assert model.context_tokens == 2000
        results = model.complete([HELD] * 5, 20)
        assert all(isinstance(result, ContextError) for result in results)
        assert model.context_tokens == held
        assert len(fake.chats()) == 5


@pytest.mark.parametrize(
    ("pages", "tokens"),
    [
        (PROPS, 2000),
        ({"/v1/models": {"data": [{"id": "quill", "max_model_len": 1234}]}, **PROPS}, 1234),
        ({"/v1/models": {"data": [{"id": "quill", "meta": {"n_ctx": 640}}]}}, 640),
        ({"/api/show": {"parameters": "stop x\nnum_ctx    16384"}}, 16384),
        ({"/api/show": {"model_info": {"llama.context_length": 131072}}}, 4096),
        ({"/api/show": {"model_info": {"llama.context_length": 2048}}}, 2048),
        ({"/props": Answer(b"<html>"), "/api/show": refuses(500, "no")}, 4096),
    ],
)
def test_the_context_is_asked_for(pages: dict[str, object], tokens: int) -> None:
    """Every kind of server tells its context in its own way; one that tells none gets little."""
    with running(in_turn(says("")), pages) as fake:
        model = load(fake)
        assert model.context_tokens == tokens


@pytest.mark.parametrize(
    "page", [{"tokens": [5, 6, 7]}, {"count": 3, "max_model_len": 9, "tokens": [5, 6, 7]}]
)
def test_the_server_counts_tokens(page: object) -> None:
    """Where the server has its tokenizer to offer, it counts."""
    pages = {"/tokenize": page}
    with running(in_turn(says("")), pages) as fake:
        model = load(fake)
        assert model.count_tokens("Gulls") == 3
        assert fake.asked[-1].body["content"] == fake.asked[-1].body["prompt"] == "Gulls"


def test_tokens_are_estimated() -> None:
    """Where it has none, it is asked once and tokens are estimated, rather too many."""
    with running(in_turn(says(""))) as fake:
        model = load(fake)
        assert model.count_tokens("The pier") == estimate("The pier") == 3
        assert model.count_tokens("12,500 tonnes") == 6 + 2
        assert [asked.path for asked in fake.asked].count("/tokenize") == 1


def test_as_a_writer() -> None:
    """Loaded as a writer the model keeps its name, and the brief is not made offline."""
    with running(in_turn(says("")), PROPS) as fake:
        writer = server.load(f"{fake.url}#quill", allow_remote=False)
    assert writer.name == f"quill at {fake.url}"
    assert not writer.offline


def test_a_wrong_name_lists_the_models() -> None:
    """The error of a wrong name lists what the server has; a tag may be left out."""
    with running(in_turn(says(""))) as fake:
        with pytest.raises(ModelError, match="has no model named nib") as caught:
            connect(f"{fake.url}#nib")
        assert caught.value.hint == "It has quill, feather:latest."
        with pytest.raises(ModelError, match="no model is named") as caught:
            connect(fake.url)
        assert caught.value.hint == "It has quill, feather:latest."
        assert load(fake, "feather").name.startswith("feather:latest at ")


def test_the_only_model_needs_no_name() -> None:
    """A server with one model is understood without its name."""
    pages = {"/v1/models": {"data": [{"id": "pen"}]}}
    with running(in_turn(says("")), pages) as fake:
        assert connect(fake.url, patience=QUICK).name.startswith("pen at ")


def test_a_server_without_a_list() -> None:
    """Where there is no list of models, the name is believed."""
    pages = {"/v1/models": refuses(404, "no")}
    with running(in_turn(says("")), pages) as fake:
        assert load(fake, "pen").name.startswith("pen at ")


@pytest.mark.parametrize(
    ("page", "said", "hint"),
    [
        (Answer(b"<html>Welcome"), "sent no list of models: it sent <html>Welcome", "compatible"),
        (refuses(401, "no"), "answers 401", "BRIEFING_API_KEY"),
    ],
)
def test_servers_of_another_kind(page: Answer, said: str, hint: str) -> None:
    """What does not answer as such servers do is told when it is loaded."""
    with (
        running(in_turn(says("")), {"/v1/models": page}) as fake,
        pytest.raises(ModelError, match=said) as caught,
    ):
        connect(f"{fake.url}#quill")
    assert hint in caught.value.hint


def test_nothing_listens() -> None:
    """A port where nothing listens is an error at once."""
    with running(in_turn(says(""))) as fake:
        url = f"{fake.url}#quill"
    with pytest.raises(ModelError, match="nothing answers there"):
        connect(url)


def test_the_key_goes_to_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """The key of the environment is sent with every question."""
    monkeypatch.setenv("BRIEFING_API_KEY", "swordfish")
    with running(in_turn(says("Yes."))) as fake:
        model = load(fake)
        model.complete([PROMPT], 20)
        assert {asked.headers["Authorization"] for asked in fake.asked} == {"Bearer swordfish"}


def test_redirects_are_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A redirect is an error that names where to, and nothing is sent there, least of all the key."""
    monkeypatch.setenv("BRIEFING_API_KEY", "swordfish")
    with running(in_turn(says("Yes."))) as other:
        away = Answer(status=307, headers={"Location": f"{other.url}/chat/completions"})
        message = fault(in_turn(away))
        assert message.endswith(f"sends elsewhere, to {other.url}/chat/completions")
        assert other.asked == []


def test_proxies_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """Proxies of the environment see nothing."""
    with running(in_turn(says("No."))) as proxy:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://{proxy.place}")
        result, _ = answers(in_turn(says("Yes.")))
        assert result == Completion("Yes.", finished=True)
        assert proxy.asked == []


def test_the_checked_address_is_connected_to() -> None:
    """A name is looked up once; the server still learns it."""
    with running(in_turn(says("Yes."))) as fake:
        port = fake.server_port
        model = connect(f"http://localhost:{port}#quill", patience=QUICK)
        assert model.complete([PROMPT], 20) == [Completion("Yes.", finished=True)]
        assert {asked.headers["Host"] for asked in fake.asked} == {f"localhost:{port}"}


@pytest.mark.parametrize(
    "host",
    ["8.8.8.8", "[2001:db8::1]", "[::ffff:8.8.8.8]", "100.64.0.1", "192.0.2.7", "[2002::1]"],
)
def test_remote_servers_are_refused(host: str) -> None:
    """An address outside needs its option; nothing is sent before."""
    with pytest.raises(ModelError, match="lies outside this machine") as caught:
        connect(f"http://{host}:80/v1#quill")
    assert "--allow-remote" in caught.value.hint
    assert caught.value.exit_code == 2


def test_every_address_of_a_name_counts() -> None:
    """A name with one address here and one outside is refused."""
    address = parse("http://pier.example:80/v1#quill")
    check(address, ("127.0.0.1", "192.168.1.7"))
    with pytest.raises(ModelError, match=r"http://pier.example:80/v1: 9.9.9.9 lies outside"):
        check(address, ("127.0.0.1", "9.9.9.9"))


@pytest.mark.parametrize(
    "ip",
    "127.0.0.1 127.8.0.1 ::1 10.1.2.3 172.31.0.1 192.168.0.9 169.254.1.1 fe80::1 fd00::7 "
    "::ffff:10.0.0.1 fe80::1%eth0".split(),
)
def test_near_addresses(ip: str) -> None:
    """This machine, private networks and the same link are near."""
    assert near(ip)


def test_addresses_are_taken_apart() -> None:
    """Scheme, host, port, path and name; what is left out is what is usual."""
    address = parse("https://[::1]/v1/#nib%20pen")
    assert (address.host, address.port, address.path) == ("::1", 443, "/v1")
    assert (address.model, address.root) == ("nib pen", "")
    assert str(address) == "https://[::1]:443/v1"
    assert str(parse("http://pier:8080#x")) == "http://pier:8080/v1"
    assert parse("http://pier/llm/v1#x").root == "/llm"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("http://:80#x", "no host is named"),
        ("http://pier:seven#x", "not the address of a server"),
        ("ftp://pier#x", "not the address of a server"),
        ("http://[pier#x", "not the address of a server"),
        ("http://pier/v1?key=7#x", "has no query"),
        ("http://me:swordfish@pier/v1#x", "holds a user or password"),
    ],
)
def test_addresses_that_are_none(text: str, said: str) -> None:
    """They are errors that never show a password."""
    with pytest.raises(ModelError, match=said) as caught:
        parse(text)
    assert "swordfish" not in str(caught.value)


def test_unknown_hosts() -> None:
    """A host that cannot be is an error of its name."""
    with pytest.raises(ModelError, match="there is no host named"):
        look_up(parse(f"http://{'x' * 70}.invalid#x"))
