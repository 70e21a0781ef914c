"""The form of a page: what is published through it has passed the checks."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.blocks.stream_block import StreamBlockValidationError

from cms.core.checks.findings import ERROR, Finding


class CheckedPageForm(WagtailAdminPageForm):
    """Refuses to publish or submit a page with errors, where they are; a draft may have any."""

    def is_valid(self) -> bool:
        valid: bool = super().is_valid()
        if not valid or self.is_deferred_validation:
            return valid
        page = self.save(commit=False)
        name_blocks(page)
        errors = [finding for finding in page.findings() if finding.severity == ERROR]
        for field, told in _by_field(errors).items():
            fault = _in_story(page, told) if field == "body" else _plain(told)
            self.add_error(field if field in self.fields else None, fault)
        return not errors


def name_blocks(page: Any) -> None:
    """New blocks get the name that saving would give them, so that findings can point to them."""
    for child in getattr(page, "body", ()):
        child.id = child.id or str(uuid.uuid4())


def _by_field(findings: list[Finding]) -> dict[str, list[Finding]]:
    told: dict[str, list[Finding]] = {}
    for finding in findings:
        told.setdefault(finding.field, []).append(finding)
    return told


def _plain(findings: list[Finding]) -> ValidationError:
    return ValidationError([finding.message for finding in findings])


def _in_story(page: Any, findings: list[Finding]) -> ValidationError:
    """Each message at its block; the editor opens and marks the block."""
    places = {str(child.id): number for number, child in enumerate(page.body)}
    at: dict[int, list[str]] = {}
    for finding in findings:
        at.setdefault(places[finding.block], []).append(finding.message)
    fault: ValidationError = StreamBlockValidationError(
        block_errors={number: ValidationError(messages) for number, messages in at.items()}
    )
    return fault
