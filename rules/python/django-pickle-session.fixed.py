SECRET_KEY = "read from the environment"
SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"

# ruleid: django-pickle-session
SESSION_SERIALIZER = "django.contrib.sessions.serializers.JSONSerializer"

if SESSION_ENGINE.endswith("cache"):
    # ruleid: django-pickle-session
    SESSION_SERIALIZER = "django.contrib.sessions.serializers.JSONSerializer"
else:
    # ok: django-pickle-session
    SESSION_SERIALIZER = "django.contrib.sessions.serializers.JSONSerializer"

# ok: django-pickle-session
MESSAGE_SERIALIZER = "django.contrib.messages.serializers.JSONSerializer"
