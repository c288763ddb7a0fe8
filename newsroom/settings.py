"""Every setting, in Django's own order, read from the environment by strict readers.

Without SITE_URL the site is local: http://localhost, an embedded PostgreSQL and a generated
key. With SITE_URL it is in production, and everything that must be secret must be given.
"""

from pathlib import Path
from urllib.parse import urlsplit

from django.conf import global_settings
from django.utils.csp import CSP

from newsroom import environment
from newsroom.allauth_settings import *  # noqa: F403
from operations.pooling import check_connection

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(environment.text("DATA_DIR", str(BASE_DIR / ".data")))

SITE_URL = (
    environment.site_url("SITE_URL") or f"http://localhost:{environment.number('PORT', 8000)}"
)
IS_LOCAL = not environment.text("SITE_URL")

# Core
DEBUG = False
SECRET_KEY = (
    environment.generated_secret(DATA_DIR / "secret-key")
    if IS_LOCAL
    else environment.required("SECRET_KEY", because="SITE_URL makes this a public site")
)
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"] if IS_LOCAL else [urlsplit(SITE_URL).hostname]
INSTALLED_APPS = [
    "newsroom",  # first: its templates fill the blocks of the apps' own
    "translations",
    "comments",
    "fundraising",
    "articles",
    "accounts",
    "operations",
    "pictures",
    "richtext",
    "throttling",
    "pagecache",
    "mptt",
    "imagefield",
    "django_prose_editor",
    "js_asset",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks_db",
    "newsroom.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",  # the templates behind our form renderer
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "newsroom.middleware.EditionMiddleware",
    "newsroom.middleware.KeptPagesMiddleware",
    "django.middleware.common.CommonMiddleware",
    "newsroom.middleware.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "newsroom.folding.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                ),
            ],
            "builtins": ["operations.templatetags.machine_times"],
            "context_processors": [
                "django.template.context_processors.csp",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "newsroom.context_processors.site",
            ],
        },
    },
]
FORM_RENDERER = "newsroom.forms.FormRenderer"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["newsroom.uploads.RequestSizeLimit", *global_settings.FILE_UPLOAD_HANDLERS]
X_FRAME_OPTIONS = "DENY"

# Database
POOL = {"min_size": 1, "max_size": environment.number("DATABASE_POOL_SIZE", 8), "timeout": 5,
        "check": check_connection, "reconnect_timeout": 1}  # fmt: skip  # s; longer ones double
_options = {"pool": POOL, "prepare_threshold": 1}  # of operations.composed
if environment.text("DATABASE_URL") or not IS_LOCAL:
    _url = environment.required("DATABASE_URL", because="SITE_URL makes this a public site")
    DATABASES = {"default": environment.database(_url, options=_options)}
else:
    DATABASES = {"default": {"ENGINE": "operations.embedded", "NAME": "newsroom",
                             "DIRECTORY": DATA_DIR / "postgres", "OPTIONS": _options,
                             "CONN_HEALTH_CHECKS": True}}  # fmt: skip
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Accounts
AUTH_USER_MODEL = "accounts.User"
SESSION_ENGINE = "accounts.sessions"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator",
                 "CommonPasswordValidator", "NumericPasswordValidator")
]  # fmt: skip
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = IS_LOCAL
STAFF_SECOND_FACTOR = bool(environment.number("STAFF_SECOND_FACTOR", 0 if IS_LOCAL else 1))
CACHES = {"default": {"BACKEND": "throttling.shared_cache.SharedCache"}}  # allauth's limits

# Languages and time. SiteSettings says which of the languages are editions.
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("de", "Deutsch"), ("tr", "Türkçe"),
             ("ru", "Русский"), ("ar", "العربية")]  # fmt: skip
FORMAT_MODULE_PATH = ["newsroom.formats"]
TIME_ZONE = environment.text("TIME_ZONE", "UTC")
USE_TZ = True

