"""The API's addresses."""

from django.urls import path, re_path

from claims.api.problems import nothing_here
from claims.api.views import articles, claims, dates, description, directory, events, parts, reviews, steps, webhooks

app_name = "api"
claim = "claims/<slug:public_id>/"
webhook = "webhooks/<int:number>/"
urlpatterns = [
    path("claims/", claims.ClaimList.as_view(), name="claims"),
    path(claim, claims.ClaimDetail.as_view(), name="claim"),
    path(f"{claim}publish/", steps.PublishClaim.as_view(), name="publish"),
    path(f"{claim}postpone/", steps.PostponeClaim.as_view(), name="postpone"),
    path(f"{claim}reschedule/", steps.RescheduleClaim.as_view(), name="reschedule"),
    path(f"{claim}withdraw/", steps.WithdrawClaim.as_view(), name="withdraw"),
    path(f"{claim}reopen/", steps.ReopenClaim.as_view(), name="reopen"),
    path(f"{claim}reviews/", reviews.ReviewList.as_view(), name="reviews"),
    path(f"{claim}reviews/<int:number>/publish/", reviews.PublishReview.as_view(), name="publish_review"),
    path(f"{claim}citations/", parts.CitationList.as_view(), name="citations"),
    path(f"{claim}figures/", parts.FigureList.as_view(), name="figures"),
    path(f"{claim}events/", events.ClaimEvents.as_view(), name="claim_events"),
    path("events/", events.EventFeed.as_view(), name="events"),
    path("claimants/", directory.ClaimantList.as_view(), name="claimants"),
    path("claimants/<slug:slug>/", directory.ClaimantDetail.as_view(), name="claimant"),
    path("sources/", directory.SourceList.as_view(), name="sources"),
    path("sources/<slug:slug>/", directory.SourceDetail.as_view(), name="source"),
    path("topics/", directory.TopicList.as_view(), name="topics"),
    path("topics/<slug:slug>/", directory.TopicDetail.as_view(), name="topic"),
    path("articles/", articles.ArticleList.as_view(), name="articles"),
    path("articles/<int:number>/", articles.ArticleDetail.as_view(), name="article"),
    path("webhooks/", webhooks.WebhookList.as_view(), name="webhooks"),
    path(webhook, webhooks.WebhookDetail.as_view(), name="webhook"),
    path(f"{webhook}secret/", webhooks.RenewSecret.as_view(), name="webhook_secret"),
    path(f"{webhook}test/", webhooks.SendTest.as_view(), name="webhook_test"),
    path(f"{webhook}deliveries/", webhooks.DeliveryList.as_view(), name="deliveries"),
    path(f"{webhook}deliveries/<int:delivery>/", webhooks.DeliveryDetail.as_view(), name="delivery"),
    path(f"{webhook}deliveries/<int:delivery>/resend/", webhooks.SendAgain.as_view(), name="resend"),
    path("dates/parse/", dates.ParseDate.as_view(), name="parse_date"),
    path("schema/", description.Schema.as_view(), name="schema"),
    path("docs/", description.Docs.as_view(), name="docs"),
    re_path(r"", nothing_here),
]
