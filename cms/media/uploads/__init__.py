"""Large files that editors send in parts, and go on with after a lost connection or a reload.

Nothing about an upload is kept in the database: a signed ticket says whose it is, what and how
large, and the storage says how much has arrived.
"""

from cms.media.uploads.services import StoredFile, claim_upload

__all__ = ["StoredFile", "claim_upload"]