# Files
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
_files = "django.core.files.storage.FileSystemStorage"
_hashed = "HashedFiles" if IS_LOCAL else "CompressedHashedFiles"
STORAGES = {
    "default": {"BACKEND": _files},
    "private": {"BACKEND": _files, "OPTIONS": {"location": DATA_DIR / "private"}},  # the desk's
    "staticfiles": {"BACKEND": f"newsroom.static_storage.{_hashed}"},
}
IMAGEFIELD_BIN_DEPTH = 2

# Mail and background work
MAILERS = {"default": environment.mailer("EMAIL_URL", else_below=DATA_DIR / "mail")}
DEFAULT_FROM_EMAIL = environment.text("MAIL_FROM", f"newsroom@{urlsplit(SITE_URL).hostname}")
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# What goes wrong is said on standard error: Django's own handlers want DEBUG or a mail address.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"]},
    "loggers": {"newsroom": {"level": "INFO"}, "django.request": {"level": "ERROR"}},
}

# Security
STRIPE = environment.stripe()
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF, CSP.NONCE],  # a nonce only where a page asks for one: desk, accounts
    "style-src": [CSP.SELF, CSP.NONCE],
    "img-src": [CSP.SELF, "data:", "blob:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF, *environment.checkouts(STRIPE)],
    "frame-ancestors": [CSP.NONE],
}
CSRF_FAILURE_VIEW = "newsroom.sending_again.csrf_failure"
SILENCED_SYSTEM_CHECKS = ["security.W003"]  # newsroom.middleware.CsrfViewMiddleware is a subclass
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = not IS_LOCAL
SECURE_PROXY_SSL_HEADER = None if IS_LOCAL else ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 0 if IS_LOCAL else 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not IS_LOCAL
TRUSTED_PROXIES = ALLAUTH_TRUSTED_PROXY_COUNT = environment.number("TRUSTED_PROXIES", 0)

# The newsroom's own
_people = "chief:imogen editor:bertil reporter:priya translator:mina moderator:tomasz"
DEMO_SIGN_INS = [  # role, name, password: on a local site only, where `make run` prints them
    (*person.split(":"), "quillmere")
    for person in f"{_people} fundraiser:leila member:wilma".split()
]
PAGE_CACHE_MEGABYTES = environment.number("PAGE_CACHE_MEGABYTES", 64)  # each process; 0: none
SHARED_CACHE_SECONDS = environment.number("SHARED_CACHE_SECONDS", 0)  # without asking, by a CDN
METRICS = environment.number("METRICS", 0)  # 1: /metrics answers whoever reaches it
COMMENTS_PER_PREFIX = environment.number("COMMENTS_PER_PREFIX", 60)  # in ten minutes
FORMS_PER_PREFIX = environment.number("FORMS_PER_PREFIX", 10)  # in ten minutes, of each kind
COMMENTS_PER_STORY = environment.number("COMMENTS_PER_STORY", 600)  # in ten minutes, by everybody
NEW_VOTERS_PER_PREFIX = environment.number("NEW_VOTERS_PER_PREFIX", 10)  # guests in an hour
VOTES_PER_PREFIX = environment.number("VOTES_PER_PREFIX", 300)  # in ten minutes
SEARCHES_PER_PREFIX = environment.number("SEARCHES_PER_PREFIX", 300)  # in ten minutes
GIFTS_PER_PREFIX = environment.number("GIFTS_PER_PREFIX", 20)  # in ten minutes
COMMENTS_FOLD_AT = -environment.number("COMMENTS_FOLD_BELOW_ZERO", 5)  # a score
COMMENT_CHECK = environment.text("COMMENT_CHECK")  # a function's dotted path; "": none
COMMENT_CHECK_SECONDS = environment.number("COMMENT_CHECK_SECONDS", 3)  # then a comment is held
COMMENT_EDIT_MINUTES = environment.number("COMMENT_EDIT_MINUTES", 15)  # 0: never
