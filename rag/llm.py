"""A language model through LlamaIndex's integrations: asked, streamed, given up on in time."""

import re
from collections.abc import AsyncGenerator, Callable, Iterator, Mapping, Sequence
from concurrent.futures import wait
from typing import TYPE_CHECKING, Any

from index.errors import LlmError

if TYPE_CHECKING:
    from anyio.from_thread import BlockingPortal
    from llama_index.core.llms import LLM, ChatMessage
    from tenacity import RetryCallState

ANSWER_TOKENS = 700
"""Most tokens of one reply; the rest of the context is for the prompt."""
LONGEST_REPLY = 20_000
"""Characters after which a reply is no longer read, whatever the server was told."""
ATTEMPTS = 3
FIRST_PAUSE_S = 0.5
LONGEST_PAUSE_S = 8.0
"""The pauses before another attempt, each up to half a second longer, where the server asks for none of its own."""
LOOK_S = 0.25
"""Seconds between two looks at whether a reply that does not arrive is still wanted."""
_TRANSIENT = frozenset({408, 409, 425, 429, 500, 502, 503, 504})
_NOT_OFFERED = frozenset({400, 404, 415, 422, 501})

Json = Mapping[str, Any]
Wanted = Callable[[], bool]
"""Whether a reply is still waited for; asked from the thread that reads it."""


def always() -> bool:
    """Whether a reply is wanted that nobody can stop."""
    return True


