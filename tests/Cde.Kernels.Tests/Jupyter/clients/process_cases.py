"""The installed kernel as a process. Arguments: the name of the kernelspec, `csharp`, the cases (all where none is named).

JUPYTER_DATA_DIR names the folder that it is installed in, CDE_CACHE the one that its history goes to."""
import os
import queue
import signal
import subprocess
import sys
import time

import nbformat
from jupyter_client import KernelManager
from jupyter_client.kernelspec import KernelSpecManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from harness import PATIENCE, case, drain, equal, execute, receive, reply_to, run, text_of, true, types

NAME = sys.argv[1]


class Kernel:
    """A started kernel with a client; killed at the end where it is still there."""

    def __enter__(self):
        self.manager = KernelManager(kernel_name=NAME)
        self.manager.start_kernel(stderr=subprocess.DEVNULL)
        self.connect()
        return self

    def connect(self):
        self.client = self.manager.blocking_client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=PATIENCE)
        drain(self.client.iopub_channel)

    def run(self, code, **options):
        reply, messages = execute(self.client, code, **options)
        return reply["content"], messages

    def begin(self, code):
        """Starts a cell and returns when it has said something."""
        message_id = self.client.execute(code)
        while self.client.get_iopub_msg(timeout=PATIENCE)["msg_type"] != "stream":
            pass
        return message_id

    def wait_for_end(self):
        end = time.monotonic() + PATIENCE
        while self.manager.is_alive():
            true(time.monotonic() < end, "the process is still there")
            time.sleep(0.05)

    @property
    def pid(self):
        return self.manager.provisioner.pid

    def __exit__(self, *failure):
        self.client.stop_channels()
        if self.manager.is_alive():
            self.manager.shutdown_kernel(now=True)
        self.manager.cleanup_resources()


@case
def kernelspec_is_found():
    spec = KernelSpecManager().get_kernel_spec(NAME)
    equal((spec.display_name, spec.language, spec.interrupt_mode, spec.argv[-3:]), ("C# (Cde)", "C#", "message", ["kernel", "run", "{connection_file}"]))
    equal(sorted(name for name in os.listdir(spec.resource_dir) if name.startswith("logo-")), ["logo-32x32.png", "logo-64x64.png", "logo-svg.svg"])


@case
def shutdown_ends_the_process_by_itself():
    with Kernel() as kernel:
        kernel.begin('Console.WriteLine("x"); while (true) { }')
        process = kernel.manager.provisioner.process
        message = kernel.client.session.msg("shutdown_request", {"restart": False})
        kernel.client.control_channel.send(message)
        equal(reply_to(kernel.client.control_channel, message["header"]["msg_id"])["content"], {"status": "ok", "restart": False})
        equal(process.wait(PATIENCE), 0)


@case
def shutdown_does_not_wait_for_threads_of_cells():
    with Kernel() as kernel:
        kernel.run("new System.Threading.Thread(() => System.Threading.Thread.Sleep(600_000)) { IsBackground = false }.Start();")
        process = kernel.manager.provisioner.process
        kernel.client.shutdown()
        process.wait(PATIENCE)


@case
def restart_begins_anew():
    with Kernel() as kernel:
        equal(kernel.run("var kept = 1;")[0]["status"], "ok")
        first = kernel.pid
        kernel.client.stop_channels()
        kernel.manager.restart_kernel()
        true(kernel.pid != first, "another process")
        kernel.connect()
        content, _ = kernel.run("kept")
        equal((content["status"], content["execution_count"]), ("error", 1))
        equal(kernel.run("1 + 1")[0]["status"], "ok")


@case
def interrupt_through_the_manager():
    with Kernel() as kernel:
        kernel.run("var kept = 41;")
        for code in ('Console.WriteLine("x"); while (true) { }', 'Console.WriteLine("x"); System.Threading.Thread.Sleep(600_000);',
                     'Console.WriteLine("x"); await System.Threading.Tasks.Task.Delay(600_000);',
                     'Console.WriteLine("x"); await System.Threading.Tasks.Task.Yield(); while (true) { }'):
            message_id = kernel.begin(code)
            kernel.manager.interrupt_kernel()
            content = reply_to(kernel.client.shell_channel, message_id)["content"]
            equal((content["status"], content["ename"]), ("error", "Interrupted"))
        equal(kernel.run("kept + 1")[1][-1]["content"]["data"]["text/plain"], "42")


@case
def sigint_interrupts_and_does_not_kill():
    with Kernel() as kernel:
        for _ in range(3):
            message_id = kernel.begin('Console.WriteLine("x"); while (true) { }')
            os.kill(kernel.pid, signal.SIGINT)
            equal(reply_to(kernel.client.shell_channel, message_id)["content"]["ename"], "Interrupted")
        os.kill(kernel.pid, signal.SIGINT)
        kernel.run("0")  # on a busy machine the signal may reach it as late as here
        equal(kernel.run("1 + 1")[0]["status"], "ok")


