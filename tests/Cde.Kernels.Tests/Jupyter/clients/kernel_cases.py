"""A kernel as jupyter_client sees it. Arguments: a connection file, a set of snippets, the cases (all where none is named)."""
import re
import socket
import sys

import zmq
from jupyter_client import BlockingKernelClient
from jupyter_client.session import Session

from harness import case, drain, equal, execute, published, reply_to, run, text_of, true, types, PATIENCE
from snippets import SETS

MIME = re.compile(r"^[\w\-\+\.]+/[\w\-\+\.]+$")


def connect():
    client = BlockingKernelClient(connection_file=sys.argv[1])
    client.load_connection_file()
    client.start_channels()
    client.wait_for_ready(timeout=PATIENCE)
    drain(client.iopub_channel)
    return client


# --- the cases of the kernel conformance tests -------------------------------------------------------------------------------


@case
def kernel_info(client, code):
    for channel in (client.shell_channel, client.control_channel):
        message = client.session.msg("kernel_info_request", {})
        channel.send(message)
        reply = reply_to(channel, message["header"]["msg_id"])
        equal(types(published(client, message["header"]["msg_id"])), [])
        content = reply["content"]
        equal((reply["msg_type"], content["status"]), ("kernel_info_reply", "ok"))
        true(re.match(r"^5\.[34]$", content["protocol_version"]), "protocol 5.3 or 5.4")
        equal((content["language_info"]["name"], content["language_info"]["file_extension"]), ("C#", ".cs"))
        for field in ("implementation", "implementation_version", "banner"):
            true(content[field], field)
        true(content["language_info"]["mimetype"], "mimetype")


@case
def stdout(client, code):
    reply, messages = execute(client, code["hello"])
    equal((reply["content"]["status"], types(messages)), ("ok", ["execute_input", "stream"]))
    equal((messages[0]["content"]["code"], text_of(messages)), (code["hello"], "hello\n"))
    equal(messages[0]["content"]["execution_count"], reply["content"]["execution_count"])


@case
def stderr(client, code):
    _, messages = execute(client, code["stderr"])
    equal((types(messages), text_of(messages, "stderr")), (["execute_input", "stream"], "oops\n"))


@case
def streams_in_order(client, code):
    _, messages = execute(client, code["both"])
    equal([(m["content"]["name"], m["content"]["text"]) for m in messages[1:]], [("stdout", "1\n"), ("stderr", "2\n"), ("stdout", "3\n"), ("stderr", "4\n")])


@case
def completion(client, code):
    text, cursor, expected = code["complete"]
    reply = reply_to(client.shell_channel, client.complete(text, cursor))
    equal((reply["msg_type"], reply["content"]["status"], set(reply["content"]["matches"])), ("complete_reply", "ok", expected))
    true(reply["content"]["cursor_end"] == cursor and isinstance(reply["content"]["metadata"], dict), "cursor and metadata")


@case
def is_complete(client, code):
    for status, text in code["is_complete"].items():
        content = reply_to(client.shell_channel, client.is_complete(text))["content"]
        equal(content["status"], status)
        equal("indent" in content, status == "incomplete")


@case
def error(client, code):
    text, name = code["error"]
    reply, messages = execute(client, text)
    equal((reply["content"]["status"], types(messages)), ("error", ["execute_input", "error"]))
    for content in (reply["content"], messages[1]["content"]):
        equal((content["ename"].split(".")[-1], content["evalue"], isinstance(content["traceback"], list)), (name, "it happened", True))
    true(reply["content"]["execution_count"] > 0, "a failed cell has its number")


@case
def compile_error(client, code):
    reply, messages = execute(client, code["compile_error"])
    equal((reply["content"]["status"], types(messages)), ("error", ["execute_input", "error"]))


@case
def execute_result(client, code):
    text, value = code["value"]
    reply, messages = execute(client, text)
    equal(types(messages), ["execute_input", "execute_result"])
    content = messages[1]["content"]
    equal((content["data"]["text/plain"], content["execution_count"]), (value, reply["content"]["execution_count"]))
    true(all(MIME.match(key) for key in content["data"]), "mime types")


