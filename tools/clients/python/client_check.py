"""One export of each outcome through the Python clients that openapi-generator makes from both documents.

Needs the service at PUBLIC_URL and INTERNAL_URL. Ends at the first answer or type that is not as it should be.
"""

import base64
import io
import json
import os
import uuid
import zipfile
from datetime import datetime, timedelta, timezone
from typing import Any, Callable

import export_client as public
import export_internal_client as internal
from export_client.exceptions import (
    ApiException,
    BadRequestException,
    NotFoundException,
    UnauthorizedException,
)
from export_internal_client import exceptions as internal_exceptions

JSON_DATA = '{"data": [{"name": "Zoë", "n": 1.50},\r\n {"name": "\\u0000", "n": 2}]}\n'.encode()
CSV_DATA = 'id,name\r\n1,"Zoë, ""the\n first"""\r\n'.encode()
UNKNOWN = uuid.UUID("0b069353-6ace-4403-8162-3a8afe7ac05c")


def expect(what: str, actual: Any, expected: Any) -> None:
    if type(actual) is not type(expected) or actual != expected:
        raise AssertionError(f"{what}: expected {expected!r}, was {actual!r}")


def expect_type(what: str, actual: Any, expected: type) -> None:
    if type(actual) is not expected:
        raise AssertionError(f"{what}: expected a {expected.__name__}, was {actual!r}")


def refused(what: str, call: Callable[[], Any], kind: type, status: int, error: type, message: str) -> None:
    """The error is the client's own class for this status, with the document's Error in it."""
    try:
        answer = call()
    except (ApiException, internal_exceptions.ApiException) as e:
        expect_type(what, e, kind)
        expect(what, e.status, status)
        expect_type(what, e.data, error)
        expect(what, e.data.code, status)
        if message not in e.data.message:
            raise AssertionError(f"{what}: expected '{message}' in '{e.data.message}'") from e
        return
    raise AssertionError(f"{what}: expected {status}, was {answer!r}")


def exports_api(identity: str | None = None, psk: str | None = None) -> public.DefaultApi:
    """The keys have the names of the document's security schemes."""
    keys = {name: key for name, key in {"3ScaleIdentity": identity, "psk": psk}.items() if key}
    client = public.ApiClient(public.Configuration(host=os.environ["PUBLIC_URL"] + "/api/export/v1", api_key=keys))
    return public.DefaultApi(client)


def results_api(key: str) -> internal.ResultsApi:
    settings = internal.Configuration(
        host=os.environ["INTERNAL_URL"] + "/app/export/v1", api_key={"psk": key}
    )
    return internal.ResultsApi(internal.ApiClient(settings))


def identity_of(user: str) -> str:
    identity = {"identity": {"org_id": "000001", "type": "User", "user": {"username": user}}}
    return base64.b64encode(json.dumps(identity).encode()).decode()


exports = exports_api(identity_of(f"python-{uuid.uuid4()}"))
results = results_api(os.environ["PSK"])


def check_ping() -> None:
    expect("ping", exports.ping(), "Hello world")


def create(name: str, format: public.Format, sources: int = 1) -> public.ExportStatus:
    source = public.ExportRequestResource(application="exampleApp", resource="exampleResource")
    return exports.create_export(public.ExportRequest(name=name, format=format, sources=[source] * sources))


