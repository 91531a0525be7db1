# SPDX-License-Identifier: Apache-2.0
"""Settings of Django; what a place may choose comes from `zhihang.web.deployment`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from zhihang.web.deployment import deployment

HERE = Path(__file__).parent
PLACE = deployment()
HTTPS = PLACE.flag("https")

SECRET_KEY = PLACE.secret()
DEBUG = False
ALLOWED_HOSTS = PLACE.hosts
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in PLACE.hosts[3:]] if HTTPS else []
ROOT_URLCONF = "zhihang.web.urls"
WSGI_APPLICATION = "zhihang.web.wsgi.application"
DATABASES = {"default": PLACE.database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APPEND_SLASH = True

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "zhihang.web",
    "zhihang.web.accounts",
    "zhihang.web.audit",
    "zhihang.web.jobs",
]
MIDDLEWARE = [
    "zhihang.web.middleware.security_headers.security_headers",
    "zhihang.web.middleware.upload_limit.upload_limit",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "zhihang.web.middleware.who_and_where.who_and_where",
    "zhihang.web.middleware.sane_request.sane_request",
    "zhihang.web.middleware.mendable_errors.MendableErrors",
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PLACE.folder / "pages", HERE / "pages", HERE / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "zhihang.web.frame.frame",
            ],
            "builtins": [
                "django.templatetags.static",
                "zhihang.web.templatetags.words",
                "zhihang.web.templatetags.addresses",
                "zhihang.web.templatetags.figures",
                "zhihang.web.templatetags.charts",
                "zhihang.web.templatetags.desk_words",
                "zhihang.web.templatetags.told",
            ],
        },
    }
]

# People.
AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["zhihang.web.accounts.backend.Backend"]
SESSION_ENGINE = "zhihang.web.accounts.session_store"
LOGIN_URL = "/sign-in/"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email", "display_name")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# Cookies and transport.
SESSION_COOKIE_NAME = "zhihang"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "zhihang.web.failures.forgery"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PLACE.flag("behind_proxy") else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Uploads: larger parts go to disk at once; the whole is bounded.
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 << 20
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 << 20
UPLOAD_MAX_BYTES = int(PLACE.text("upload_megabytes", "2048")) << 20
FILE_UPLOAD_PERMISSIONS = 0o600

# Words and time.
LANGUAGE_CODE = "zh-hans"
USE_I18N = True
TIME_ZONE = PLACE.text("time_zone", "Asia/Shanghai")
USE_TZ = True

# Files of the pages.
STATIC_URL = "/static/"
STATICFILES_DIRS = [HERE / "static"]
STATIC_ROOT = PLACE.state / "static"
STATIC_ROOT.mkdir(mode=0o700, parents=True, exist_ok=True)
GATHERED = PLACE.flag("gather") or (STATIC_ROOT / "staticfiles.json").exists()
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "zhihang.web.static_files.StaticFiles"
        if GATHERED
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not GATHERED
WHITENOISE_MIMETYPES = {".mjs": "text/javascript", ".woff2": "font/woff2"}

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "zhihang": {"level": "INFO"},
        "django.request": {"level": "ERROR"},
        "django.security": {"level": "WARNING"},
    },
}
