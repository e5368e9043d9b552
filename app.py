"""The question page: `python app.py`, then open the address that it prints."""

from __future__ import annotations

import os
import sys

from qa.errors import ExpectedError

# Read by Gradio when it is imported, which happens further down: it would report to its makers otherwise.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"


def main() -> int:
    """Open the library, serve the page until Ctrl+C, and return an exit code."""
    try:
        _serve()
    except ExpectedError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        return 130
    return 0


def _serve() -> None:
    from page.server import address_of, listening_socket, page_app, serve  # noqa: PLC0415
    from qa.assistant import Assistant  # noqa: PLC0415
    from qa.settings import Settings  # noqa: PLC0415

    settings = Settings()
    with listening_socket(settings.host, settings.port) as bound, Assistant.open(settings, progress=True) as assistant:
        serve(page_app(assistant), bound, ready=lambda: _announce(address_of(bound)))


def _announce(address: str) -> None:
    print(f"问答网页已就绪：{address}（按 Ctrl+C 停止）", flush=True)


if __name__ == "__main__":
    sys.exit(main())