@case
def display_data(client, code):
    _, messages = execute(client, code["display"])
    equal(types(messages), ["execute_input", "display_data"])
    true("shown" in messages[1]["content"]["data"]["text/plain"], "its text")
    true(all(MIME.match(key) for key in messages[1]["content"]["data"]), "mime types")


@case
def clear_output(client, code):
    _, messages = execute(client, code["clear"])
    equal((types(messages), messages[2]["content"]["wait"]), (["execute_input", "stream", "clear_output"], True))


@case
def history(client, code):
    first, second, third = code["history"]
    numbers = [execute(client, text)[0]["content"]["execution_count"] for text in (first, second, third)]

    def ask(**options):
        return reply_to(client.shell_channel, client.history(raw=True, **options))["content"]["history"]

    tail = ask(hist_access_type="tail", n=3, output=False)
    equal([(line, text) for _, line, text in tail], list(zip(numbers, code["history"])))
    session = tail[0][0]
    both = ask(hist_access_type="range", session=0, start=numbers[1], stop=numbers[1] + 1, output=True)
    equal([(line, text[0]) for _, line, text in both], [(numbers[1], second)])
    true(both[0][2][1], "the result")
    equal(ask(hist_access_type="range", session=session, start=numbers[0], stop=numbers[2] + 1, output=False), tail)
    execute(client, first)
    found = ask(hist_access_type="search", pattern="*one", n=2, output=False)
    equal([text for _, _, text in found], [third, first])
    unique = ask(hist_access_type="search", pattern="*one", unique=True, output=False)
    equal(sorted(text for _, _, text in unique), sorted((first, third)))


@case
def inspect(client, code):
    text, cursor = code["inspect"]
    content = reply_to(client.shell_channel, client.inspect(text, cursor))["content"]
    true(content["status"] == "ok" and content["found"] and content["data"]["text/plain"], content)
    content = reply_to(client.shell_channel, client.inspect("zzzz", 4))["content"]
    equal((content["status"], content["found"], content["data"]), ("ok", False, {}))


# --- what those tests leave out ----------------------------------------------------------------------------------------------


@case
def silent_and_store_history(client, code):
    text, _ = code["value"]
    before = execute(client, text)[0]["content"]["execution_count"]
    reply, messages = execute(client, text, silent=True)
    equal((reply["content"]["status"], types(messages)), ("ok", []))
    reply, messages = execute(client, text, store_history=False)
    equal((reply["content"]["execution_count"], types(messages)), (before, ["execute_input", "execute_result"]))
    equal(execute(client, text)[0]["content"]["execution_count"], before + 1)


@case
def stop_on_error(client, code):
    sent = [client.execute(text) for text in (code["error"][0], code["hello"], code["hello"])]
    statuses = [reply_to(client.shell_channel, message_id)["content"]["status"] for message_id in sent]
    equal(statuses, ["error", "aborted", "aborted"])
    equal(types(published(client, sent[2])), [])
    equal(execute(client, code["hello"])[0]["content"]["status"], "ok")
    sent = [client.execute(code["error"][0], stop_on_error=False), client.execute(code["hello"])]
    equal([reply_to(client.shell_channel, message_id)["content"]["status"] for message_id in sent], ["error", "ok"])
    published(client, sent[1])


@case
def user_expressions(client, code):
    execute(client, code["set"][0])
    good, bad = code["expression"]
    reply, messages = execute(client, code["nothing"], user_expressions={"good": good, "bad": bad})
    expressions = reply["content"]["user_expressions"]
    equal((expressions["good"]["status"], expressions["good"]["data"]["text/plain"]), ("ok", "6"))
    equal((expressions["bad"]["status"], types(messages)), ("error", ["execute_input"]))
    true(expressions["bad"]["ename"] and expressions["bad"]["evalue"], "what is wrong")


