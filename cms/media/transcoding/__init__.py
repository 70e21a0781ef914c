"""From an uploaded file to a ladder of streams (HLS), in the background."""
