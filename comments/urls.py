from django.urls import path

from comments import own_views, views

app_name = "comments"
urlpatterns = [
    path("articles/<slug:slug>/comments/", views.conversation, name="conversation"),
    path("articles/<slug:slug>/comment/", views.comment_create, name="comment_create"),
    path("comments/<int:pk>/", views.comment_detail, name="comment_detail"),
    path("comments/<int:pk>/reply/", views.comment_reply, name="comment_reply"),
    path("comments/<int:pk>/vote/", views.comment_vote, name="comment_vote"),
    path("comments/<int:pk>/edit/", own_views.comment_edit, name="comment_edit"),
    path("comments/<int:pk>/delete/", own_views.comment_delete, name="comment_delete"),
    path("comments/<int:pk>/history/", own_views.comment_history, name="comment_history"),
]
