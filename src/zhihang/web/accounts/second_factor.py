# SPDX-License-Identifier: Apache-2.0
"""The second factor: codes from an app on the phone (RFC 6238), and codes on paper for the day the phone is lost."""

from __future__ import annotations

import secrets
import time
from hashlib import sha256

from zhihang.web.accounts.models import Person

ISSUER = "Zhihang"
STEP = 30
PAPER_CODES = 8


def new_secret() -> str:
    """Return a secret to share with the phone."""
    import pyotp

    return pyotp.random_base32()


def address_for(person: Person, secret: str) -> str:
    """Return what the picture says to the phone."""
    import pyotp

    return pyotp.TOTP(secret).provisioning_uri(name=person.name, issuer_name=ISSUER)


def picture(address: str) -> str:
    """Return the picture of an address as SVG."""
    import segno

    return segno.make(address, error="m").svg_inline(scale=4, border=2, dark="#000", light="#fff")


def switch_on(person: Person, secret: str, code: str) -> list[str]:
    """Switch the second factor on if the phone shows the right code; return the codes for paper, none if it does not."""
    if _step_of(secret, code, 0) is None:
        return []
    papers = [
        f"{secrets.token_hex(2)}-{secrets.token_hex(2)}-{secrets.token_hex(2)}" for _ in range(PAPER_CODES)
    ]
    person.totp_secret, person.totp_used_at = secret, int(time.time()) // STEP
    person.recovery_codes = [_digest(paper) for paper in papers]
    person.save(update_fields=["totp_secret", "totp_used_at", "recovery_codes"])
    return papers


def switch_off(person: Person) -> None:
    """Let the password be enough again."""
    person.totp_secret, person.recovery_codes = "", []
    person.save(update_fields=["totp_secret", "recovery_codes"])


def accepts(person: Person, code: str) -> bool:
    """Whether a code is right; each works once."""
    digest = _digest(code)
    if digest in person.recovery_codes:
        left = [each for each in person.recovery_codes if each != digest]
        return bool(
            Person.objects.filter(pk=person.pk, recovery_codes=person.recovery_codes).update(
                recovery_codes=left
            )
        )
    step = _step_of(person.totp_secret, code, person.totp_used_at)
    if step is None:
        return False
    unused = Person.objects.filter(pk=person.pk, totp_used_at__lt=step)
    return bool(unused.update(totp_used_at=step))


def _step_of(secret: str, code: str, after: int) -> int | None:
    """Return the half minute whose code this is, now or one to either side; None if it is none or was used."""
    import pyotp

    typed, now = code.replace(" ", ""), int(time.time()) // STEP
    for step in (now, now - 1, now + 1):
        if step > after and secrets.compare_digest(pyotp.TOTP(secret).at(step * STEP), typed):
            return step
    return None


def _digest(code: str) -> str:
    return sha256(code.strip().lower().encode()).hexdigest()
