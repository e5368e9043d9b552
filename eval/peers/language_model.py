"""The model of this project's settings as a LlamaIndex language model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from llama_index.core.base.llms.types import (
    ChatMessage,
    ChatResponse,
    ChatResponseGen,
    CompletionResponse,
    CompletionResponseGen,
    LLMMetadata,
    MessageRole,
)
from llama_index.core.bridge.pydantic import PrivateAttr
from llama_index.core.llms import CustomLLM
from llama_index.core.llms.callbacks import llm_chat_callback, llm_completion_callback

from qa.models.choice import ChatModel, Message

# LlamaIndex's own defaults are 3,900 tokens and 256 for the answer, which cuts lists short; the local model's
# window is 4,096 tokens. Chinese text has fewer tokens for it than LlamaIndex counts, so prompts fit.
CONTEXT_TOKENS = 3_900
ANSWER_TOKENS = 512


class EndpointLLM(CustomLLM):
    """Speaks to a `qa.models.choice.ChatModel`, as a chat model: LlamaIndex then uses its prompts for those.

    Raises ModelUnavailable, as the model does. Temperature is the client's (0), so that runs can be repeated.
    """

    _model: ChatModel = PrivateAttr()

    def __init__(self, model: ChatModel) -> None:
        super().__init__()
        self._model = model

    @classmethod
    def class_name(cls) -> str:
        """Name under which LlamaIndex serialises this model."""
        return "EndpointLLM"

    @property
    def metadata(self) -> LLMMetadata:
        """What LlamaIndex packs its prompts by."""
        return LLMMetadata(
            context_window=CONTEXT_TOKENS,
            num_output=ANSWER_TOKENS,
            is_chat_model=True,
            model_name=self._model.name,
        )

    @llm_chat_callback()
    def chat(self, messages: Sequence[ChatMessage], **_: Any) -> ChatResponse:
        """The whole answer to a conversation."""
        text = "".join(self._pieces(messages))
        return ChatResponse(message=ChatMessage(role=MessageRole.ASSISTANT, content=text))

    @llm_chat_callback()
    def stream_chat(self, messages: Sequence[ChatMessage], **_: Any) -> ChatResponseGen:
        """The answer to a conversation in growing pieces."""

        def growing() -> ChatResponseGen:
            text = ""
            for piece in self._pieces(messages):
                text += piece
                message = ChatMessage(role=MessageRole.ASSISTANT, content=text)
                yield ChatResponse(message=message, delta=piece)

        return growing()

    @llm_completion_callback()
    def complete(self, prompt: str, formatted: bool = False, **_: Any) -> CompletionResponse:  # noqa: ARG002 - theirs
        """The whole answer to one prompt."""
        return CompletionResponse(text="".join(self._pieces([ChatMessage(content=prompt)])))

    @llm_completion_callback()
    def stream_complete(self, prompt: str, formatted: bool = False, **_: Any) -> CompletionResponseGen:  # noqa: ARG002 - theirs
        """The answer to one prompt in growing pieces."""

        def growing() -> CompletionResponseGen:
            text = ""
            for piece in self._pieces([ChatMessage(content=prompt)]):
                text += piece
                yield CompletionResponse(text=text, delta=piece)

        return growing()

    def _pieces(self, messages: Sequence[ChatMessage]) -> Any:
        plain: list[Message] = [
            {"role": message.role.value, "content": message.content or ""} for message in messages
        ]
        return self._model.stream(plain, max_tokens=ANSWER_TOKENS)
