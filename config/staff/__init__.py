"""How somebody of the staff comes by a second factor that a stolen password does not give."""
