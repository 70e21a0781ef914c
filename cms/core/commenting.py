"""Letters about comments: Wagtail's own, written and sent by the queue."""

from collections.abc import Iterable, Mapping
from types import SimpleNamespace
from typing import Any

from django.tasks import task
from wagtail.admin.views.pages.edit import EditView
from wagtail.models import Comment, CommentReply, Page

from fitness.accounts.models import User

_TOLD = ("new_comments", "resolved_comments", "deleted_comments", "new_replies")


class LettersByQueue:
    """A page's form whose letters about comments keep nobody waiting for the mail server."""

    page: Any
    request: Any

    def send_commenting_notifications(self, changes: Mapping[str, list[Any]]) -> None:
        if not any(changes[kind] for kind in _TOLD):
            return
        write.enqueue(
            self.page.pk,
            self.request.user.pk,
            {
                "new_comments": _pks(changes["new_comments"]),
                "resolved_comments": _pks(changes["resolved_comments"]),
                "deleted_comments": [comment.text for comment in changes["deleted_comments"]],
                "new_replies": [(each.pk, _pks(said)) for each, said in changes["new_replies"]],
            },
        )


@task(queue_name="quick")
def write(page_id: int, editor_id: int, told: dict[str, Any]) -> None:
    """Queued. Writes to whoever follows the comments; run twice, letters may arrive twice."""
    page = Page.objects.filter(pk=page_id).first()
    editor = User.objects.filter(pk=editor_id).first()
    if page is None or editor is None:
        return
    view = EditView()
    view.page, view.request = page.specific, SimpleNamespace(user=editor)
    threads = Comment.objects.in_bulk([pk for pk, _ in told["new_replies"]])
    view.send_commenting_notifications(
        {
            "new_comments": _found(Comment, told["new_comments"]),
            "resolved_comments": _found(Comment, told["resolved_comments"]),
            "deleted_comments": [Comment(text=text) for text in told["deleted_comments"]],
            "new_replies": [
                (threads[pk], _found(CommentReply, said))
                for pk, said in told["new_replies"]
                if pk in threads
            ],
        }
    )


def _pks(rows: Iterable[Any]) -> list[int]:
    return [row.pk for row in rows]


def _found(model: Any, pks: list[int]) -> list[Any]:
    """Those of them that are still there, in the order in which they were said."""
    rows = model.objects.in_bulk(pks)
    return [rows[pk] for pk in pks if pk in rows]
