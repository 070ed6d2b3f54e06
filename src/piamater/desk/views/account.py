"""Logging in: a password, then a code from the person's authenticator app (TOTP, RFC 6238)."""

from __future__ import annotations

from io import BytesIO

import segno
from django.contrib.auth import login as log_in
from django.contrib.auth import logout as log_out
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_otp import login as second_factor_shown
from django_otp.plugins.otp_totp.models import TOTPDevice


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
    """Ask for the code; the first time, show the secret to put into the app."""
    if not request.user.is_authenticated:
        return redirect("/login/")
    device = _device(request)
    wrong = False
    if request.method == "POST":
        allowed, _ = device.verify_is_allowed()
        code = "".join(request.POST.get("code", "").split())
        if allowed and device.verify_token(code):
            if not device.confirmed:
                device.confirmed = True
                device.save()
            request.session.cycle_key()  # who knew the session before knows it no more
            second_factor_shown(request, device)
            return redirect(_next(request))
        wrong = True
    context = {"wrong": wrong, "next": _next(request), "new": not device.confirmed}
    if not device.confirmed:
        context |= {"secret": device.key, "address": device.config_url}
    return render(request, "desk/second_factor.html", context, status=400 if wrong else 200)


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


def _next(request: HttpRequest) -> str:
    """Where to go afterwards: an address of the desk, else its first page."""
    asked = request.POST.get("next") or request.GET.get("next") or "/"
    safe = url_has_allowed_host_and_scheme(asked, {request.get_host()}, request.is_secure())
    return asked if safe else "/"


def to_login(request: HttpRequest) -> HttpResponseRedirect:
    """Wagtail's own login address leads to ours."""
    return HttpResponseRedirect("/login/")
