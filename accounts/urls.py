"""A member's own pages, and allauth's: signing up and in, addresses, passwords, second factors."""

from django.urls import include, path

from accounts import profile

urlpatterns = [
    path("", profile.profile, name="profile"),
    path("download/", profile.profile_download, name="profile_download"),
    path("leave/", profile.profile_leave, name="profile_leave"),
    path("sessions/", profile.profile_sessions, name="profile_sessions"),
    path("left/", profile.profile_left, name="profile_left"),
    path("second-factor/", profile.second_factor_needed, name="second_factor_needed"),
    path("", include("allauth.account.urls")),
    path("devices/", include("allauth.mfa.urls")),
]
