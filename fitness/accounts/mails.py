"""What members are told by mail about their account."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.tasks import task
from django.template.loader import render_to_string

from fitness.accounts.models import SignIn


@task(queue_name="quick")
def send(subject: str, text: str, html: str, to: str) -> None:
    """Queued. Hands one mail to the mail server; run twice, it may arrive twice."""
    mail = EmailMultiAlternatives(subject, text, to=[to])
    if html:
        mail.attach_alternative(html, "text/html")
    mail.send()


@task(queue_name="quick")
def mail_about_reuse(sign_in_id: int) -> None:
    """Queued. Tells a member that a spent token was used; nobody is told when they are gone."""
    sign_in = SignIn.objects.select_related("user__profile").filter(pk=sign_in_id).first()
    if sign_in is not None:
        _tell("token_reuse", sign_in.user.email, {"sign_in": sign_in, "user": sign_in.user})


def _tell(name: str, to: str, context: dict[str, Any]) -> None:
    """Render ``emails/<name>_{subject.txt,message.txt,message.html}`` and send it."""
    site = {"site_url": settings.WAGTAILADMIN_BASE_URL, "site": settings.WAGTAIL_SITE_NAME}
    subject, text, html = (
        render_to_string(f"emails/{name}_{part}", context | site)
        for part in ("subject.txt", "message.txt", "message.html")
    )
    send.call(" ".join(subject.split()), text, html, to)