def check_create() -> public.ExportStatus:
    expires = datetime.now(timezone.utc).replace(microsecond=0) + timedelta(days=2)
    request = public.ExportRequest(
        name="Zoë's hosts",
        format=public.Format.JSON,
        expires_at=expires,
        sources=[
            public.ExportRequestResource(
                application="exampleApp", resource="exampleResource", filters={"since": {"year": 2029}}
            ),
            public.ExportRequestResource(application="exampleApp", resource="anotherExampleResource", expires=expires),
        ],
    )
    answer = exports.create_export_with_http_info(
        request, x_rh_insights_request_id="client-check", idempotency_key="key-of-python"
    )
    expect("create: status", answer.status_code, 202)
    expect("create: request id", answer.headers["x-rh-insights-request-id"], "client-check")
    export = answer.data
    expect_type("create", export, public.ExportStatus)
    expect("create: Location", answer.headers["Location"], f"/api/export/v1/exports/{export.id}/status")
    expect_type("create: id", export.id, uuid.UUID)
    expect_type("create: created_at", export.created_at, datetime)
    expect("create: expires_at", export.expires_at, expires)
    expect("create: completed_at", export.completed_at, None)
    expect("create: name", export.name, "Zoë's hosts")
    expect("create: format", export.format, public.Format.JSON)
    expect("create: status", export.status, public.Status.PENDING)
    expect("create: sources", len(export.sources), 2)
    first, second = export.sources
    expect_type("create: source", first, public.ExportResource)
    expect_type("create: source id", first.id, uuid.UUID)
    expect("create: source application", first.application, "exampleApp")
    expect("create: source resource", second.resource, "anotherExampleResource")
    expect("create: source status", first.status, public.Status.PENDING)
    expect("create: filters", first.filters, {"since": {"year": 2029}})
    expect("create: no filters", second.filters, None)
    expect("create: no error", first.error, None)
    expect("status", exports.get_export_status(export.id), export)
    expect("create: the same key", exports.create_export(request, idempotency_key="key-of-python"), export)
    return export


def check_list(export: public.ExportStatus) -> None:
    page = exports.get_exports(
        name=export.name,
        status=public.Status.PENDING,
        application="exampleApp",
        resource="anotherExampleResource",
        created_at=export.created_at.date(),
        expires_at=export.expires_at.date(),
        limit=1,
        offset=0,
        sort="name",
        dir="desc",
    )
    expect_type("list", page, public.ExportList)
    expect("list: count", page.meta.count, 1)
    expect_type("list: first", page.links.first, str)
    expect("list: next", page.links.next, None)
    expect("list: previous", page.links.previous, None)
    expect_type("list: item", page.data[0], public.ExportStatus)
    expect("list: id", page.data[0].id, export.id)
    expect("list: created_at", page.data[0].created_at, export.created_at)
    expect("list: nothing", exports.get_exports(name="no such name").data, [])


def check_results(export: public.ExportStatus) -> public.ExportStatus:
    """The first source delivers, the second fails."""
    delivered, failed = export.sources
    invalid = lambda: results.upload_source(export.id, "exampleApp", delivered.id, b'{"data": [1,]}')
    refused(
        "invalid JSON",
        invalid,
        internal_exceptions.UnprocessableEntityException,
        422,
        internal.Error,
        "invalid JSON at line 1",
    )
    said = results.upload_source(export.id, "exampleApp", delivered.id, JSON_DATA)
    expect("upload", said, "payload delivered")
    expect("running", exports.get_export_status(export.id).status, public.Status.RUNNING)
    report = internal.SourceError(message="no such host", error=404)
    expect("error", results.report_source_error(export.id, "exampleApp", failed.id, report), None)
    expect("the same again", results.report_source_error(export.id, "exampleApp", failed.id, report), None)
    other = lambda: results.upload_source(export.id, "exampleApp", failed.id, JSON_DATA)
    refused("another answer", other, internal_exceptions.ApiException, 410, internal.Error, "already been processed")

    status = exports.get_export_status(export.id)
    expect("partial", status.status, public.Status.PARTIAL)
    expect_type("partial: completed_at", status.completed_at, datetime)
    outcome = {source.id: source for source in status.sources}
    expect("delivered", outcome[delivered.id].status, public.Status.COMPLETE)
    expect("failed", outcome[failed.id].status, public.Status.FAILED)
    expect("failed: message", outcome[failed.id].message, "no such host")
    expect("failed: error", outcome[failed.id].error, 404)
    return status


