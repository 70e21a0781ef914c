"""What is personal, who watches it, and how long things are kept."""

from config.env import env

# Every model in the house, and what an export and an erasure do with it.
PERSONAL_DATA = "config.personal_data.PERSONAL_DATA"
# Whose changes the database itself writes down.
AUDITED = "config.audited.AUDITED"
# How a closed account stops costing its member anything (and what stores call the member), and
# how stores forget them: the domain of members knows no stores.
BILLING_ENDS = "commerce.checkout.leaving.end_billing"
STORES_FORGET = "commerce.checkout.leaving.forget_at_stores"
# Every address that a member has given us, confirmed or not.
ADDRESSES_OF = "config.leaving.addresses_of"
# Days an erasure can be undone, and days the file of an export is kept.
UNDO_DAYS = env.int("UNDO_DAYS", default=14)
EXPORT_DAYS = 7
