"""The question page: `python app.py`, then open the address that it prints."""

from __future__ import annotations

import os
import sys
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

from qa.errors import ExpectedError

if TYPE_CHECKING:
    from qa.assistant import Assistant

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
    # Settings and address first: what is wrong with them is said before anything slow begins.
    from page.server import address_of, listening_socket, page_app, required_users, serve  # noqa: PLC0415
    from qa.settings import Settings  # noqa: PLC0415

    settings = Settings()
    with listening_socket(settings.host, settings.port) as bound:
        users = required_users(settings, bound)
        from qa.assistant import Assistant  # noqa: PLC0415

        with Assistant.open(settings, progress=True) as assistant:
            app = page_app(assistant, users)
            serve(app, bound, ready=lambda: _announce(address_of(bound), assistant))


def _announce(address: str, assistant: Assistant) -> None:
    print(f"问答网页已就绪：{address}（按 Ctrl+C 停止）", flush=True)
    threading.Thread(target=_warm_up, args=(assistant,), daemon=True).start()


def _warm_up(assistant: Assistant) -> None:
    # What stands in the way of answering is said to the first visitor who asks.
    with suppress(ExpectedError):
        assistant.warm_up()


if __name__ == "__main__":
    sys.exit(main())
