from django.urls import path

from comments import (
    appeal_views,
    figure_views,
    flag_views,
    following_views,
    head_views,
    notice_views,
    own_views,
    passage_views,
    permalink_views,
    preview,
    views,
)

app_name = "comments"
urlpatterns = [
    path("articles/<slug:slug>/comments/", views.conversation, name="conversation"),
    path("articles/<slug:slug>/comment/", views.comment_create, name="comment_create"),
    path(
        "articles/<slug:slug>/comments/most-reacted/", head_views.most_reacted, name="most_reacted"
    ),
    path("articles/<slug:slug>/comments/hottest/", head_views.hottest, name="hottest"),
    path("articles/<slug:slug>/comments/latest/", head_views.latest, name="latest"),
    path("articles/<slug:slug>/comments/visit/", head_views.visit, name="visit"),
    path("articles/<slug:slug>/passages/", passage_views.passage_list, name="passage_list"),
    path("articles/<slug:slug>/error/", passage_views.error_report, name="error_report"),
    path("articles/<slug:slug>/error/sent/", passage_views.error_reported, name="error_reported"),
    path("passages/<int:pk>/answer/", views.passage_answer, name="passage_answer"),
    path("comments/<int:pk>/", permalink_views.comment_detail, name="comment_detail"),
    path("comments/<int:pk>/reply/", views.comment_reply, name="comment_reply"),
    path("comments/<int:pk>/vote/", views.comment_vote, name="comment_vote"),
    path("comments/preview/", preview.comment_preview, name="comment_preview"),
    path("comments/<int:pk>/edit/", own_views.comment_edit, name="comment_edit"),
    path("comments/<int:pk>/delete/", own_views.comment_delete, name="comment_delete"),
    path("comments/<int:pk>/flag/", flag_views.comment_flag, name="comment_flag"),
    path("comments/<int:pk>/appeal/", appeal_views.comment_appeal, name="comment_appeal"),
    path("comments/<int:pk>/history/", own_views.comment_history, name="comment_history"),
    path("moderation/", figure_views.moderation, name="moderation"),
    path("moderation/notice/", notice_views.notice_create, name="notice_create"),
    path("moderation/notice/<slug:reference>/", notice_views.notice_detail, name="notice_detail"),
    path("articles/<slug:slug>/follow/", following_views.story_follow, name="story_follow"),
    path("comments/<int:pk>/follow/", following_views.comment_follow, name="comment_follow"),
    path("subscriptions/", following_views.subscription_list, name="subscription_list"),
    path("subscriptions/sent/", following_views.mail_sent, name="mail_sent"),
    path(
        "subscriptions/confirm/<str:token>/",
        following_views.subscription_confirm,
        name="subscription_confirm",
    ),
    path(
        "subscriptions/stop/<str:token>/",
        following_views.subscription_stop,
        name="subscription_stop",
    ),
    path(
        "subscriptions/stop-all/<str:token>/",
        following_views.subscription_stop_all,
        name="subscription_stop_all",
    ),
    path(
        "subscriptions/mine/<str:token>/",
        following_views.subscription_manage,
        name="subscription_manage",
    ),
]
