"""The customer portal: what customers may do there, and the way in."""

from sandbox.contract.skeleton import blank
from sandbox.engine.time import customer_of
from sandbox.store.json_values import HIDDEN, Json
from sandbox.store.transaction import Transaction
from sandbox.wire.endpoints import endpoint
from sandbox.wire.errors import invalid, missing_param, not_covered
from sandbox.wire.lists import PAGING, Filter, list_page
from sandbox.wire.metadata import merged_metadata

PATH = "/v1/billing_portal/configurations"
FEATURES = (
    "features{customer_update{allowed_updates enabled} invoice_history{enabled}"
    " payment_method_update{enabled} subscription_cancel{cancellation_reason{enabled options}"
    " enabled mode}}"
)
FIELDS = (
    "business_profile{headline privacy_policy_url terms_of_service_url} default_return_url"
    f" metadata name {FEATURES}"
)
SESSION_SECONDS = 3600
UPDATES = ("address", "email", "name", "tax_id")


@endpoint("POST", PATH, "billing_portal.ConfigurationCreateParams", covers=FIELDS)
def create_configuration(work: Transaction, params: Json) -> Json:
    """What the portal offers; the first one is the default."""
    configuration = make_configuration(work)
    _set(configuration, params)
    work.emit("billing_portal.configuration.created", configuration)
    return work.save(configuration)


def make_configuration(work: Transaction) -> Json:
    """Keep a configuration in which everything that is covered is switched off."""
    return work.add(
        blank(
            "billing_portal.configuration",
            work.new_id("billing_portal.configuration"),
            active=True,
            business_profile=dict.fromkeys(
                ("headline", "privacy_policy_url", "terms_of_service_url")
            ),
            created=work.now,
            features=_features_off(),
            is_default=work.count("billing_portal.configuration") == 0,
            login_page={"enabled": False, "url": None},
            metadata={},
            updated=work.now,
        )
    )


def _features_off() -> Json:
    return {
        "customer_update": {"allowed_updates": [], "enabled": False},
        "invoice_history": {"enabled": False},
        "payment_method_update": {"enabled": False, "payment_method_configuration": None},
        "subscription_cancel": {
            "cancellation_reason": {"enabled": False, "feedback_options": None, "options": []},
            "enabled": False,
            "mode": "at_period_end",
            "proration_behavior": "none",
        },
        "subscription_pause": {
            "duration": {"interval_options": [], "type": "indefinite"},
            "enabled": False,
        },
        "subscription_update": {
            "billing_cycle_anchor": None,
            "default_allowed_updates": [],
            "enabled": False,
            "products": None,
            "proration_behavior": "none",
            "schedule_at_period_end": {"conditions": []},
            "trial_update_behavior": "end_trial",
        },
    }


def _set(configuration: Json, params: Json) -> None:
    for name in ("default_return_url", "name"):
        if name in params:
            configuration[name] = params[name] or None
    for name, value in params.get("business_profile", {}).items():
        configuration["business_profile"][name] = value or None
    updates = params.get("features", {}).get("customer_update", {})
    for name in updates.get("allowed_updates") or []:
        if name not in UPDATES:
            raise not_covered("features[customer_update][allowed_updates]", name)
    for name, given in params.get("features", {}).items():
        feature = configuration["features"][name]
        reason = given.get("cancellation_reason")
        feature |= {key: value for key, value in given.items() if key != "cancellation_reason"}
        if reason is not None:
            feature["cancellation_reason"] |= reason
    if "metadata" in params:
        configuration["metadata"] = merged_metadata(configuration["metadata"], params["metadata"])


@endpoint("GET", PATH + "/{id}", "billing_portal.ConfigurationRetrieveParams")
def retrieve_configuration(work: Transaction, _params: Json, object_id: str) -> Json:
    """One configuration."""
    return work.get("billing_portal.configuration", object_id)


