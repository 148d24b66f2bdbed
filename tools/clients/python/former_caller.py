"""A caller written for the client of the former service's document, as that service's own tests use it.

The argument names the generated package: the client of that document, or of ours, which must take its place. Needs the
service at PUBLIC_URL and INTERNAL_URL.
"""

import base64
import importlib
import io
import json
import os
import sys
import uuid
import zipfile
from datetime import datetime, timedelta, timezone

import export_internal_client as internal

client = importlib.import_module(sys.argv[1])

user = f"former-{uuid.uuid4()}"
identity = {"identity": {"org_id": "000001", "type": "User", "user": {"username": user}}}
configuration = client.Configuration(
    host=os.environ["PUBLIC_URL"] + "/api/export/v1",
    api_key={"3ScaleIdentity": base64.b64encode(json.dumps(identity).encode()).decode()},
)
application = internal.ResultsApi(
    internal.ApiClient(
        internal.Configuration(host=os.environ["INTERNAL_URL"] + "/app/export/v1", api_key={"psk": os.environ["PSK"]})
    )
)


def request(name: str) -> "client.ExportRequest":
    return client.ExportRequest(
        name=name,
        format=client.Format.JSON,
        expires_at=datetime.now(timezone.utc) + timedelta(days=1),
        sources=[
            client.ExportRequestResource(
                application="exampleApp", resource="exampleResource", filters={"productId": "RHEL"}
            ),
            client.ExportRequestResource(application="exampleApp", resource="anotherExampleResource"),
        ],
    )


def main() -> None:
    with client.ApiClient(configuration) as api_client:
        api = client.DefaultApi(api_client)

        export = api.create_export(request("former"))
        assert isinstance(export, client.ExportStatus), export
        assert export.status == client.Status.PENDING, export
        assert isinstance(export.created_at, datetime) and export.completed_at is None, export
        first, second = export.sources
        assert isinstance(first, client.ExportResource), first
        assert first.application == "exampleApp" and first.filters == {"productId": "RHEL"}, first
        assert (second.message, second.error) == (None, None), second

        day = export.created_at.date()
        page = api.get_exports("former", day, export.expires_at.date(), "exampleApp", "exampleResource", 0, 10, "name", "asc")
        assert isinstance(page, client.ExportList) and isinstance(page.links, client.PageLinks), page
        assert isinstance(page.meta, client.ExportListMeta) and page.meta.count == 1, page
        assert page.data[0].id == export.id and page.data[0].status == client.Status.PENDING, page
        assert page.links.next is None and page.links.first == page.links.last, page

        try:
            api.download_export(export.id)
            raise AssertionError("not ready: expected 400")
        except client.ApiException as e:
            assert e.status == 400 and isinstance(e.data, client.ErrorResponse) and e.data.code == 400, e
            assert "not ready" in e.data.message, e

        application.upload_source(uuid.UUID(str(export.id)), "exampleApp", uuid.UUID(str(first.id)), b"[]")
        report = internal.SourceError(message="no such host", error=404)
        application.report_source_error(uuid.UUID(str(export.id)), "exampleApp", uuid.UUID(str(second.id)), report)
        status = api.get_export_status(export.id)
        assert isinstance(status, client.ExportStatus) and status.status == client.Status.PARTIAL, status
        failed = {source.status: source for source in status.sources}[client.Status.FAILED]
        assert (failed.message, failed.error) == ("no such host", 404), failed
        assert isinstance(status.completed_at, datetime), status

        with zipfile.ZipFile(io.BytesIO(bytes(api.download_export(export.id)))) as archive:
            assert archive.read(f"{first.id}.json") == b"[]", archive.namelist()

        assert api.delete_export(export.id) is None
        try:
            api.delete_export(export.id)
            raise AssertionError("deleted: expected 404")
        except client.ApiException as e:
            assert e.status == 404 and isinstance(e.data, client.ErrorResponse), e
    print(f"A caller of the former service works with {sys.argv[1]}")


if __name__ == "__main__":
    main()