def check_download(export: public.ExportStatus, data: bytes, files: int) -> None:
    answer = exports.download_export_with_http_info(export.id)
    expect("download: type", answer.headers["Content-Type"], "application/zip")
    expect("download: length", str(len(answer.data)), answer.headers["Content-Length"])
    content = bytes(answer.data)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        expect("download: every CRC-32", archive.testzip(), None)
        expect("download: files", len(archive.namelist()), files + 2)
        names = [f"{source.id}.{export.format.value}" for source in export.sources]
        expect("download: data", archive.read(names[0]), data)
        meta = json.loads(archive.read("meta.json"))
        expect("download: manifest", meta["file_meta"][0]["filename"], names[0])

    part = exports.download_export_with_http_info(export.id, range="bytes=10-29", if_range=answer.headers["ETag"])
    expect("range: status", part.status_code, 206)
    expect("range: bytes", bytes(part.data), content[10:30])
    outside = lambda: exports.download_export(export.id, range=f"bytes={len(content)}-")
    refused("range outside", outside, ApiException, 416, public.ErrorResponse, "outside")
    try:
        exports.download_export(export.id, if_none_match=answer.headers["ETag"])
        raise AssertionError("the same ETag: expected 304")
    except ApiException as unchanged:
        expect("the same ETag", unchanged.status, 304)


def check_csv() -> public.ExportStatus:
    """Delivered by the verb-first path, with the content type of CSV."""
    export = create("csv", public.Format.CSV)
    source = export.sources[0]
    not_ready = lambda: exports.download_export(export.id)
    refused("not ready", not_ready, BadRequestException, 400, public.ErrorResponse, "not ready for download")
    said = results.upload_source_verb_first(export.id, "exampleApp", source.id, CSV_DATA, _content_type="text/csv")
    expect("CSV upload", said, "payload delivered")
    status = exports.get_export_status(export.id)
    expect("complete", status.status, public.Status.COMPLETE)
    return status


def check_failed() -> None:
    export = create("failed", public.Format.CSV)
    report = internal.SourceError(message="nothing there", error=-1)
    results.report_source_error_verb_first(export.id, "exampleApp", export.sources[0].id, report)
    expect("failed", exports.get_export_status(export.id).status, public.Status.FAILED)


def check_delete(export: public.ExportStatus) -> None:
    expect("delete", exports.delete_export(export.id), None)
    for what, call in {
        "status after delete": lambda: exports.get_export_status(export.id),
        "download after delete": lambda: exports.download_export(export.id),
        "a second delete": lambda: exports.delete_export(export.id),
    }.items():
        refused(what, call, NotFoundException, 404, public.ErrorResponse, f"record '{export.id}' not found")
    late = lambda: results.upload_source(export.id, "exampleApp", export.sources[0].id, b"[]")
    refused("a late upload", late, internal_exceptions.NotFoundException, 404, internal.Error, "not found")


def check_refusals(export: public.ExportStatus) -> None:
    nobody = exports_api()
    refused("no identity", nobody.get_exports, BadRequestException, 400, public.ErrorResponse, "identity")
    other = exports_api(identity_of("somebody-else"))
    theirs = lambda: other.get_export_status(export.id)
    refused("another user's", theirs, NotFoundException, 404, public.ErrorResponse, "not found")
    name = lambda: exports.get_exports(name="\0")
    refused("a bad name", name, BadRequestException, 400, public.ErrorResponse, "NUL")
    foreign = public.ExportRequestResource(application="unknown", resource="unknown")
    unknown = lambda: exports.create_export(public.ExportRequest(format=public.Format.CSV, sources=[foreign]))
    refused("an unknown application", unknown, ApiException, 406, public.ErrorResponse, "Configured Exports")
    stranger = lambda: results_api("wrong").upload_source(UNKNOWN, "exampleApp", UNKNOWN, b"")
    refused(
        "a wrong key",
        stranger,
        internal_exceptions.UnauthorizedException,
        401,
        internal.Error,
        "invalid x-rh-exports-psk",
    )
    paired = exports_api(identity_of("x"), psk="wrong")
    refused("a wrong key beside an identity", paired.ping, UnauthorizedException, 401, public.ErrorResponse, "invalid")


def main() -> None:
    check_ping()
    export = check_create()
    check_list(export)
    check_refusals(export)
    partial = check_results(export)
    check_download(partial, JSON_DATA, files=1)
    complete = check_csv()
    check_download(complete, CSV_DATA, files=1)
    check_failed()
    check_delete(partial)
    check_delete(complete)
    print("Python clients: ping, create, list, status, upload, error, download, delete and their errors are as documented")


if __name__ == "__main__":
    main()
