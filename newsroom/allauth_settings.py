"""What django-allauth is told: accounts, signing in, second factors. Part of `settings`."""

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "profile"  # the paper is the same for everybody: who is in sees it here
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL  # whose page says that one is out
ACCOUNT_ADAPTER = "newsroom.sign_in.NewsroomAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1"]  # without a password: by codes alone
ACCOUNT_FORMS = {
    "login": "accounts.forms.LoginForm",
    "signup": "accounts.forms.SignupForm",
    "confirm_email_verification_code": "accounts.forms.ProofForm",
    "add_email": "accounts.forms.AddEmailForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "confirm_login_code": "accounts.forms.ConfirmLoginCodeForm",
    "confirm_password_reset_code": "accounts.forms.ConfirmPasswordResetCodeForm",
    "reauthenticate": "accounts.forms.ReauthenticateForm",
    "request_login_code": "accounts.forms.RequestLoginCodeForm",
    "reset_password": "accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.ResetPasswordKeyForm",
    "set_password": "accounts.forms.SetPasswordForm",
}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60  # seconds; mail may take its time
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60  # seconds
ACCOUNT_CHANGE_EMAIL = True  # one address; another one counts once it is proven
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_USERNAME_MIN_LENGTH = 2
ACCOUNT_RATE_LIMITS = {  # ip: an address prefix; counted in `throttling.shared_cache`
    "signup": "20/10m/ip",
    "login": "30/m/ip",
    # Wrong passwords: of a network for one name (the key is both), and of all for one name. A
    # network alone never reaches the latter, after which only codes sign in for the day.
    "login_failed": "10/m/ip,5/5m/key,20/d/key",
    "login_failed_anywhere": "100/d/key",
    # Codes: of all networks for one address, which spares its mailbox, and of a network for it: so
    # much less that none alone uses up the owner's.
    "request_login_code": "20/10m/ip,20/h/key",
    "request_login_code_here": "3/10m/key,10/d/key",
    "reset_password": "20/10m/ip,20/h/key",
    "reset_password_here": "3/10m/key,10/d/key",
}
MFA_ADAPTER = "accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "authenticate": "accounts.device_forms.AuthenticateForm",
    "reauthenticate": "accounts.device_forms.ReauthenticateForm",
    "activate_totp": "accounts.device_forms.ActivateAppForm",
    "add_webauthn": "accounts.device_forms.AddKeyForm",
    "authenticate_webauthn": "accounts.device_forms.AuthenticateByKeyForm",
    "login_webauthn": "accounts.device_forms.LoginByKeyForm",
    "reauthenticate_webauthn": "accounts.device_forms.ReauthenticateByKeyForm",
}
