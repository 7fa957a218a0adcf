"""Reads what a collector was sent, one request to a line, into OpenTelemetry's own messages.

Nothing may be unknown to them, or of another type. The JSON form of the protocol differs from that
of Protocol Buffers in one thing: ids are hexadecimal digits, and not base64 (OTLP 1.9, "JSON
Protobuf Encoding"). What was read is written and read again in the binary form, and has to be the
same.
"""

import base64
import json
import sys

from google.protobuf import json_format
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

IDS = {"traceId": 16, "spanId": 8, "parentSpanId": 8}


def in_base64(value):
    if isinstance(value, list):
        return [in_base64(entry) for entry in value]
    if not isinstance(value, dict):
        return value
    changed = {}
    for name, entry in value.items():
        if name in IDS:
            entry = bytes.fromhex(entry)
            assert len(entry) == IDS[name], name
            entry = base64.b64encode(entry).decode()
        changed[name] = in_base64(entry)
    return changed


spans = 0
for line in sys.stdin:
    sent = in_base64(json.loads(line))
    request = ExportTraceServiceRequest()
    json_format.ParseDict(sent, request, ignore_unknown_fields=False)
    assert ExportTraceServiceRequest.FromString(request.SerializeToString()) == request
    for resource in request.resource_spans:
        assert any(entry.key == "service.name" for entry in resource.resource.attributes)
        for scope in resource.scope_spans:
            assert scope.scope.name
            for span in scope.spans:
                assert span.name and span.trace_id and span.span_id, span
                assert 0 < span.start_time_unix_nano <= span.end_time_unix_nano, span
                spans += 1
print(spans)
