"""A member's own pages, and allauth's: signing up and in, addresses, passwords, second factors."""

from allauth.account import views as account
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as key
from django.urls import include, path

from accounts import profile
from accounts.profile import confirmed

# Where whoever finds an open browser could make an account theirs. Allauth asks again only who has
# a password or a device.
CONFIRMED = [
    path("password/set/", confirmed(account.password_set)),
    path("email/", confirmed(account.email)),
    path("devices/totp/activate/", confirmed(app.activate_totp)),
    path("devices/webauthn/add/", confirmed(key.add_webauthn)),
]
urlpatterns = [
    *CONFIRMED,
    path("", profile.profile, name="profile"),
    path("download/", profile.profile_download, name="profile_download"),
    path("leave/", profile.profile_leave, name="profile_leave"),
    path("sessions/", profile.profile_sessions, name="profile_sessions"),
    path("left/", profile.profile_left, name="profile_left"),
    path("second-factor/", profile.second_factor_needed, name="second_factor_needed"),
    path("", include("allauth.account.urls")),
    path("devices/", include("allauth.mfa.urls")),
]
