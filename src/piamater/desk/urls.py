"""The addresses of the desk; none of them is served by the readers' site."""

from __future__ import annotations

from django.urls import include, path
from wagtail.admin import urls as wagtail_urls

from piamater.desk.views import (
    account,
    answers,
    comments,
    evidence,
    guide,
    invitations,
    log,
    new,
    questions,
    review,
    work,
)

urlpatterns = [
    path("", work.home),
    path("login/", account.login, name="login"),
    path("logout/", account.logout, name="logout"),
    path("second-factor/", account.second_factor),
    path("second-factor/code.svg", account.second_factor_code),
    path("second-factor/codes/", account.codes),
    path("account/", account.account),
    path("log/", log.log),
    path("health", work.health),
    path("favicon.ico", work.no_icon),
    path("invited/thanks/", invitations.thanks),
    path("invited/<str:token>/", invitations.invited),
    path("queues/", work.queues),
    path("guides/new/", new.new),
    path("guides/<slug:guide>/translate/", new.translate),
    path("translations/<slug:guide>/<slug:language>/", new.translations),
    path("translations/<slug:guide>/<slug:language>/pin/", new.pin_translation),
    path("comments/<slug:guide>/<slug:language>/", comments.on_page),
    path("evidence/", evidence.evidence),
    path("evidence/<slug:guide>/", evidence.decide),
    path("answers/", answers.answers),
    path("questions/", questions.listing),
    path("questions/<int:number>/", questions.question),
    path("questions/<int:number>/<slug:what>/", questions.act),
    path("passages/", work.passages),
    path("passages/quote/", work.quote),
    path("findings/<int:page_id>/", work.page_findings),
    path("review/<slug:guide>/", guide.guide_desk),
    path("review/<slug:guide>/submit/", guide.submit),
    path("review/<slug:guide>/publish/", guide.publish_guide),
    path("review/<slug:guide>/withdraw/", guide.withdraw),
    path("review/<slug:guide>/invite/", invitations.invite),
    path("review/<slug:guide>/code/", invitations.hand_over),
    path("review/<slug:guide>/<slug:language>/", review.review),
    path("", include(wagtail_urls)),
]
