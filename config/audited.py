"""Whose changes the audit trail keeps: accounts, rights, roles and prices."""

from fitness.privacy.audit.triggers import Audited

AUDITED = (
    Audited(
        "accounts.User",
        "email password first_name last_name is_active is_staff is_superuser",
        member="id",
        secret="password",  # noqa: S106  (the name of a column)
    ),
    Audited("accounts.User_groups", "user group", member="user"),
    Audited("accounts.User_user_permissions", "user permission", member="user"),
    Audited("auth.Group", "name"),
    Audited("auth.Group_permissions", "group permission"),
    Audited("accounts.Profile", "alias is_on_boards birth_date", member="user"),
    Audited("accounts.SignIn", "ended_at end_reason", member="user", on="UPDATE OF {columns}"),
    Audited("mfa.Authenticator", "type data", member="user", secret="data"),  # noqa: S106
    Audited("account.EmailAddress", "email verified primary", member="user"),
    Audited("entitlements.Entitlement", "key source starts_at ends_at revoked_at", member="user"),
    Audited("catalog.Product", "slug title group opens is_active"),
    Audited("catalog.Offer", "product price_minor currency interval is_active"),
    Audited("privacy.Consent", "kind version is_given how", member="user"),
    Audited("privacy.Closure", "user undone_at erased_at", member="user"),
)
