"""Claimline's settings, in reading order; each that an operator may change is an environment variable (README)."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from kombu import Queue

from project import env, logs
from project.mail import mail_sender, mail_server

ROOT = Path(__file__).resolve().parent.parent
VAR_DIR = env.folder("VAR_DIR", default=ROOT / "var")

# --- Who may reach it -------------------------------------------------------------------------------------------------
DEBUG = env.flag("DEBUG", default=False)
BEHIND_TLS_PROXY = env.flag("BEHIND_TLS_PROXY", default=False)
BASE_URL = env.web_address("BASE_URL", default="http://localhost:8000")
ALLOWED_HOSTS = env.words(
    "ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]", urlsplit(BASE_URL).hostname or ""]
)
SECRET_KEY = env.secret("SECRET_KEY", kept_in=VAR_DIR / "secret_key")

if "*" in ALLOWED_HOSTS and not DEBUG:
    raise env.WrongSetting("ALLOWED_HOSTS", "must name the hosts it serves; * is refused while DEBUG is off")
if DEBUG and BEHIND_TLS_PROXY:
    raise env.WrongSetting("DEBUG", "must be off behind a public proxy (BEHIND_TLS_PROXY is on)")

# --- The newsroom -----------------------------------------------------------------------------------------------------
NEWSROOM_NAME = env.text("NEWSROOM_NAME", "Claimline")
TIME_ZONE = env.time_zone("TIME_ZONE", default="UTC")
USE_TZ = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("id", "Bahasa Indonesia")]
LOCALE_PATHS = [ROOT / "claims" / "locale"]
SEEDS_DIR = ROOT / "seeds"

# --- What it reaches --------------------------------------------------------------------------------------------------
# Addresses that people enter lead to the public web alone, but for these.
PRIVATE_HOSTS = env.places("PRIVATE_HOSTS")

# --- E-mail -----------------------------------------------------------------------------------------------------------
MAIL_SERVER = mail_server("EMAIL_URL")
EMAIL_BACKEND = MAIL_SERVER.backend
EMAIL_HOST, EMAIL_PORT = MAIL_SERVER.host, MAIL_SERVER.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL_SERVER.user, MAIL_SERVER.password
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL_SERVER.use_tls, MAIL_SERVER.use_ssl
# For one letter in all, from the connection to the server's yes.
EMAIL_TIMEOUT = 10
EMAIL_FROM = mail_sender("EMAIL_FROM", newsroom=NEWSROOM_NAME, host=urlsplit(BASE_URL).hostname)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = EMAIL_FROM

# --- Parts ------------------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "csp",
    "axes",
    "claims.apps.ClaimsConfig",
    # Behind our own app, whose templates come before the ones of the admin.
    "claims.apps.DeskConfig",
]
MIDDLEWARE = [
    "project.requests.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    # Before the static files, which are answered there: a drawing is a document of its own when it is opened.
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    # The last: it has a word only about what the log-in answered.
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "project.urls"
WSGI_APPLICATION = "project.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

# --- Database ---------------------------------------------------------------------------------------------------------
# IMMEDIATE: a deferred transaction that turns from reading to writing fails at once when another one writes.
# WAL: readers go on while the sweep writes; NORMAL loses at most the last commits on power loss, never the file.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=268435456;",
}
DATABASES = {
    "default": env.database(
        "DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'claimline.sqlite3'}", options=SQLITE_OPTIONS
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, as in production: other processes of a test (worker, server) must see the same rows.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
else:
    # A server that vanished from the network is given up, in seconds and milliseconds, not waited for by all requests.
    DATABASES["default"]["OPTIONS"] = {
        "connect_timeout": 5,
        "tcp_user_timeout": 20_000,
        **DATABASES["default"].get("OPTIONS", {}),
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- People -----------------------------------------------------------------------------------------------------------
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
# Wrong passwords for one name from one address. Never by the name alone: any stranger could lock an editor out.
LOGIN_TRIES = env.whole_number("LOGIN_TRIES", default=5, least=1, most=10)
LOGIN_PAUSE_MINUTES = env.whole_number("LOGIN_PAUSE_MINUTES", default=15, least=1, most=1440)
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "claims.admin.guard.GuardedBackend"]
AXES_ENABLED = True
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = LOGIN_TRIES
AXES_COOLOFF_TIME = timedelta(minutes=LOGIN_PAUSE_MINUTES)
AXES_RESET_ON_SUCCESS = True
# Whoever goes on trying does not prolong it, and writes nothing.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_CLIENT_IP_CALLABLE = "claims.callers.address_of"
AXES_LOCKOUT_CALLABLE = "claims.admin.guard.locked_out"
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"

# --- Transport --------------------------------------------------------------------------------------------------------
if BEHIND_TLS_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    # Asked from within, past the proxy.
    SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz|metrics)$"]
    SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds())
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
if urlsplit(BASE_URL).scheme == "https":
    CSRF_TRUSTED_ORIGINS = [BASE_URL]
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
# Django 6 reads this name itself; until then django-csp sends it.
SECURE_CSP = {
    "default-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
}
CONTENT_SECURITY_POLICY = {"DIRECTIVES": SECURE_CSP}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# --- Static files -----------------------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "project.static.HashedFiles"},
}
if DEBUG:
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}

# --- Celery: the alarm clock, never the memory ------------------------------------------------------------------------
SWEEP_SECONDS = env.whole_number("SWEEP_SECONDS", default=60, least=1, most=86_400)
OUTBOX_SECONDS = min(SWEEP_SECONDS, 10)
STOCK_SECONDS = 5 * 60
PRUNE_SECONDS = 24 * 60 * 60
FORGET_SECONDS = 60 * 60
REDIS_URL = env.broker("REDIS_URL", default="redis://127.0.0.1:6379/0")
CELERY_BROKER_URL = REDIS_URL
CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
# Early acknowledgement: work lost with a message is found again by state at the next beat; a worker that
# acknowledges late dies with its broker.
CELERY_TASK_ACKS_LATE = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 15 * 60
CELERY_TASK_SOFT_TIME_LIMIT = 14 * 60
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 5
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_timeout": 10, "socket_connect_timeout": 5, "socket_keepalive": True}
# What waits for other people's servers has a queue of its own; a worker without --queues serves both.
CELERY_TASK_QUEUES = [Queue("celery"), Queue("outbox")]
CELERY_TASK_ROUTES = {"claims.deliver_*": {"queue": "outbox"}}
CELERY_BEAT_MAX_LOOP_INTERVAL = 5
CELERY_BEAT_SCHEDULER = "project.beat:PunctualScheduler"
CELERY_BEAT_SCHEDULE = {
    task: {
        "task": task,
        "schedule": timedelta(seconds=seconds),
        # A backlog of stale alarms is of no use: the next one finds the same work.
        "options": {"expires": 2 * seconds},
    }
    for task, seconds in {
        "claims.flag_due_claims": SWEEP_SECONDS,
        "claims.prepare_notices": OUTBOX_SECONDS,
        "claims.write_letters": OUTBOX_SECONDS,
        "claims.deliver_letters": OUTBOX_SECONDS,
        "claims.deliver_webhooks": OUTBOX_SECONDS,
        "claims.prune_notices": PRUNE_SECONDS,
        "claims.forget_answers": FORGET_SECONDS,
        "claims.take_stock": STOCK_SECONDS,
    }.items()
}

# --- API --------------------------------------------------------------------------------------------------------------
# A minute, for each token or person, and for each address of those who are neither; 0: without a limit.
API_RATE_READS = env.whole_number("API_RATE_READS", default=30_000, least=0, most=10_000_000)
API_RATE_WRITES = env.whole_number("API_RATE_WRITES", default=3_000, least=0, most=10_000_000)
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "claims.api.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["claims.api.permissions.RolePermission"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["claims.api.parsers.StrictJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "claims.api.schema.DescribedSchema",
    "EXCEPTION_HANDLER": "claims.api.problems.problem_response",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    # `format` is a parameter like any other: unknown.
    "URL_FORMAT_OVERRIDE": None,
    "COERCE_DECIMAL_TO_STRING": True,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Claimline",
    "DESCRIPTION": "Dated claims drawn from articles: who said what would happen, by when, and whether it did.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": r"/api/v1/",
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    "WEBHOOKS": ["claims.api.calls.CLAIM", "claims.api.calls.TEST"],
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "claims.api.calls.with_headers",
    ],
    "ENUM_NAME_OVERRIDES": {
        "Status": "claims.lifecycle.Status",
        "Verdict": "claims.lifecycle.Verdict",
        "Schedule": "claims.lifecycle.Schedule",
        "EventKind": "claims.lifecycle.EventKind",
        "ClaimKind": "claims.models.ClaimKind",
        "ClaimantKind": "claims.models.ClaimantKind",
        "CitationRole": "claims.models.CitationRole",
        "FigureRole": "claims.models.FigureRole",
        "Attribution": "claims.models.Attribution",
        "Comparator": "claims.models.Comparator",
        "Stance": "claims.models.Stance",
        "WebhookFormat": "claims.models.WebhookFormat",
        "ParcelState": "claims.models.parcel.State",
    },
}

# --- Logs -------------------------------------------------------------------------------------------------------------
LOG_FORMAT = env.choice("LOG_FORMAT", default="text", among=logs.FORMATS)
# Without them a line tells only of what failed.
LOG_REQUESTS = env.flag("LOG_REQUESTS", default=True)
LOGGING = logs.settings_for(LOG_FORMAT, are_requests_told=LOG_REQUESTS)
logs.configure_structlog()

# --- Metrics ----------------------------------------------------------------------------------------------------------
METRICS_TOKEN = env.text("METRICS_TOKEN")
METRICS_DIR = env.folder("METRICS_DIR", default=VAR_DIR / "metrics")
# Read by the library as it is imported: the web server's processes count into files that all of them read.
os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(METRICS_DIR)
