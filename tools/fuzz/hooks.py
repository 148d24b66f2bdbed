"""What schemathesis cannot know from the documents alone: live exports, and how this service is configured."""

import atexit
import collections
import itertools
import json
import os
import urllib.request
import uuid

import schemathesis
from schemathesis.generation.meta import TestPhase
from schemathesis.openapi.checks import IgnoredAuth

PUBLIC = os.environ["PUBLIC_URL"] + "/api/export/v1/exports"
INTERNAL = os.environ["INTERNAL_URL"] + "/app/export/v1"
IDENTITY = {"x-rh-identity": os.environ["IDENTITY"]}
PSK = {"x-rh-exports-psk": os.environ["PSK"]}
SOURCE = {"application": "exampleApp", "resource": "exampleResource"}

turns = itertools.count()


@schemathesis.hook
def before_load_schema(context, raw_schema):
    """Says in the schemas what the document says in words, for lack of a form that generated clients can use."""
    schemas = raw_schema["components"]["schemas"]
    if "ExportRequestResource" in schemas:
        requested = schemas["ExportRequestResource"]["properties"]
        schemas["ExportRequest"]["properties"]["name"]["pattern"] = r"^[^\x00-\x1f\x7f-\x9f]*\Z"
        requested["application"]["enum"] = ["exampleApp"]
        requested["resource"]["enum"] = ["exampleResource", "anotherExampleResource"]
        day = {"type": "string", "anyOf": [{"format": "date"}, {"format": "date-time"}]}
        # An enumeration is a good type for clients; the service accepts other words too, and finds nothing.
        accepted = {"created_at": day, "expires_at": day, "status": {"type": "string"}}
        for parameter in raw_schema["paths"]["/exports"]["get"]["parameters"]:
            if "$ref" in parameter:
                continue
            one = accepted.get(parameter["name"], parameter["schema"])
            parameter["schema"] = {"anyOf": [one, {"type": "string", "maxLength": 0}]}
            assert parameter["allowEmptyValue"]


@schemathesis.hook
def before_call(context, case, kwargs):
    """Three times in four an answer is for a source that waits, and a download for an export that is finished."""
    turn = next(turns) % 4
    if case.meta is None or case.meta.phase.name == TestPhase.STATEFUL or turn == 3:
        return
    ids = case.path_parameters
    if case.operation.definition.raw["operationId"] in ("downloadExport", "previewSource") and is_uuid(ids.get("id")):
        export = finished()
        ids["id"] = export["id"]
        if is_uuid(ids.get("sourceId")):
            ids["sourceId"] = export["sources"][0]["id"]
    elif is_uuid(ids.get("export")) and is_uuid(ids.get("source")):
        export = create("csv" if case.media_type == "text/csv" else "json")
        ids["export"], ids["source"] = export["id"], export["sources"][0]["id"]
        if turn != 2 and not case.meta.generation.mode.is_negative:
            ids["application"] = SOURCE["application"]


@schemathesis.hook
def filter_failure(context, failure, case, response):
    """The contract answers a request without usable credentials with 400, for existing clients, not with 401."""
    return not (isinstance(failure, IgnoredAuth) and "got `400 " in failure.message)


@schemathesis.deserializer("application/zip", "application/gzip")
def zip_file(context, response):
    return response.content.decode("latin-1")


def is_uuid(value):
    try:
        return str(uuid.UUID(value)) == value.lower()
    except (AttributeError, TypeError, ValueError):
        return False


def finished():
    export = create("json")
    post(f"{INTERNAL}/{export['id']}/exampleApp/{export['sources'][0]['id']}/upload", b"[]", PSK)
    return export


def create(format):
    request = json.dumps({"format": format, "sources": [SOURCE]}).encode()
    return json.loads(post(PUBLIC, request, IDENTITY))


def post(url, body, headers):
    with urllib.request.urlopen(urllib.request.Request(url, body, headers)) as answer:
        return answer.read()


@schemathesis.hook
def after_call(context, case, response):
    reached[case.operation.definition.raw["operationId"]][response.status_code] += 1


@atexit.register
def print_reached():
    """What was reached, of each operation: a run that only meets 404 finds nothing either."""
    for operation, statuses in sorted(reached.items()):
        print(f"{operation:28}", ", ".join(f"{count} × {status}" for status, count in sorted(statuses.items())))


reached = collections.defaultdict(collections.Counter)
