from django.urls import path

from fundraising import views

app_name = "fundraising"
urlpatterns = [
    path("", views.campaign_list, name="campaign_list"),
    path("<slug:slug>/", views.campaign_detail, name="campaign_detail"),
]