class Llm:
    """A language model; safe to share between threads, as each call has a client and an event loop of its own.

    Attributes:
        name: What people call it: the setting without the address.
        context: o200k_base tokens of prompt and reply together.
    """

    def __init__(
        self,
        name: str,
        make: Callable[[], "LLM"],
        seconds: float,
        context: int,
        schema_options: Callable[[Json], Mapping[str, Any]] | None = None,
    ) -> None:
        """Join a model's integration and its limits.

        Args:
            name: What people call it.
            make: Makes LlamaIndex's object for it, anew for each call.
            seconds: Longest time for one call, retries included.
            context: o200k_base tokens of prompt and reply together.
            schema_options: How the server is told to reply in JSON of a schema; None where it cannot.
        """
        self.name = name
        self.context = context
        self._make = make
        self._seconds = seconds
        self._schema_options = schema_options

    def stream(
        self, messages: Sequence["ChatMessage"], schema: Json | None = None, wanted: Wanted = always
    ) -> Iterator[str]:
        """The reply, piece by piece as it arrives; closing the iterator ends the request at once.

        What fails before the first piece is tried again with growing pauses, or after the pause the server asks for,
        as long as the time holds it.

        Args:
            messages: The prompt.
            schema: JSON schema of the reply, for servers that can hold to one; others reply as the prompt says.
            wanted: Ends the request, also of a server that says nothing, once it is false.

        Raises:
            LlmError: The server cannot be reached, refuses, breaks off, takes longer than it may, or the reply is no
                longer wanted.
        """
        from anyio.from_thread import start_blocking_portal

        # An event loop in a thread of its own: it also works where the caller has one running, as in a notebook,
        # and a request can be given up on while the server says nothing.
        with start_blocking_portal() as portal:
            pieces = self._pieces(messages, schema)
            read = 0
            try:
                while read < LONGEST_REPLY and (piece := self._next(portal, pieces, wanted)) is not None:
                    read += len(piece)
                    yield piece
                portal.call(pieces.aclose)
            except GeneratorExit:
                portal.call(pieces.aclose)
                raise
            except LlmError:
                raise
            except TimeoutError:
                raise LlmError(f"{self.name} did not finish within {self._seconds:g} seconds.") from None
            except Exception as error:
                # Each integration and each server raises types of its own.
                reason = " ".join(str(error).split())[:200] or type(error).__name__
                raise LlmError(f"{self.name} failed: {reason}") from error

    def reply(self, messages: Sequence["ChatMessage"], wanted: Wanted = always) -> str:
        """The whole reply as one text; raises LlmError as ``stream`` does."""
        return "".join(self.stream(messages, wanted=wanted))

    def _next(self, portal: "BlockingPortal", pieces: AsyncGenerator[str, None], wanted: Wanted) -> str | None:
        """The next piece, None behind the last; raises LlmError, which ends the portal's tasks, when it is unwanted."""

        async def piece() -> str | None:
            return await anext(pieces, None)

        coming = portal.start_task_soon(piece)
        while wanted():
            if wait([coming], LOOK_S).done:
                return coming.result()
        raise LlmError(f"{self.name} was stopped.")

    async def _pieces(self, messages: Sequence["ChatMessage"], schema: Json | None) -> AsyncGenerator[str, None]:
        import anyio

        deadline = anyio.current_time() + self._seconds
        llm = self._make()
        replies: Any = None
        try:
            with anyio.fail_after(deadline - anyio.current_time()):
                replies, reply = await self._opened(llm, messages, schema, deadline)
            while reply is not None:
                if reply.delta:
                    yield reply.delta  # outside the timer, which may not outlive a task: each piece has its own
                with anyio.fail_after(deadline - anyio.current_time()):
                    reply = await anext(replies, None)
        finally:
            with anyio.CancelScope(shield=True):  # else what ends the reply would end its closing, too
                if replies is not None:
                    await replies.aclose()
                await _close(llm)

    async def _opened(
        self, llm: "LLM", messages: Sequence["ChatMessage"], schema: Json | None, deadline: float
    ) -> tuple[Any, Any]:
        """The stream of replies and the first of them, which is where a server refuses."""
        import anyio
        from tenacity import AsyncRetrying, retry_if_exception

        def enough(state: "RetryCallState") -> bool:
            # A pause that the time does not hold is not begun: the server's refusal says more than a time limit.
            late = anyio.current_time() + state.upcoming_sleep >= deadline
            return late or state.attempt_number >= ATTEMPTS

        attempts = AsyncRetrying(stop=enough, wait=_pause, retry=retry_if_exception(_is_transient), reraise=True)

        async def start(options: Mapping[str, Any]) -> tuple[Any, Any]:
            replies = await llm.astream_chat(messages, **options)
            return replies, await anext(replies, None)

        if schema is not None and self._schema_options is not None:
            try:
                return await attempts(start, self._schema_options(schema))
            except Exception as error:
                if getattr(error, "status_code", None) not in _NOT_OFFERED:
                    raise
                self._schema_options = None  # not offered: the prompt alone must do
        return await attempts(start, {})


async def _close(llm: "LLM") -> None:
    """Close the connections of the integrations known to keep them open."""
    client = getattr(llm, "_aclient", None) or getattr(llm, "_async_client", None)
    if client is not None:
        await client.close()


def _is_transient(error: BaseException) -> bool:
    import httpx

    status = getattr(error, "status_code", None)
    if status is not None:
        return status in _TRANSIENT
    return any(isinstance(e, httpx.TransportError | ConnectionError) for e in (error, error.__cause__))


def _pause(state: "RetryCallState") -> float:
    """Seconds to wait before the next attempt: what the server asks for, else growing and partly random."""
    from tenacity import wait_exponential, wait_random

    error = state.outcome.exception() if state.outcome else None
    # Ollama's client raises an error of its own behind httpx's.
    refused = next((e for e in (error, getattr(error, "__context__", None)) if hasattr(e, "response")), None)
    asked = getattr(getattr(refused, "response", None), "headers", {}).get("retry-after", "")
    if re.fullmatch(r"\d+(?:\.\d+)?", asked):
        return float(asked)
    growing = wait_exponential(multiplier=FIRST_PAUSE_S, max=LONGEST_PAUSE_S)
    return (growing + wait_random(0, FIRST_PAUSE_S))(state)
