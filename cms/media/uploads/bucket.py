"""Uploads to a bucket: the editor's browser sends the parts there itself, each by an address
that is signed for its number and its length. We begin, look what is there, and complete."""

import datetime as dt
from dataclasses import replace
from typing import Any

from botocore.exceptions import ClientError

from cms.media.storage import content_type_of
from cms.media.uploads.places import IncompleteError, Next
from cms.media.uploads.tickets import FOLDER, Upload, UploadGoneError

_ADDRESS_SECONDS = 3600
_NOT_FOUND = {"404", "NoSuchKey", "NoSuchUpload"}


class BucketPlace:
    def __init__(self, storage: Any) -> None:
        self._client = storage.connection.meta.client
        self._bucket = storage.bucket_name

    def begin(self, upload: Upload) -> Upload:
        begun = self._client.create_multipart_upload(
            **self._object(upload), ContentType=content_type_of(upload.name)
        )
        return replace(upload, multipart=begun["UploadId"])

    def received(self, upload: Upload) -> int:
        if self.is_finished(upload):
            return upload.size
        return sum(part["Size"] for part in self._parts(upload))

    def next_part(self, upload: Upload, *, received: int, token: str) -> Next:
        size = min(upload.part_bytes, upload.size - received)
        url = self._client.generate_presigned_url(
            "upload_part",
            Params={
                **self._multipart(upload),
                "PartNumber": received // upload.part_bytes + 1,
                "ContentLength": size,
            },
            ExpiresIn=_ADDRESS_SECONDS,
        )
        return Next(url=url, size=size)

    def finish(self, upload: Upload) -> None:
        if self.is_finished(upload):
            return
        parts = self._parts(upload)
        if sum(part["Size"] for part in parts) != upload.size:
            raise IncompleteError("The file has not arrived whole.")
        listed = [{"PartNumber": part["PartNumber"], "ETag": part["ETag"]} for part in parts]
        self._client.complete_multipart_upload(
            **self._multipart(upload), MultipartUpload={"Parts": listed}
        )

    def is_finished(self, upload: Upload) -> bool:
        try:
            self._client.head_object(**self._object(upload))
        except ClientError as error:
            if _is_missing(error):
                return False
            raise
        return True

    def head(self, upload: Upload, size: int) -> bytes:
        found = self._client.get_object(**self._object(upload), Range=f"bytes=0-{size - 1}")
        first: bytes = found["Body"].read()
        return first

    def abort(self, upload: Upload) -> None:
        self._abort(self._multipart(upload))
        self._client.delete_object(**self._object(upload))

    def forget(self, *, before: dt.datetime, kept: set[str]) -> int:
        begun = [
            found
            for found in self._listed("list_multipart_uploads", "Uploads")
            if found["Initiated"] < before
        ]
        for found in begun:
            self._abort(self._named(found["Key"]) | {"UploadId": found["UploadId"]})
        unclaimed = [
            found["Key"]
            for found in self._listed("list_objects_v2", "Contents")
            if found["LastModified"] < before and found["Key"] not in kept
        ]
        for key in unclaimed:
            self._client.delete_object(**self._named(key))
        return len(begun) + len(unclaimed)

    def _parts(self, upload: Upload) -> list[dict[str, Any]]:
        """The parts that follow each other from the first one on, whole."""
        pages = self._client.get_paginator("list_parts").paginate(**self._multipart(upload))
        following: list[dict[str, Any]] = []
        try:
            for part in (part for page in pages for part in page.get("Parts", ())):
                if part["PartNumber"] != len(following) + 1:
                    break
                following.append(part)
        except ClientError as error:
            if _is_missing(error):
                raise UploadGoneError from None
            raise
        return following

    def _listed(self, call: str, key: str) -> list[dict[str, Any]]:
        pages = self._client.get_paginator(call).paginate(Bucket=self._bucket, Prefix=f"{FOLDER}/")
        return [found for page in pages for found in page.get(key, ())]

    def _abort(self, multipart: dict[str, Any]) -> None:
        try:
            self._client.abort_multipart_upload(**multipart)
        except ClientError as error:
            if not _is_missing(error):
                raise

    def _object(self, upload: Upload) -> dict[str, Any]:
        return self._named(upload.name)

    def _multipart(self, upload: Upload) -> dict[str, Any]:
        return self._named(upload.name) | {"UploadId": upload.multipart}

    def _named(self, key: str) -> dict[str, Any]:
        return {"Bucket": self._bucket, "Key": key}


def _is_missing(error: ClientError) -> bool:
    return error.response["Error"]["Code"] in _NOT_FOUND
