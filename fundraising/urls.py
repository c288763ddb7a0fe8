from django.urls import path

from fundraising import views

app_name = "fundraising"
urlpatterns = [
    path("", views.campaign_list, name="campaign_list"),
    path("<slug:slug>.json", views.campaign_json, name="campaign_json"),
    path("<slug:slug>/", views.campaign_detail, name="campaign_detail"),
    path("<slug:slug>/embed/", views.campaign_embed, name="campaign_embed"),
]
