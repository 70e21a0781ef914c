"""Everything the clock starts; ``manage.py sync_schedules`` makes the queue agree with it.

A name, the task's path and when: minute, hour, day, month, weekday, in UTC. The queue looks at
the clock every half minute.
"""

SCHEDULES: dict[str, tuple[str, str]] = {
    "publish scheduled pages": ("config.tasks.publish_scheduled_pages", "* * * * *"),
    "forget expired sessions": ("config.tasks.forget_expired_sessions", "10 3 * * *"),
    "forget answered requests": ("config.tasks.forget_answered_requests", "15 * * * *"),
    "forget handled webhooks": ("commerce.gateways.stripe.tasks.prune_inbox", "25 3 * * *"),
    "forget expired cache entries": ("config.cache.tasks.forget_expired", "5 * * * *"),
    "forget left-over uploads": ("cms.media.uploads.tasks.forget_left_over_uploads", "50 * * * *"),
    # What can be found (cms/search).
    "mend search": ("cms.search.tasks.heal_search", "*/10 * * * *"),
    "tidy search": ("cms.search.tasks.tidy_search", "55 3 * * *"),
    # Closed accounts and exports (fitness/privacy).
    "see to closed accounts": ("fitness.privacy.tasks.see_to_closures", "40 * * * *"),
    "forget old exports": ("fitness.privacy.tasks.forget_old_exports", "35 3 * * *"),
    "forget erased members' last news": ("fitness.privacy.tasks.forget_last_news", "45 3 * * *"),
    "draw covers that are missing": ("cms.core.drawing.draw_missing_covers", "30 * * * *"),
    "sweep media": ("cms.media.sweeping.sweep_media", "5 4 * * *"),
    "forget left suggestions": ("cms.assistant.tasks.forget_left_suggestions", "55 * * * *"),
    "ask links to other sites": ("cms.links.services.ask_all", "15 2 * * 1"),
    "forget old changes": ("cms.dashboard.tasks.forget_old_changes", "0 4 * * *"),
    "forget finished tasks": ("config.tasks.forget_finished_tasks", "20 3 * * *"),
}
