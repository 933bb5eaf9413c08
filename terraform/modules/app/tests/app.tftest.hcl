# Against the provider's real schemas, and no gateway: what the module hands on and what it refuses. What the provider and
# the gateway make of it is looked at in terraform/checks, where the examples are applied.

mock_provider "tidegate" {
  mock_resource "tidegate_app" {
    defaults = { id = "482913" }
  }
}

variables {
  tenant_id = "acme"
  name      = "chat"
}

run "an_app_alone_is_protected" {
  command = plan

  assert {
    condition     = tidegate_app.this.deletion_protection && !tidegate_app.this.cascade
    error_message = "Protection is on, unless somebody says so."
  }
  assert {
    condition     = length(tidegate_namespace.this) + length(tidegate_api_key.this) + length(tidegate_webhook.this) == 0
    error_message = "Nothing but the app was asked for."
  }
}

run "all_that_belongs_to_an_app_comes_with_it" {
  command = apply

  variables {
    settings = { allowed_origins = ["https://chat.example.com"] }
    namespaces = {
      rooms  = { pattern = "room:*", durability = "durable", retention_days = 7 }
      typing = { pattern = "typing:*", durability = "none", window = { seconds = 10 }, presence = { mode = "off" } }
    }
    keys = {
      backend = { capabilities = { "*" = ["publish", "history", "admin"] } }
      widget  = { capabilities = { "room:*" = ["subscribe"] }, expires_at = "2031-01-01T00:00:00Z", rotate_when = { quarter = "1" } }
    }
    webhooks = {
      audit = { url = "https://hooks.example.com/tidegate", events = ["message.published"], max_events = 50 }
    }
  }

  assert {
    condition     = tidegate_namespace.this["rooms"].retention_days == 7 && tidegate_namespace.this["rooms"].durability == "durable" && tidegate_namespace.this["rooms"].name == "rooms"
    error_message = "A namespace has what it was given, and its name is the key."
  }
  assert {
    condition     = tidegate_namespace.this["typing"].window.seconds == 10 && tidegate_namespace.this["typing"].presence.mode == "off"
    error_message = "A part of a nested value may be given alone."
  }
  assert {
    condition     = tidegate_api_key.this["widget"].capabilities["room:*"] == toset(["subscribe"]) && tidegate_api_key.this["backend"].expires_at == null
    error_message = "Each key has its own capabilities and end."
  }
  assert {
    condition     = tidegate_webhook.this["audit"].batch.max_events == 50
    error_message = "A call of the webhook brings up to 50 events."
  }
  assert {
    condition     = issensitive(output.keys) && issensitive(output.webhook_secrets) && sort(keys(output.key_names)) == tolist(["backend", "widget"])
    error_message = "Secrets are sensitive outputs; names are not."
  }
}

run "a_name_that_is_none" {
  command = plan
  variables {
    name = ""
  }
  expect_failures = [var.name]
}

run "an_origin_with_a_path" {
  command = plan
  variables {
    settings = { allowed_origins = ["https://chat.example.com/app"] }
  }
  expect_failures = [var.settings]
}

run "a_namespace_with_a_bad_name" {
  command = plan
  variables {
    namespaces = { "chat rooms" = { pattern = "room:*" } }
  }
  expect_failures = [var.namespaces]
}

run "two_namespaces_of_one_pattern" {
  command = plan
  variables {
    namespaces = { a = { pattern = "room:*" }, b = { pattern = "room:*" } }
  }
  expect_failures = [var.namespaces]
}

run "a_durability_that_nobody_knows" {
  command = plan
  variables {
    namespaces = { a = { pattern = "*", durability = "forever" } }
  }
  expect_failures = [var.namespaces]
}

run "days_for_what_keeps_no_days" {
  command = plan
  variables {
    namespaces = { a = { pattern = "*", retention_days = 3 } }
  }
  expect_failures = [var.namespaces]
}

run "a_key_that_may_nothing" {
  command = plan
  variables {
    keys = { a = { capabilities = {} } }
  }
  expect_failures = [var.keys]
}

run "an_operation_that_nobody_knows" {
  command = plan
  variables {
    keys = { a = { capabilities = { "*" = ["write"] } } }
  }
  expect_failures = [var.keys]
}

run "an_end_that_is_no_time" {
  command = plan
  variables {
    keys = { a = { capabilities = { "*" = ["publish"] }, expires_at = "next year" } }
  }
  expect_failures = [var.keys]
}

run "a_webhook_without_a_host" {
  command = plan
  variables {
    webhooks = { a = { url = "hooks.example.com", events = ["message.published"] } }
  }
  expect_failures = [var.webhooks]
}

run "an_event_that_nobody_knows" {
  command = plan
  variables {
    webhooks = { a = { url = "https://hooks.example.com/", events = ["message.read"] } }
  }
  expect_failures = [var.webhooks]
}
