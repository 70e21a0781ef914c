"""Every model in the house: whose its rows are, and what export and erasure do with them.

Erasure goes from top to bottom. ``tests/fitness/test_personal_data.py`` fails for a model that
is not here.
"""

from dataclasses import dataclass

from fitness.privacy.rules import Along, Call, Clear, Delete, HandOver, Personal

_BOOKS = "tax law: what was paid is kept, under the store's names and nobody's"
_COPY = "the store's own wording of what is under billing"
_STAFF = "work on the site, not data about the person"
_SECRET = "it opens the account"  # noqa: S105
_SHORT = "technical and short-lived"
_AUTHOR = "the work of the house; it no longer says who did it"


@dataclass(frozen=True, slots=True)
class Impersonal:
    """Models of an app that say nothing about any member."""

    app: str
    models: str
    because: str


PERSONAL_DATA: tuple[Personal | Impersonal, ...] = (
    # Who the member is ----------------------------------------------------------------------
    Personal("privacy.Export", "user", Delete(), leave_out="file moved_at"),
    Personal("privacy.Consent", "user", Delete()),
    Personal(
        "accounts.Profile",
        "user",
        Delete(),
        first="config.leaving.delete_pictures",
        files="config.leaving.pictures_of",
    ),
    Personal("body.Body", "user", Delete()),
    Personal("body.Weight", "user", Delete()),
    Personal("favorites.Favorite", "user", Delete()),
    Personal("notifications.Reminder", "user", Delete()),
    Personal("accounts.ZoneChange", "user", Delete()),
    # What the member did --------------------------------------------------------------------
    Personal("training.LoggedSet", "log__user", Delete(), also="log__uid exercise__name"),
    Personal("training.WorkoutLog", "user", Delete(), also="workout__title"),
    Personal("training.WorkoutProgress", "user", Delete(), also="workout__title video__title"),
    Personal("training.WorkoutExercise", "workout__owner", Delete(), also="exercise__name"),
    Personal("training.WorkoutVideo", "workout__owner", Delete(), also="video__title"),
    Personal("training.Workout", "owner", Delete()),
    Personal("streaks.PointEntry", "user", Delete()),
    Personal("streaks.Streak", "user", Delete()),
    Personal(
        "leaderboards.Standing",
        "user",
        HandOver("nobody else's place on a board moves", only={"is_listed": True}),
    ),
    # What the member bought -----------------------------------------------------------------
    Personal("entitlements.Entitlement", "user", Delete()),
    Personal("billing.Subscription", "user", Clear(because=_BOOKS), also="product__title"),
    Personal("billing.Purchase", "user", Clear(because=_BOOKS), also="product__title"),
    Personal("billing.LedgerEntry", "user", Clear(because=_BOOKS)),
    Personal(
        "checkout.OutboundOperation",
        "user",
        Delete(),
        leave_out="key body_hash answer",
        also="offer__product__title",
    ),
    *(
        Personal(f"djstripe.{model}", path, Along("privacy.Closure"), not_exported=_COPY)
        for model, path in (
            ("Customer", "subscriber"),
            ("Charge", "customer__subscriber"),
            ("Discount", "customer__subscriber"),
            ("Invoice", "customer__subscriber"),
            ("Invoice_default_tax_rates", "invoice__customer__subscriber"),
            ("UpcomingInvoice", "customer__subscriber"),
            ("InvoiceItem", "customer__subscriber"),
            ("InvoiceItem_tax_rates", "invoiceitem__customer__subscriber"),
            ("LineItem", "subscription__customer__subscriber"),
            ("Subscription", "customer__subscriber"),
            ("SubscriptionItem", "subscription__customer__subscriber"),
            ("SubscriptionItem_tax_rates", "subscriptionitem__subscription__customer__subscriber"),
            ("SubscriptionSchedule", "customer__subscriber"),
            ("TaxId", "customer__subscriber"),
            ("Session", "customer__subscriber"),
            ("PaymentIntent", "customer__subscriber"),
            ("SetupIntent", "customer__subscriber"),
            ("PaymentMethod", "customer__subscriber"),
            ("Source", "customer__subscriber"),
            ("SourceTransaction", "source__customer__subscriber"),
            ("Mandate", "payment_method__customer__subscriber"),
            ("Dispute", "charge__customer__subscriber"),
            ("Refund", "charge__customer__subscriber"),
            ("BalanceTransaction", "charge__customer__subscriber"),
            ("ApplicationFee", "charge__customer__subscriber"),
            ("ApplicationFeeRefund", "fee__charge__customer__subscriber"),
            ("Card", ""),
            ("BankAccount", ""),
            ("Event", ""),
            ("WebhookEventTrigger", ""),
        )
    ),
    # What staff did -------------------------------------------------------------------------
    Personal("wagtailusers.UserProfile", "user", Delete()),
    Personal("wagtailadmin.EditingSession", "user", Delete(), not_exported=_SHORT),
    Personal("wagtailadmin.FormState", "user", Delete(), not_exported=_STAFF),
    Personal("wagtailcore.APIToken", "user", Delete(), not_exported=_SECRET),
    Personal("wagtailcore.PageSubscription", "user", Delete(), not_exported=_STAFF),
    Personal("wagtailcore.UploadedFile", "uploaded_by_user", Delete()),
    Personal(
        "wagtailcore.Revision",
        "user",
        Clear(because=_AUTHOR),
        not_exported=_STAFF,
        first="config.leaving.blank_revisions",
    ),
    Personal(
        "wagtailcore.ModelLogEntry",
        "user",
        Clear(because=_AUTHOR),
        not_exported=_STAFF,
        first="config.leaving.forget_admin_log",
    ),
    Personal("assistant.Suggestion", "editor", Clear(because=_AUTHOR), not_exported=_STAFF),
    Personal("admin.LogEntry", "user", HandOver(_AUTHOR), not_exported=_STAFF),
    *(
        Personal(f"{model}", path, Clear(because=_AUTHOR), not_exported=_STAFF)
        for model, path in (
            ("wagtailcore.Page", "owner locked_by"),
            ("wagtailcore.PageLogEntry", "user"),
            ("wagtailcore.WorkflowState", "requested_by"),
            ("wagtailcore.TaskState", "finished_by"),
            ("core.CoverImage", "uploaded_by_user"),
            ("wagtaildocs.Document", "uploaded_by_user"),
            ("wagtailimages.Image", "uploaded_by_user"),
            ("training.Video", "uploader"),
            ("dashboard.BulkChange", "editor"),
            ("trainers.TrainerPage", "account owner locked_by"),
        )
    ),
    *(
        Personal(model, path, Along("wagtailcore.Page"), not_exported=_STAFF)
        for model, path in (
            ("home.HomePage", "owner locked_by"),
            ("workouts.WorkoutIndexPage", "owner locked_by"),
            ("workouts.WorkoutPage", "owner locked_by"),
            ("articles.ArticleIndexPage", "owner locked_by"),
            ("articles.ArticlePage", "owner locked_by"),
            ("categories.CategoryPage", "owner locked_by"),
            ("home.LandingPage", "owner locked_by"),
            ("programmes.ProgrammeIndexPage", "owner locked_by"),
            ("programmes.ProgrammePage", "owner locked_by"),
            ("trainers.TrainerIndexPage", "owner locked_by"),
            ("tutorials.TutorialIndexPage", "owner locked_by"),
            ("tutorials.TutorialPage", "owner locked_by"),
        )
    ),
    Personal("wagtailcore.CommentReply", "user", HandOver(_AUTHOR)),
    Personal("wagtailcore.Comment", "user resolved_by", HandOver(_AUTHOR), leave_out="resolved_by"),
    # How the member came in -----------------------------------------------------------------
    Personal("api_core.AnsweredRequest", "user", Delete(), not_exported=_SHORT),
    Personal("accounts.User_groups", "user", Delete(), also="group__name"),
    Personal("accounts.User_user_permissions", "user", Delete(), also="permission__name"),
    Personal(
        "socialaccount.SocialToken",
        "account__user",
        Delete(),
        first="config.leaving.part_from_apple",
        not_exported=_SECRET,
    ),
    Personal("socialaccount.SocialAccount", "user", Delete()),
    Personal("accounts.SignIn", "user", Delete(), leave_out="password_mark generation"),
    Personal("sessions.Session", "", Call("config.leaving.end_sessions"), not_exported=_SECRET),
    *(
        Personal(f"django_q.{model}", "", erase, not_exported=_SHORT)
        for model, erase in (
            ("Task", Call("config.leaving.forget_tasks")),
            ("Success", Along("django_q.Task")),
            ("Failure", Along("django_q.Task")),
            ("OrmQ", Along("django_q.Task")),
            ("Schedule", Along("django_q.Task")),
        )
    ),
    Personal("staff.StaffLink", "user issued_by", Delete(), not_exported=_SECRET),
    Personal("staff.ProvenFactor", "authenticator__user", Delete(), not_exported=_STAFF),
    Personal("mfa.Authenticator", "user", Delete(), leave_out="data"),
    Personal("usersessions.UserSession", "user", Delete(), leave_out="session_key"),
    Personal("account.EmailConfirmation", "email_address__user", Delete(), not_exported=_SECRET),
    Personal("account.EmailAddress", "user", Delete()),
    Personal(
        "privacy.AuditEntry",
        "subject_id",
        Call("fitness.privacy.services.erasing.scrub_audit"),
        leave_out="actor_id",
    ),
    # The account itself, last of all --------------------------------------------------------
    Personal(
        "privacy.Closure", "user", Along("accounts.User"), leave_out="accounts_elsewhere hidden"
    ),
    Personal(
        "accounts.User",
        "pk",
        Call("fitness.privacy.services.erasing.delete_account"),
        leave_out="password",
    ),
    # What belongs to no member --------------------------------------------------------------
    Impersonal("training", "Category Exercise", "the library"),
    Impersonal("catalog", "Product Offer", "what is for sale"),
    Impersonal("media", "Transcode PosterFrame Caption Chapter Transcript", "parts of videos"),
    Impersonal("links", "Link LinkPlace", "addresses of other sites"),
    Impersonal("dashboard", "BulkChangePage", "pages whose turn comes"),
    Impersonal("core", "CoverRendition", "sizes of a picture"),
    Impersonal("core", "Withdrawn", "pages that left the site"),
    Impersonal("workouts", "PageVideo PageExercise", "parts of pages"),
    Impersonal("programmes", "ProgrammeSession", "parts of pages"),
    Impersonal("search", "Document Word", "public words of pages and exercises"),
    Impersonal("search", "Wanted", "words that many looked for, without who did"),
    Impersonal(
        "wagtailsearchpromotions",
        "Query QueryDailyHits SearchPromotion",
        "what editors pinned for which words; hits are not counted there",
    ),
    Impersonal(
        "wagtailcore",
        "Locale Site GroupSitePermission CollectionViewRestriction_groups"
        " CollectionViewRestriction Collection GroupCollectionPermission WorkflowContentType"
        " Workflow WorkflowTask Task GroupApprovalTask_groups GroupApprovalTask"
        " GroupPagePermission PageViewRestriction_groups PageViewRestriction WorkflowPage"
        " ReferenceIndex",
        "how the site is set up",
    ),
    Impersonal("wagtailforms", "FormSubmission", "no page of the site has a form of Wagtail's"),
    Impersonal("wagtailredirects", "Redirect", "addresses of pages"),
    Impersonal("wagtailembeds", "Embed", "films of other sites"),
    Impersonal("wagtailimages", "Rendition", "sizes of a picture"),
    Impersonal("wagtailsearch", "IndexEntry", "words of pages, pictures and documents"),
    Impersonal("wagtailadmin", "Admin", "holds permissions, no rows"),
    Impersonal("taggit", "Tag TaggedItem", "words on pictures and documents"),
    Impersonal("cache", "Entry", "counts under digests, gone within hours"),
    Impersonal("auth", "Permission Group_permissions Group", "roles, not who has them"),
    Impersonal("contenttypes", "ContentType", "names of models"),
    Impersonal("socialaccount", "SocialApp", "our keys at other services"),
    Impersonal(
        "djstripe",
        "IdempotencyKey APIKey Account AccountV2 Coupon PromotionCode ShippingRate TaxCode"
        " TaxRate CountrySpec Transfer TransferReversal Product File FileLink Payout Price Feature"
        " ProductFeature WebhookEndpoint ScheduledQueryRun DjstripePaymentMethod",
        "our own account at Stripe and what it sells",
    ),
    Impersonal(
        "djstripe",
        "ActiveEntitlement VerificationSession VerificationReport IssuingAuthorization IssuingCard"
        " IssuingCardholder IssuingDispute IssuingTransaction EarlyFraudWarning Review",
        "services of Stripe that we do not use and take no events of",
    ),
)
