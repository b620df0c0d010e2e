"""Runs the cases of a script and prints a line for each: `ok NAME`, or `not ok NAME: REASON`."""
import faulthandler
import inspect
import queue
import sys
import time
import traceback

from jupyter_client.utils import run_sync

PATIENCE = 60  # seconds for one message: machines that test are busy
CASES = {}


def case(function):
    CASES[function.__name__] = function
    return function


def run(before, *arguments):
    """Runs the cases that the command line names, from its third word on; all where it names none."""
    wanted = [name for name in CASES if len(sys.argv) < 4 or name in sys.argv[3:]]
    for name in wanted:
        start = time.monotonic()
        try:
            faulthandler.dump_traceback_later(10 * PATIENCE, exit=True)
            before()
            CASES[name](*arguments)
            print(f"ok {name} ({time.monotonic() - start:.1f} s)", flush=True)
        except Exception as failure:
            line = 0
            for frame in traceback.extract_tb(failure.__traceback__):
                if frame.filename == CASES[name].__code__.co_filename:
                    line = frame.lineno
            reason = f"{type(failure).__name__}: {failure}".replace("\n", " | ")[:2000]
            print(f"not ok {name}: line {line}: {reason}", flush=True)


def equal(actual, expected):
    if actual != expected:
        raise AssertionError(f"{actual!r} is not {expected!r}")


def true(condition, what):
    if not condition:
        raise AssertionError(what)


def receive(channel, timeout=PATIENCE):
    """The next message of a channel, whose methods are coroutines in some versions of jupyter_client."""
    async def get():
        message = channel.get_msg(timeout=timeout)
        return await message if inspect.isawaitable(message) else message
    return run_sync(get)()


def drain(channel):
    """Takes what is left of earlier cases."""
    while True:
        try:
            receive(channel, 0.02)
        except queue.Empty:
            return


def reply_to(channel, message_id):
    """The reply to a request. What comes first is answers to the questions by which clients find out whether a kernel is ready."""
    while True:
        message = receive(channel)
        if message["parent_header"]["msg_id"] == message_id:
            return message
        equal(message["msg_type"], "kernel_info_reply")


def published(client, message_id):
    """What is published for a request between busy and idle, which both must be there."""
    messages = []
    while True:
        message = client.get_iopub_msg(timeout=PATIENCE)
        if message["parent_header"].get("msg_id") != message_id:
            continue
        if message["msg_type"] == "status":
            if message["content"]["execution_state"] == "idle":
                return messages
            equal((message["content"]["execution_state"], messages), ("busy", []))
            continue
        messages.append(message)


def execute(client, code, **options):
    """Runs a cell; its reply, and what it published."""
    message_id = client.execute(code, **options)
    messages = published(client, message_id)  # first: a kernel waits for front ends that do not read
    return reply_to(client.shell_channel, message_id), messages


def text_of(messages, name="stdout"):
    return "".join(m["content"]["text"] for m in messages if m["msg_type"] == "stream" and m["content"]["name"] == name)


def types(messages):
    return [m["msg_type"] for m in messages]
