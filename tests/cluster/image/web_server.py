"""Stand-in for Dify's web image: answers every path on port 3000."""

import http.server
import os
import signal


class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = f"stand-in for dify-web {os.environ['STAND_IN_VERSION']}\n".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Probes would fill the log."""


signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
print("Listening at: http://0.0.0.0:3000")
http.server.ThreadingHTTPServer(("0.0.0.0", 3000), Page).serve_forever()
