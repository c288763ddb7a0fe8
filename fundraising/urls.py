from django.urls import path

from fundraising import giving_views, receipt_views, views

app_name = "fundraising"
urlpatterns = [
    path("", views.campaign_list, name="campaign_list"),
    path(
        "gifts/<uuid:public_id>/",
        giving_views.donation_detail,
        name="donation_detail",
    ),
    path(
        "gifts/<uuid:public_id>/receipt/",
        receipt_views.donation_receipt,
        name="donation_receipt",
    ),
    path("<slug:slug>/give/", giving_views.give, name="give"),
    path("<slug:slug>.json", views.campaign_json, name="campaign_json"),
    path("<slug:slug>/", views.campaign_detail, name="campaign_detail"),
    path("<slug:slug>/embed/", views.campaign_embed, name="campaign_embed"),
]
