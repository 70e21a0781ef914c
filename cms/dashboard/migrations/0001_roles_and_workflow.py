"""The groups, and a workflow in which a moderator approves; what they may do, config/roles.py says.

Until now whoever edited also published. So that nobody loses that by an upgrade, every editor
becomes a moderator too; who is to submit from now on is taken out of Moderators in the admin.
"""

from django.db import migrations

GROUPS = ["Editors", "Moderators", "Trainers", "Admins"]
APPROVAL = "Moderators approval"


def make_roles(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    User = apps.get_model("accounts", "User")
    groups = {name: Group.objects.get_or_create(name=name)[0] for name in GROUPS}
    for user in User.objects.filter(groups=groups["Editors"]):
        user.groups.add(groups["Moderators"])
    have_moderators_approve(apps, groups)


def have_moderators_approve(apps, groups):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Page = apps.get_model("wagtailcore", "Page")
    Step = apps.get_model("wagtailcore", "GroupApprovalTask")
    Workflow = apps.get_model("wagtailcore", "Workflow")
    approvers = [groups["Moderators"], groups["Admins"]]
    for step in Step.objects.filter(groups__in=[groups["Editors"], groups["Moderators"]]).distinct():
        step.groups.remove(groups["Editors"])
        step.groups.add(*approvers)
    root = Page.objects.filter(depth=1).first()
    if root is None or Workflow.objects.exists():
        return
    kind, _ = ContentType.objects.get_or_create(app_label="wagtailcore", model="groupapprovaltask")
    step = Step.objects.create(name=APPROVAL, content_type=kind)
    step.groups.set(approvers)
    workflow = Workflow.objects.create(name=APPROVAL)
    workflow.workflow_tasks.create(task=step, sort_order=0)
    apps.get_model("wagtailcore", "WorkflowPage").objects.create(workflow=workflow, page=root)


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
