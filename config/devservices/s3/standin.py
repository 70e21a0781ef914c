"""The stand-in as one object that can be started and stopped."""

import json
import threading
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config
from moto.moto_server.werkzeug_app import create_backend_app
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from config.devservices.s3.gate import Gate

KEY_ID, SECRET = "fitcore-stand-in", "only-for-the-stand-in-on-this-machine"
REGION = "eu-central-1"
DOCUMENTED = Path(__file__).parents[3] / "docs/decisions/0018-bytes-in-and-out.md"


class PortTakenError(Exception):
    """Another program listens on the port."""


class S3StandIn:
    """One S3 with one key; objects are gone when the process ends."""

    def __init__(self) -> None:
        self._server: BaseWSGIServer | None = None
        self.base = ""
        self.gate = Gate(create_backend_app("s3"), keys={KEY_ID: SECRET})

    def start(self, port: int = 0, host: str = "127.0.0.1") -> str:
        """Serve in the background and return the base address; port 0 takes any free one."""
        try:
            self._server = make_server(
                host, port, self.gate, threaded=True, request_handler=_Silent
            )
        except (OSError, SystemExit):
            raise PortTakenError(f"Port {port} on {host} cannot be used.") from None
        self.base = f"http://{host}:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.1,), daemon=True).start()
        return self.base

    def stop(self) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    @property
    def client(self) -> Any:
        """An S3 client that holds the key."""
        return client_of(self.base)

    def make_bucket(self, name: str) -> None:
        self.client.create_bucket(
            Bucket=name, CreateBucketConfiguration={"LocationConstraint": REGION}
        )

    def let_in(self, bucket: str, configuration: dict[str, Any]) -> None:
        """Say which pages may use the bucket from a browser."""
        self.client.put_bucket_cors(Bucket=bucket, CORSConfiguration=configuration)

    def environment(self, bucket: str) -> dict[str, str]:
        """What a site has to be told to keep its private media here."""
        return {
            "MEDIA_BUCKET": bucket,
            "MEDIA_S3_ENDPOINT": self.base,
            "MEDIA_S3_REGION": REGION,
            "AWS_ACCESS_KEY_ID": KEY_ID,
            "AWS_SECRET_ACCESS_KEY": SECRET,
        }


def cors_for(origin: str) -> dict[str, Any]:
    """What the documentation asks of a bucket, for the site at this origin."""
    block = DOCUMENTED.read_text().partition("```json")[2].partition("```")[0]
    rules = block.replace("https://www.example.com", origin)
    configuration: dict[str, Any] = {"CORSRules": json.loads(rules)}
    return configuration


def client_of(base: str, *, secret: str = SECRET) -> Any:
    return boto3.client(
        "s3",
        endpoint_url=base,
        region_name=REGION,
        aws_access_key_id=KEY_ID,
        aws_secret_access_key=secret,
        config=Config(signature_version="s3v4", s3={"addressing_style": "path"}),
    )


class _Silent(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002
        """Nothing is printed."""