@case
def sigterm_ends_the_process():
    with Kernel() as kernel:
        process = kernel.manager.provisioner.process
        os.kill(kernel.pid, signal.SIGTERM)
        equal(process.wait(PATIENCE), 0)


@case
def a_kill_in_mid_cell_leaves_the_history_intact():
    with Kernel() as kernel:
        kernel.run("// before the kill")
        kernel.begin('Console.WriteLine("x"); while (true) { } // killed')
        os.kill(kernel.pid, signal.SIGKILL)
        kernel.wait_for_end()
    with Kernel() as kernel:
        content = reply_to(kernel.client.shell_channel, kernel.client.history(raw=True, output=False, hist_access_type="tail", n=2))["content"]
        equal([text for _, _, text in content["history"]], ["// before the kill", 'Console.WriteLine("x"); while (true) { } // killed'])


@case
def a_cell_that_exits_the_process_is_told_of():
    with Kernel() as kernel:
        content, messages = kernel.run("Environment.Exit(3);")
        true(content["status"] == "error" and "exit code 3" in content["evalue"], content)
        true("exit code 3" in text_of(messages, "stderr") and types(messages)[-1] == "error", types(messages))
        kernel.wait_for_end()


@case
def a_cell_that_overflows_the_stack_does_not_hang_the_front_end():
    with Kernel() as kernel:
        code = "static int Deep(int n) => Deep(n + 1) + 1;\nDeep(0)"
        message_id = kernel.client.execute(code)
        reply = None
        while reply is None and kernel.manager.is_alive():  # the process dies, or its cell fails: either is heard of
            try:
                reply = receive(kernel.client.shell_channel, 0.2)
            except queue.Empty:
                pass
            if reply and reply["parent_header"]["msg_id"] != message_id:
                reply = None
        true(reply is None or reply["content"]["status"] == "error", reply)


@case
def an_exception_on_a_thread_of_a_cell_leaves_the_kernel_alive():
    with Kernel() as kernel:
        code = 'var kept = 1; new System.Threading.Thread(() => throw new InvalidOperationException("lost")).Start(); System.Threading.Thread.Sleep(1000);'
        content, messages = kernel.run(code)
        equal(content["status"], "ok")
        true("lost" in text_of(messages, "stderr"), "the exception")
        equal(kernel.run("kept")[1][-1]["content"]["data"]["text/plain"], "1")


@case
def the_kernel_ends_with_its_front_end():
    program = ("import sys\nfrom jupyter_client import KernelManager\nm = KernelManager(kernel_name=sys.argv[1])\nm.start_kernel()\n"
               "c = m.blocking_client(); c.start_channels(); c.wait_for_ready(60)\nprint(m.provisioner.pid, flush=True)\nsys.stdin.read()\n")
    front = subprocess.Popen([sys.executable, "-c", program, NAME], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    pid = int(front.stdout.readline())
    front.kill()
    front.wait()
    end = time.monotonic() + PATIENCE
    while os.path.exists(f"/proc/{pid}") and "(zombie)" not in open(f"/proc/{pid}/status").read():
        true(time.monotonic() < end, "the kernel outlives its front end")
        time.sleep(0.1)


@case
def nbclient_runs_a_notebook():
    notebook = nbformat.v4.new_notebook(cells=[
        nbformat.v4.new_markdown_cell("# Title"),
        nbformat.v4.new_code_cell("var a = 20;\nConsole.WriteLine(a);"),
        nbformat.v4.new_code_cell("a + 1"),
        nbformat.v4.new_code_cell('throw new InvalidOperationException("expected");', metadata={"tags": ["raises-exception"]}),
        nbformat.v4.new_code_cell("await System.Threading.Tasks.Task.Delay(10);\na * 2"),
    ])
    NotebookClient(notebook, kernel_name=NAME, timeout=PATIENCE).execute()
    nbformat.validate(notebook)
    outputs = [cell.outputs for cell in notebook.cells if cell.cell_type == "code"]
    equal([output.output_type for cell in outputs for output in cell], ["stream", "execute_result", "error", "execute_result"])
    equal((outputs[0][0].text, outputs[1][0].data["text/plain"], outputs[2][0].evalue, outputs[3][0].data["text/plain"]), ("20\n", "21", "expected", "40"))
    equal(notebook.metadata.language_info["name"], "C#")
    failing = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("nonsense")])
    try:
        NotebookClient(failing, kernel_name=NAME, timeout=PATIENCE).execute()
    except CellExecutionError:
        return
    raise AssertionError("an error did not stop the run")


@case
def a_million_lines_leave_the_kernel_alive():
    with Kernel() as kernel:
        content, messages = kernel.run("for (var i = 0; i < 1_000_000; i++) Console.WriteLine(i);")
        equal((content["status"], text_of(messages)), ("ok", "".join(f"{i}\n" for i in range(1_000_000))))
        true(len(messages) < 2000, f"{len(messages)} messages")
        equal(kernel.run("1 + 1")[0]["status"], "ok")


if __name__ == "__main__":
    run(lambda: None)
