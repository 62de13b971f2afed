"""Media files in a bucket of any service that speaks S3."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import boto3  # type: ignore[import-untyped]
from botocore.config import Config  # type: ignore[import-untyped]
from botocore.exceptions import BotoCoreError, ClientError  # type: ignore[import-untyped]

from app.modules.media.exceptions import MediaStorageUnavailable
from app.modules.media.gateways.objects import KEY, LocalCopy, StoredObject
from app.modules.media.settings import MediaSettings

DELETED_AT_ONCE = 1000
ABSENT = {"404", "NoSuchKey"}
_QUICK = Config(connect_timeout=5, read_timeout=20, retries={"mode": "standard"})


class S3Bucket:
    """Implements `MediaStorage`; the service writes an object whole or not at all."""

    def __init__(self, settings: MediaSettings) -> None:
        secret = settings.media_s3_secret_key
        self._bucket = settings.media_s3_bucket
        self._client = boto3.client(
            "s3",
            endpoint_url=settings.media_s3_endpoint,
            region_name=settings.media_s3_region,
            aws_access_key_id=settings.media_s3_access_key,
            aws_secret_access_key=secret.get_secret_value() if secret else None,
            config=_QUICK,
        )

    def put(self, key: str, content: bytes) -> None:
        """Send an object."""
        with _told():
            self._client.put_object(Bucket=self._bucket, Key=key, Body=content)

    def delete(self, keys: Iterable[str]) -> None:
        """Remove objects, up to a thousand by one request."""
        left = iter(keys)
        while some := [{"Key": key} for key in islice(left, DELETED_AT_ONCE)]:
            with _told():
                self._client.delete_objects(
                    Bucket=self._bucket, Delete={"Objects": some, "Quiet": True}
                )

    def find_copy(self, key: str) -> LocalCopy | None:
        """Fetch an object into a temporary file."""
        if not KEY.fullmatch(key) or self.size_of(key) is None:
            return None
        with _told(), NamedTemporaryFile(prefix="media-", delete=False) as file:
            self._client.download_fileobj(self._bucket, key, file)
        return LocalCopy(Path(file.name), is_temporary=True)

    def size_of(self, key: str) -> int | None:
        """Ask the service."""
        try:
            with _told():
                return int(self._client.head_object(Bucket=self._bucket, Key=key)["ContentLength"])
        except MediaStorageUnavailable as refused:
            if _code(refused.__cause__) in ABSENT:
                return None
            raise

    def objects(self) -> Iterator[StoredObject]:
        """List the bucket page by page."""
        with _told():
            pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket)
            for page in pages:
                for one in page.get("Contents", ()):
                    yield StoredObject(one["Key"], one["Size"], one["LastModified"])


@contextmanager
def _told() -> Iterator[None]:
    """Turn whatever the service or the way to it says into a named error."""
    try:
        yield
    except (BotoCoreError, ClientError) as broken:
        raise MediaStorageUnavailable from broken


def _code(error: Any) -> str:
    return str(error.response["Error"]["Code"]) if isinstance(error, ClientError) else ""
