"""Logging in: a password, then a code from the person's authenticator app (TOTP, RFC 6238).

Who has lost the app uses one of ten recovery codes, and can set up another with it.
"""

from __future__ import annotations

from base64 import b32encode
from io import BytesIO

import segno
from django.contrib import messages
from django.contrib.auth import login as log_in
from django.contrib.auth import logout as log_out
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_otp import login as second_factor_shown
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from piamater.desk import audit
from piamater.desk.people import STAFF, acting, needs
from piamater.desk.recovery import (
    codes_left,
    end_sessions,
    looks_like_one,
    make_codes,
    take_app_away,
    use_code,
)


@sensitive_post_parameters("password")
@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def login(request: HttpRequest) -> HttpResponse:
    """Name and password; five wrong ones close the account for an hour from that address."""
    form = AuthenticationForm(request, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        log_in(request, form.get_user())
        return redirect(_next(request))
    status = 200 if request.method != "POST" else 400
    return render(request, "desk/login.html", {"form": form, "next": _next(request)}, status=status)


@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """End the session."""
    log_out(request)
    return redirect("/login/")


@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """Ask for the code; the first time, show the secret to put into the app, then ten codes."""
    if not request.user.is_authenticated:
        return redirect("/login/")
    device = _device(request)
    wrong = False
    if request.method == "POST":
        shown = _verified(request, device, request.POST.get("code", ""))
        if shown is not None:
            request.session.cycle_key()  # who knew the session before knows it no more
            second_factor_shown(request, shown)
            audit.note("came-in", way=shown.name)
            if isinstance(shown, TOTPDevice) and not shown.confirmed:
                return _confirm(request, shown)
            return redirect(_next(request))
        audit.note("wrong-second-factor")
        wrong = True
    context = {"wrong": wrong, "next": _next(request), "new": not device.confirmed}
    if not device.confirmed:
        context |= {"secret": _as_typed(device), "address": device.config_url}
    return render(request, "desk/second_factor.html", context, status=400 if wrong else 200)


def _verified(request: HttpRequest, device: TOTPDevice, typed: str) -> Device | None:
    """What a code shows: the app, or a recovery code; none where it is wrong or too soon."""
    if device.confirmed and looks_like_one(typed):
        return use_code(request.user, typed)
    with (
        transaction.atomic()
    ):  # two at once wait for each other: a code opens once, each try counts
        held = TOTPDevice.objects.select_for_update().filter(pk=device.pk).first()
        if held is None or not held.verify_is_allowed()[0]:
            return None
        return held if held.verify_token("".join(typed.split())) else None


def _confirm(request: HttpRequest, device: TOTPDevice) -> HttpResponse:
    """The app is the person's from now on; their recovery codes are shown, this once."""
    device.confirmed = True
    device.save()
    audit.note("app-added")
    return _show_codes(request)


def _show_codes(request: HttpRequest) -> HttpResponse:
    codes = make_codes(request.user)
    audit.note("recovery-codes")
    return render(request, "desk/codes_new.html", {"codes": codes, "next": _next(request)})


@sensitive_post_parameters()
@needs(STAFF)
@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """One's own account: who the ledger says one is, and a new password, which ends other visits.

    Name and roles are the ledger's; the desk takes no picture of anybody.
    """
    form = PasswordChangeForm(request.user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        form.save()
        update_session_auth_hash(request, form.user)
        messages.success(request, "Your password is changed. Your other sessions have ended.")
        return redirect("/account/")
    context = {
        "form": form,
        "person": acting(request),
        "left": codes_left(request.user),
    }
    status = 400 if request.method == "POST" else 200
    return render(request, "desk/account.html", context, status=status)


@needs(STAFF)
@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def codes(request: HttpRequest) -> HttpResponse:
    """One's own second factor: new recovery codes, or another app; each wants a code."""
    wrong = False
    if request.method == "POST":
        shown = _verified(request, _device(request), request.POST.get("code", ""))
        if shown is None:
            audit.note("wrong-second-factor")
            wrong = True
        elif request.POST.get("what") == "app":
            take_app_away(request.user)
            audit.note("app-taken-away")
            end_sessions(request.user)
            return redirect("/login/")
        else:
            response = _show_codes(request)
            if not isinstance(shown, TOTPDevice):  # those codes are gone, and what came by them
                second_factor_shown(request, StaticDevice.objects.get(user=request.user))
            return response
    context = {
        "wrong": wrong,
        "left": codes_left(request.user),
    }
    return render(request, "desk/codes.html", context, status=400 if wrong else 200)


@require_safe
def second_factor_code(request: HttpRequest) -> HttpResponse:
    """The QR code of a secret that was not yet confirmed."""
    device = _device(request) if request.user.is_authenticated else None
    if device is None or device.confirmed:
        return HttpResponse(status=404)
    picture = BytesIO()
    segno.make(device.config_url, error="m").save(picture, kind="svg", scale=5, border=2)
    return HttpResponse(picture.getvalue(), content_type="image/svg+xml")


def _device(request: HttpRequest) -> TOTPDevice:
    """The person's confirmed device, or a new one to confirm."""
    devices = TOTPDevice.objects.filter(user=request.user)
    found = devices.filter(confirmed=True).first() or devices.first()
    return found or TOTPDevice.objects.create(user=request.user, name="app", confirmed=False)


def _as_typed(device: TOTPDevice) -> str:
    """The secret as one types it into an app: base 32, in groups of four."""
    text = b32encode(device.bin_key).decode("ascii").rstrip("=")
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def _next(request: HttpRequest) -> str:
    """Where to go afterwards: an address of the desk, else its first page."""
    asked = request.POST.get("next") or request.GET.get("next") or "/queues/"
    safe = url_has_allowed_host_and_scheme(asked, {request.get_host()}, request.is_secure())
    return asked if safe else "/queues/"
