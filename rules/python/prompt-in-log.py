import hashlib
import logging

logger = logging.getLogger(__name__)


def answer(client, request, prompt, messages):
    # ruleid: prompt-in-log
    logger.info("asked: %s", prompt)
    # ruleid: prompt-in-log
    logging.info(f"prompt of {request.user}: {request.prompt}")
    reply = client.chat.completions.create(model="gpt-4o", messages=messages)
    completion = reply.choices[0].message.content
    # ruleid: prompt-in-log
    logger.warning("model=%s answer=%s", "gpt-4o", completion)
    # ruleid: prompt-in-log
    logger.info(messages)
    return completion


def answer_quietly(client, prompt, messages):
    # ok: prompt-in-log
    logger.info("prompt of %d characters, %s", len(prompt), hashlib.sha256(prompt.encode()).hexdigest())
    # ok: prompt-in-log
    logger.debug("prompt: %s", prompt)
    # ok: prompt-in-log
    logger.info("sending %d messages", len(messages))
    # ok: prompt-in-log
    logger.info("the prompt is kept for no longer than the request")
    # ok: prompt-in-log
    return client.info(prompt)
