# SPDX-License-Identifier: Apache-2.0
"""People and how they sign in: accounts, attempts, sessions, keys for programs."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from zhihang.errors import DefinitionError
from zhihang.terms.region import Region
from zhihang.web.accounts.role import ANYONE, Role, roles

ROLE_CHOICES = [(role.name, role.label.zh) for role in roles().values()]


class PersonManager(BaseUserManager["Person"]):
    """Makes accounts."""

    def create_person(self, name: str, password: str | None, role: str, **more: Any) -> Person:
        """Make an account and return it; without a password nobody can sign in with it."""
        person = self.model(name=name.strip(), role=role, **more)
        person.set_password(password)
        person.full_clean(exclude=["password"])
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> Person:
        """Return the account of a name, whatever its case."""
        return self.get(name__iexact=username)


class Person(AbstractBaseUser):
    """An account (账号). `region` bounds what a scoped role sees; `subject` names the firm or park it stands for."""

    USERNAME_FIELD = "name"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    name = models.CharField(max_length=60, unique=True)
    display_name = models.CharField(max_length=60, blank=True)
    email = models.EmailField(blank=True)
    role = models.CharField(max_length=20, choices=ROLE_CHOICES)
    region = models.CharField(max_length=6, blank=True)
    subject = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=2, blank=True, choices=[("zh", "中文"), ("en", "English")])
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    totp_secret = models.CharField(max_length=64, blank=True)
    totp_used_at = models.BigIntegerField(default=0)
    recovery_codes = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PersonManager()

    class Meta:
        """Listed by name."""

        ordering: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.display_name or self.name

    def clean(self) -> None:
        """Refuse a region that is none, and a scoped role without one."""
        from django.core.exceptions import ValidationError

        super().clean()
        if self.region:
            try:
                Region(self.region)
            except DefinitionError as error:
                raise ValidationError({"region": str(error)}) from error
        elif self.role in roles() and roles()[self.role].scoped:
            raise ValidationError({"region": "该角色须指定地区。This role needs a region."})

    @property
    def says(self) -> Role:
        """The role."""
        return roles().get(self.role, roles()["public"])

    @property
    def second_factor(self) -> bool:
        """Whether signing in takes a code besides the password."""
        return bool(self.totp_secret)

    def may(self, permission: str, region: str | None = None) -> bool:
        """Whether the person may do something, to `region` if one is named."""
        if permission == ANYONE:
            return True
        return (
            self.is_active  # also says whether somebody without an account may read the open data
            and permission in self.says.permissions
            and (region is None or self.reaches(region))
        )

    def reaches(self, region: str) -> bool:
        """Whether a region is the person's own or lies in it; who is bound to none reaches all."""
        return not self.region or Region(region).is_within(Region(self.region))


class SignInAttempt(models.Model):
    """One try to sign in; enough of them in a row lock the name or the address for a while."""

    name = models.CharField(max_length=60)
    address = models.CharField(max_length=45)
    succeeded = models.BooleanField(default=False)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Looked up by name or address and time."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["name", "at"], name="attempt_by_name"),
            models.Index(fields=["address", "at"], name="attempt_by_address"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d %H:%M}"


class PersonSession(models.Model):
    """A browser in which somebody is signed in."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="sessions")
    session_key = models.CharField(max_length=40, unique=True)
    address = models.CharField(max_length=45)
    agent = models.CharField(max_length=200)
    signed_in_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField(auto_now=True)

    class Meta:
        """The one seen last comes first."""

        ordering: ClassVar[list[str]] = ["-seen_at"]

    def __str__(self) -> str:
        return f"{self.person} {self.address}"


class AccessToken(models.Model):
    """A key for programs that read the interface: kept as a digest, with what it may read and until when."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tokens")
    label = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """The newest comes first."""

        ordering: ClassVar[list[str]] = ["-created_at"]

    def __str__(self) -> str:
        return self.label
