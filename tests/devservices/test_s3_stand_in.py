"""The stand-in for S3 refuses what Amazon refuses."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from botocore.exceptions import ClientError
from django.utils import timezone

from config.devservices.s3 import S3StandIn
from config.devservices.s3.standin import client_of, cors_for
from tests.buckets import running_s3

__all__ = ["running_s3"]


@pytest.fixture
def bucket(running_s3: S3StandIn) -> Iterator[Any]:
    name = f"films-{timezone.now():%H%M%S%f}"
    running_s3.make_bucket(name)
    running_s3.client.put_object(Bucket=name, Key="a b/ä.mp4", Body=b"film")
    yield name
    running_s3.gate.clock = timezone.now


def presigned(s3: S3StandIn, bucket: str, call: str = "get_object", **parameters: Any) -> str:
    address: str = s3.client.generate_presigned_url(
        call, Params={"Bucket": bucket, "Key": "a b/ä.mp4", **parameters}, ExpiresIn=60
    )
    return address


def test_a_key_of_ours_reads_and_writes(running_s3: S3StandIn, bucket: str) -> None:
    found = running_s3.client.get_object(Bucket=bucket, Key="a b/ä.mp4")

    assert found["Body"].read() == b"film"


def test_a_wrong_secret_is_refused(running_s3: S3StandIn, bucket: str) -> None:
    thief = client_of(running_s3.base, secret="guessed")

    with pytest.raises(ClientError, match="SignatureDoesNotMatch"):
        thief.get_object(Bucket=bucket, Key="a b/ä.mp4")


def test_a_body_that_was_changed_on_the_way_is_refused(running_s3: S3StandIn, bucket: str) -> None:
    client = running_s3.client

    def change(request: Any, **kwargs: Any) -> None:
        request.body = b"xxxx"

    client.meta.events.register("before-send.s3.PutObject", change)

    with pytest.raises(ClientError, match=r"XAmzContentSHA256Mismatch|BadDigest"):
        client.put_object(Bucket=bucket, Key="b", Body=b"film")


def test_nobody_reads_without_a_signature(running_s3: S3StandIn, bucket: str) -> None:
    assert requests.get(f"{running_s3.base}/{bucket}", timeout=5).status_code == 403
    assert requests.get(f"{running_s3.base}/", timeout=5).status_code == 403


def test_an_address_ends_after_its_seconds(running_s3: S3StandIn, bucket: str) -> None:
    address = presigned(running_s3, bucket)

    in_time = requests.get(address, timeout=5)
    running_s3.gate.clock = lambda: timezone.now() + dt.timedelta(seconds=62)
    late = requests.get(address, timeout=5)

    assert (in_time.status_code, in_time.content) == (200, b"film")
    assert (late.status_code, "AccessDenied" in late.text) == (403, True)


def test_a_part_may_be_no_longer_than_was_signed(running_s3: S3StandIn, bucket: str) -> None:
    begun = running_s3.client.create_multipart_upload(Bucket=bucket, Key="a b/ä.mp4")
    address = presigned(
        running_s3, bucket, "upload_part", UploadId=begun["UploadId"], PartNumber=1, ContentLength=4
    )

    assert requests.put(address, data=b"12345", timeout=5).status_code == 403
    assert requests.put(address, data=b"1234", timeout=5).status_code == 200


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({}, 204),
        ({"content": b"x" * 11}, 400),
        ({"content": b"x"}, 400),
        ({"key": "elsewhere/film.mp4"}, 403),
        ({"policy": "e30="}, 403),
        ({"late": True}, 403),
    ],
)
def test_a_form_sends_what_its_policy_allows(
    running_s3: S3StandIn, bucket: str, change: dict[str, Any], status: int
) -> None:
    form = running_s3.client.generate_presigned_post(
        bucket,
        "films/${filename}",
        Conditions=[["starts-with", "$key", "films/"], ["content-length-range", 2, 10]],
        ExpiresIn=60,
    )
    fields = form["fields"] | {k: v for k, v in change.items() if k in {"key", "policy"}}
    if change.get("late"):
        running_s3.gate.clock = lambda: timezone.now() + dt.timedelta(seconds=62)

    answer = requests.post(
        form["url"],
        data=fields,
        files={"file": ("film.mp4", change.get("content", b"film"))},
        timeout=5,
    )

    assert answer.status_code == status


def test_a_bucket_without_rules_lets_no_page_in(running_s3: S3StandIn, bucket: str) -> None:
    asked = {"Origin": "https://site.example", "Access-Control-Request-Method": "PUT"}
    address = presigned(running_s3, bucket)

    preflight = requests.options(address, headers=asked, timeout=5)
    read = requests.get(address, headers={"Origin": "https://site.example"}, timeout=5)

    assert preflight.status_code == 403
    assert (read.status_code, "Access-Control-Allow-Origin" in read.headers) == (200, False)


def test_a_bucket_lets_in_the_pages_that_its_rules_name(running_s3: S3StandIn, bucket: str) -> None:
    running_s3.let_in(bucket, cors_for("https://site.example"))
    address = presigned(running_s3, bucket)

    def preflight(**asked: str) -> int:
        names = {"Origin": "https://site.example", "Access-Control-Request-Method": "PUT"}
        headers = names | {name.replace("_", "-"): value for name, value in asked.items()}
        return requests.options(address, headers=headers, timeout=5).status_code

    read = requests.get(address, headers={"Origin": "https://site.example"}, timeout=5)
    assert preflight() == 200
    assert preflight(Origin="https://evil.example") == 403
    assert preflight(Access_Control_Request_Method="DELETE") == 403
    assert preflight(Access_Control_Request_Headers="range") == 200
    assert preflight(Access_Control_Request_Headers="x-amz-acl") == 403
    assert read.headers["Access-Control-Allow-Origin"] == "https://site.example"
