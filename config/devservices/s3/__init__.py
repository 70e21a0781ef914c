"""A bucket of one's own: moto's S3 behind a gate that lets in only what Amazon would.

moto keeps objects and speaks the protocol, and checks nothing: no signature, no end of an
address, no policy of an upload. The gate before it does.
"""

from config.devservices.s3.standin import S3StandIn

__all__ = ["S3StandIn"]
