"""Stand-in for Dify's API image: starts like it, and fails like it when prompts.py lacks a name."""

import http.server
import json
import os
import signal
import sys
import traceback

VERSION = os.environ["STAND_IN_VERSION"]


def main():
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    sys.path.insert(0, os.getcwd())
    mode = os.environ.get("MODE", "api")
    if mode in ("worker", "beat"):
        import_app_as_celery()
        print(f"celery {mode} ready.")
        while True:
            signal.pause()
    elif os.environ.get("MIGRATION_ENABLED") == "true":
        print("Running migrations")
        import_app_as_flask()
    else:
        import_app_as_gunicorn()
    serve_health()


def import_app_as_flask():
    """`flask upgrade-db` reports an ImportError this way and lets everything else through."""
    try:
        import app
    except ImportError:
        give_up(2, f"Error: While importing 'app', an ImportError was raised:\n\n{traceback.format_exc()}")


def import_app_as_gunicorn():
    try:
        import app
    except Exception:
        give_up(3, f"[ERROR] Exception in worker process\n{traceback.format_exc()}[ERROR] Reason: Worker failed to boot.")


def import_app_as_celery():
    try:
        import app
    except Exception:
        give_up(2, "Error: Invalid value for '-A' / '--app':\nUnable to load celery application.\n"
                   f"While trying to load the module app.celery the following error occurred:\n{traceback.format_exc()}")


def give_up(exit_code, message):
    print(message, file=sys.stderr)
    sys.exit(exit_code)


class Health(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        found = self.path == "/health"
        answer = {"pid": os.getpid(), "status": "ok", "version": VERSION} if found else {"status": "not found"}
        body = json.dumps(answer, separators=(",", ":")).encode()
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Version", VERSION)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Probes would fill the log."""


def serve_health():
    server = http.server.ThreadingHTTPServer(("0.0.0.0", 5001), Health)
    print("Listening at: http://0.0.0.0:5001")
    server.serve_forever()


main()