@case
def stdin(client, code):
    message_id = client.execute(code["input"], allow_stdin=True)
    request = client.get_stdin_msg(timeout=PATIENCE)
    equal((request["msg_type"], request["content"], request["parent_header"]["msg_id"]), ("input_request", {"prompt": "name: ", "password": False}, message_id))
    client.input("Grace é😀")
    messages = published(client, message_id)
    equal((reply_to(client.shell_channel, message_id)["content"]["status"], text_of(messages)), ("ok", "ask\nGrace é😀"))
    message_id = client.execute(code["password"], allow_stdin=True)
    equal(client.get_stdin_msg(timeout=PATIENCE)["content"]["password"], True)
    client.input("secret")
    equal(text_of(published(client, message_id)), "secret")
    reply_to(client.shell_channel, message_id)
    reply, _ = execute(client, code["input"], allow_stdin=False)
    equal(reply["content"]["status"], "error")


@case
def update_display(client, code):
    _, shown = execute(client, code["update"][0])
    _, updated = execute(client, code["update"][1])
    first, second = shown[-1], updated[-1]
    equal((first["msg_type"], second["msg_type"]), ("display_data", "update_display_data"))
    equal(second["content"]["transient"]["display_id"], first["content"]["transient"]["display_id"])


def interrupt(client, text):
    message_id = client.execute(text)
    while client.get_iopub_msg(timeout=PATIENCE)["msg_type"] != "stream":
        pass
    message = client.session.msg("interrupt_request", {})
    client.control_channel.send(message)
    equal(reply_to(client.control_channel, message["header"]["msg_id"])["content"], {"status": "ok"})
    content = reply_to(client.shell_channel, message_id)["content"]
    true(content["status"] == "error" and content["ename"], content)


@case
def interrupts(client, code):
    execute(client, code["set"][0])
    interrupt(client, code["loop"])
    interrupt(client, code["sleep"])
    message_id = client.execute(code["input"], allow_stdin=True)
    client.get_stdin_msg(timeout=PATIENCE)
    message = client.session.msg("interrupt_request", {})
    client.control_channel.send(message)
    reply_to(client.control_channel, message["header"]["msg_id"])
    equal(reply_to(client.shell_channel, message_id)["content"]["status"], "error")
    _, messages = execute(client, code["set"][1])
    equal(messages[-1]["content"]["data"]["text/plain"], "6")


@case
def comms(client, code):
    message = client.session.msg("comm_open", {"comm_id": "c1", "target_name": "nobody-knows-it", "data": {}})
    client.shell_channel.send(message)
    messages = published(client, message["header"]["msg_id"])
    equal((types(messages), messages[0]["content"]["comm_id"]), (["comm_close"], "c1"))
    content = reply_to(client.shell_channel, client.comm_info())["content"]
    equal((content["status"], content["comms"]), ("ok", {}))


@case
def unknown_request(client, code):
    message = client.session.msg("nonsense_request", {})
    client.shell_channel.send(message)
    reply = reply_to(client.shell_channel, message["header"]["msg_id"])
    equal((reply["msg_type"], reply["content"]["status"]), ("nonsense_reply", "error"))


@case
def heartbeat(client, code):
    beat = zmq.Context.instance().socket(zmq.REQ)
    beat.connect(f"tcp://{client.ip}:{client.hb_port}")
    for i in range(5):
        beat.send(b"ping %d" % i)
        true(beat.poll(PATIENCE * 1000), "no beat")
        equal(beat.recv(), b"ping %d" % i)
    beat.close(0)


@case
def bad_signature(client, code):
    other = Session(key=b"another key", username="mallory")
    stream = zmq.Context.instance().socket(zmq.DEALER)
    stream.connect(f"tcp://{client.ip}:{client.shell_port}")
    other.send(stream, "execute_request", {"code": code["hello"], "silent": False})
    stream.send_multipart([b"<IDS|MSG>", b"", b"{}", b"{}", b"{}", b"{}"])
    true(not stream.poll(500), "a message with a wrong signature got a reply")
    reply, messages = execute(client, code["value"][0])
    equal((reply["content"]["status"], types(messages)), ("ok", ["execute_input", "execute_result"]))
    stream.close(0)


