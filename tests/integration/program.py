"""A program that runs while a test asks it: started, stopped, killed, and its log read."""
import os
import pathlib
import signal
import subprocess
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = pathlib.Path(os.environ.get("ROOKERY_BINARY", ROOT / "build/release/rookery"))


class Program:
    """Between launch() and stop() or kill(), a process."""

    def __init__(self, log_path):
        self.log_path = pathlib.Path(log_path)
        self.process = None

    def launch(self, arguments, port_file, timeout=30):
        """Returns what the program writes to `port_file` once it is ready."""
        assert self.process is None
        port_file.unlink(missing_ok=True)
        with open(self.log_path, "ab") as log:
            self.process = subprocess.Popen(
                [BINARY, *arguments, "--port-file", port_file],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )
        deadline = time.monotonic() + timeout
        while not port_file.exists():
            if self.process.poll() is not None:
                self.process = None
                raise AssertionError("the program did not start:\n" + self.log()[-3000:])
            assert time.monotonic() < deadline, "the program did not start in time"
            time.sleep(0.005)
        return port_file.read_text()

    def stop(self, timeout=30):
        """SIGTERM; the exit code."""
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(timeout)
        self.process = None
        return code

    def kill(self):
        """SIGKILL: no clean-up of any kind."""
        self.process.kill()
        self.process.wait()
        self.process = None

    def end(self):
        """At the end of a test: whatever runs is ended, and must end cleanly."""
        if self.process is not None:
            assert self.stop() == 0, self.log()[-3000:]
        assert "ERROR: AddressSanitizer" not in self.log()

    def log(self):
        return self.log_path.read_text(errors="replace") if self.log_path.exists() else ""
