"""What is a reader's own, below /me/: never cached, in the person's own language."""

from django.urls import path

from comments import personal

app_name = "personal"
urlpatterns = [
    path("overlay/", personal.overlay, name="overlay"),
    path("comments/", personal.own_comments, name="own_comments"),
]