@case
def replay(client, code):
    session = Session(key=client.session.key)
    stream = zmq.Context.instance().socket(zmq.DEALER)
    stream.connect(f"tcp://{client.ip}:{client.shell_port}")
    frames = session.serialize(session.msg("kernel_info_request", {}))
    for _ in range(2):
        stream.send_multipart(frames)
        true(stream.poll(PATIENCE * 1000), "no reply")
        equal(session.deserialize(session.feed_identities(stream.recv_multipart())[1])["msg_type"], "kernel_info_reply")
        session.digest_history.clear()
    stream.close(0)


@case
def garbage_and_probes_on_every_port(client, code):
    garbage = [b"GET / HTTP/1.0\r\n\r\n", b"\x00" * 1000, b"\xff" + b"\x00" * 8 + b"\x7f" + b"\x03" * 60, b"\xff" * 5000, bytes(range(256)) * 50,
               b"\xff" + b"\x00" * 8 + b"\x7f\x03\x01NULL" + b"\x00" * 48 + b"\x02\xff\xff\xff\xff\xff\xff\xff\xff"]
    for port in (client.shell_port, client.control_port, client.stdin_port, client.iopub_port, client.hb_port):
        for _ in range(10):
            socket.create_connection((client.ip, port)).close()
        for octets in garbage:
            with socket.create_connection((client.ip, port)) as stream:
                try:
                    stream.sendall(octets)
                    stream.shutdown(socket.SHUT_WR)
                    stream.settimeout(PATIENCE)
                    while stream.recv(4096):
                        pass
                except ConnectionError:
                    pass  # it hung up in the middle, as it may
    reply, messages = execute(client, code["hello"])
    equal((reply["content"]["status"], text_of(messages)), ("ok", "hello\n"))


@case
def two_clients(client, code):
    other = connect()
    ids = [(mine, mine.execute(text)) for _ in range(20) for mine, text in ((client, code["hello"]), (other, code["value"][0]))]
    for mine, message_id in ids:
        equal(reply_to(mine.shell_channel, message_id)["content"]["status"], "ok")
    for mine in (client, other):
        waiting = {message_id for _, message_id in ids}  # each sees the cells of both
        while waiting:
            message = mine.get_iopub_msg(timeout=PATIENCE)
            if message["content"].get("execution_state") == "idle":
                waiting.discard(message["parent_header"]["msg_id"])
    other.stop_channels()


@case
def same_identity_twice(client, code):
    streams = []
    session = Session(key=client.session.key)
    for _ in range(2):
        stream = zmq.Context.instance().socket(zmq.DEALER)
        stream.identity = b"twin"
        stream.connect(f"tcp://{client.ip}:{client.shell_port}")
        streams.append(stream)
    sent = [session.send(stream, "kernel_info_request", {}) for stream in streams]
    for stream, message in zip(streams, sent):
        true(stream.poll(PATIENCE * 1000), "no reply")
        reply = session.deserialize(session.feed_identities(stream.recv_multipart())[1])
        equal(reply["parent_header"]["msg_id"], message["header"]["msg_id"])
        stream.close(0)


@case
def thousand_executes(client, code):
    text, value = code["value"]
    first = None
    for i in range(1000):
        reply, messages = execute(client, text)
        first = first or reply["content"]["execution_count"]
        equal((reply["content"]["status"], reply["content"]["execution_count"], messages[-1]["content"]["data"]["text/plain"]), ("ok", first + i, value))


@case
def fifty_megabytes(client, code):
    reply, messages = execute(client, code["big"])
    equal((reply["content"]["status"], len(text_of(messages))), ("ok", 50_000_000))
    equal(set(text_of(messages)), {"x", "\n"})
    reply, messages = execute(client, code["hello"])
    equal(text_of(messages), "hello\n")


# --- newer than jupyter_client 7: raw frames ---------------------------------------------------------------------------------


