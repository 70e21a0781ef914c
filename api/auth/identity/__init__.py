"""Google and Apple: who somebody is by another's word, checked before it is believed."""