@endpoint(
    "POST", PATH + "/{id}", "billing_portal.ConfigurationUpdateParams", covers=f"active {FIELDS}"
)
def update_configuration(work: Transaction, params: Json, object_id: str) -> Json:
    """Change what the portal offers."""
    configuration = work.get("billing_portal.configuration", object_id)
    if params.get("active") is False and configuration["is_default"]:
        raise invalid("The default configuration cannot be deactivated.", param="active")
    configuration["active"] = params.get("active", configuration["active"])
    _set(configuration, params)
    configuration["updated"] = work.now
    work.save(configuration)
    work.emit("billing_portal.configuration.updated", configuration)
    return configuration


@endpoint(
    "GET",
    PATH,
    "billing_portal.ConfigurationListParams",
    covers=f"{PAGING} active is_default",
)
def list_configurations(work: Transaction, params: Json) -> Json:
    """Configurations, newest first."""
    found = Filter().equal(params, "active", "is_default")
    kind = "billing_portal.configuration"
    return list_page(work, kind, params, url=PATH, found=found)


@endpoint(
    "POST",
    "/v1/billing_portal/sessions",
    "billing_portal.SessionCreateParams",
    covers="configuration customer flow_data{type subscription_cancel{subscription}"
    " after_completion{type redirect{return_url}}} locale return_url",
)
def create_portal_session(work: Transaction, params: Json) -> Json:
    """The way into the portal for one customer, good for an hour."""
    if "customer" not in params:
        raise missing_param("customer")
    customer = customer_of(work, params["customer"])
    configuration = _configuration(work, params)
    session = blank(
        "billing_portal.session",
        work.new_id("billing_portal.session"),
        configuration=configuration["id"],
        created=work.now,
        customer=customer["id"],
        flow=_flow(work, customer, params.get("flow_data")),
        locale=params.get("locale"),
        return_url=params.get("return_url") or configuration["default_return_url"],
    )
    token = work.token(length=32)
    session["url"] = f"{work.page_url}/p/session/{token}"
    session[HIDDEN] = {"token": token, "clock": customer["test_clock"] or ""}
    session[HIDDEN]["expires_at"] = work.now + SESSION_SECONDS
    work.add(session)
    work.emit("billing_portal.session.created", session)
    return session


def _configuration(work: Transaction, params: Json) -> Json:
    if "configuration" in params:
        named = params["configuration"]
        found = work.get("billing_portal.configuration", named, param="configuration")
        if not found["active"]:
            raise invalid("The configuration is not active.", param="configuration")
        return found
    default = work.first(
        "billing_portal.configuration", "json_extract(body, '$.is_default') = 1", ()
    )
    if default is None:
        raise invalid(
            "You can't create a portal session in test mode until you save your customer portal "
            "settings: no configuration provided and your test mode default configuration has "
            "not been created."
        )
    return default


def _flow(work: Transaction, customer: Json, given: Json | None) -> Json | None:
    if given is None:
        return None
    kind = given["type"]
    if kind not in ("payment_method_update", "subscription_cancel"):
        raise not_covered("flow_data[type]", kind)
    after = given.get("after_completion", {}).get("type", "portal_homepage")
    if after not in ("portal_homepage", "redirect"):
        raise not_covered("flow_data[after_completion][type]", after)
    flow: Json = {
        "after_completion": {
            "hosted_confirmation": None,
            "redirect": None,
            "type": "portal_homepage",
        }
        | given.get("after_completion", {}),
        "customer_update": None,
        "subscription_cancel": None,
        "subscription_pause": None,
        "subscription_update": None,
        "subscription_update_confirm": None,
        "type": kind,
    }
    if kind == "subscription_cancel":
        if "subscription_cancel" not in given:
            raise missing_param("flow_data[subscription_cancel]")
        named = given["subscription_cancel"]["subscription"]
        param = "flow_data[subscription_cancel][subscription]"
        subscription = work.get("subscription", named, param=param)
        if subscription["customer"] != customer["id"]:
            raise invalid("The subscription belongs to another customer.", param=param)
        flow["subscription_cancel"] = {"retention": None, "subscription": named}
    return flow