class Raw:
    """A client that knows nothing but frames."""

    def __init__(self, client):
        self.session = Session(key=client.session.key)
        self.url = f"tcp://{client.ip}:"
        self.context = zmq.Context.instance()
        self.shell, self.control = self.socket(zmq.DEALER, client.shell_port), self.socket(zmq.DEALER, client.control_port)

    def socket(self, kind, port):
        stream = self.context.socket(kind)
        stream.linger = 0
        stream.connect(f"{self.url}{port}")
        return stream

    def send(self, stream, kind, content, subshell=None):
        message = self.session.msg(kind, content)
        if subshell:
            message["header"]["subshell_id"] = subshell
        stream.send_multipart(self.session.serialize(message))
        return message["header"]["msg_id"]

    def receive(self, stream):
        true(stream.poll(PATIENCE * 1000), "no message")
        return self.session.deserialize(self.session.feed_identities(stream.recv_multipart())[1])

    def ask(self, stream, kind, content, subshell=None):
        message_id = self.send(stream, kind, content, subshell)
        reply = self.receive(stream)
        equal(reply["parent_header"]["msg_id"], message_id)
        return reply["content"]


@case
def iopub_welcome(client, code):
    raw = Raw(client)
    for topic in (b"", b"stream"):
        stream = raw.socket(zmq.SUB, client.iopub_port)
        stream.subscribe(topic)
        true(stream.poll(PATIENCE * 1000), "no welcome")
        frames = stream.recv_multipart()
        message = raw.session.deserialize(raw.session.feed_identities(frames)[1])
        equal((frames[0], message["msg_type"], message["content"], message["parent_header"]), (topic, "iopub_welcome", {"subscription": topic.decode()}, {}))
        stream.close(0)


@case
def subscriptions_by_message(client, code):
    """ZMTP 3.0 peers subscribe by messages: frames by hand, since libzmq speaks 3.1."""
    with socket.create_connection((client.ip, client.iopub_port)) as stream:
        stream.settimeout(PATIENCE)
        stream.sendall(b"\xff" + b"\x00" * 8 + b"\x7f\x03\x00NULL" + b"\x00" * 48)
        stream.sendall(b"\x04\x19\x05READY\x0bSocket-Type\x00\x00\x00\x03SUB")
        stream.sendall(b"\x00\x07\x01status")
        received = b""
        while b'"iopub_welcome"' not in received:
            chunk = stream.recv(65536)
            true(chunk, "the kernel hung up")
            received += chunk
        client.execute(code["nothing"])
        client.get_shell_msg(timeout=PATIENCE)
        while b'"execution_state"' not in received:
            received += stream.recv(65536)
        true(b'"execute_input"' not in received, "what was not subscribed to arrived")
    drain(client.iopub_channel)


@case
def subshells(client, code):
    raw = Raw(client)
    true("kernel subshells" in raw.ask(raw.control, "kernel_info_request", {})["supported_features"], "announced")
    created = raw.ask(raw.control, "create_subshell_request", {})
    subshell = created["subshell_id"]
    equal((created["status"], raw.ask(raw.control, "list_subshell_request", {})["subshell_id"]), ("ok", [subshell]))
    execute(client, code["set"][0])
    running = client.execute(code["loop"])
    while client.get_iopub_msg(timeout=PATIENCE)["msg_type"] != "stream":
        pass
    watching = raw.ask(raw.shell, "execute_request", {"code": code["set"][1]}, subshell)
    equal((watching["status"], watching["execution_count"]), ("ok", 1))
    value = next(m for m in iter(lambda: client.get_iopub_msg(timeout=PATIENCE), None) if m["msg_type"] == "execute_result")
    equal((value["content"]["data"]["text/plain"], value["parent_header"]["subshell_id"]), ("6", subshell))
    equal(raw.ask(raw.control, "interrupt_request", {})["status"], "ok")
    equal(reply_to(client.shell_channel, running)["content"]["status"], "error")
    equal(raw.ask(raw.control, "delete_subshell_request", {"subshell_id": subshell})["status"], "ok")
    equal(raw.ask(raw.shell, "execute_request", {"code": code["hello"]}, subshell)["status"], "error")
    equal(raw.ask(raw.control, "list_subshell_request", {})["subshell_id"], [])
    drain(client.iopub_channel)


if __name__ == "__main__":
    front_end = connect()
    run(lambda: [drain(channel) for channel in (front_end.shell_channel, front_end.control_channel, front_end.stdin_channel, front_end.iopub_channel)],
        front_end, SETS[sys.argv[2]])
    front_end.stop_channels()
