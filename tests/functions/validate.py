"""Reads a recording on standard input and holds every line against the types of openai-chatkit.

A line is {"request": ..., "status": ..., "answer": ...} or, of a stream, {"request", "events"}.
What the package reads is written again and has to be the same: nothing may be unknown to it,
left out, null, or of a type that it would only have tolerated.
"""

import json
import sys
from datetime import datetime
from importlib.metadata import version

from chatkit import types
from pydantic import TypeAdapter

ANSWERS = {
    "threads.get_by_id": types.Thread,
    "threads.list": types.Page[types.Thread],
    "threads.update": types.Thread,
    "items.list": types.Page[types.ThreadItem],
    "attachments.create": types.Attachment,
    "threads.sync_custom_action": types.SyncCustomActionResponse,
    "input.transcribe": types.TranscriptionResult,
}


def same_times(value):
    """Times may be written in two ways; both are made into one."""
    if isinstance(value, dict):
        return {
            name: datetime.fromisoformat(member).isoformat()
            if name == "created_at" and isinstance(member, str)
            else same_times(member)
            for name, member in value.items()
        }
    if isinstance(value, list):
        return [same_times(member) for member in value]
    return value


def check(kind, value):
    text = json.dumps(value)
    adapter = TypeAdapter(kind)
    read = adapter.validate_json(text, strict=True)
    # The reference server leaves out an attachment's "metadata" in the same way.
    written = adapter.dump_python(
        read,
        mode="json",
        by_alias=True,
        exclude_none=True,
        context={"exclude_metadata": True},
    )
    expected, written = same_times(value), same_times(written)
    if expected != written:
        raise ValueError(f"would be written as {json.dumps(written)}")


def main():
    counts = {"requests": 0, "answers": 0, "events": 0}
    kinds, faults = set(), []

    def hold(what, kind, value):
        counts[what] += 1
        try:
            check(kind, value)
        except Exception as error:  # Every fault is told, not only the first.
            faults.append(f"{json.dumps(value)}\n  {error}")

    for line in sys.stdin:
        record = json.loads(line)
        request = record["request"]
        counts["requests"] += 1
        try:
            TypeAdapter(types.ChatKitReq).validate_json(json.dumps(request))
        except Exception as error:
            faults.append(f"{json.dumps(request)}\n  {error}")
        for event in record.get("events", []):
            kinds.add(event.get("type"))
            hold("events", types.ThreadStreamEvent, event)
        if "answer" in record:
            kind = ANSWERS.get(request["type"])
            if kind is None:
                counts["answers"] += 1
                if record["answer"] != {}:
                    faults.append(f"{request['type']} was answered with {record['answer']}")
            else:
                hold("answers", kind, record["answer"])
    for fault in faults:
        print(fault)
    told = ", ".join(f"{number} {what}" for what, number in counts.items())
    print(f"openai-chatkit {version('openai-chatkit')}: {told} of {len(kinds)} kinds of event")
    return 1 if faults or not counts["events"] else 0


sys.exit(main())
