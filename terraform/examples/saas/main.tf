# A multi-tenant SaaS: each customer is a tenant with the limits of their plan, one app, an owner who is invited to the
# console, and a control token for their own automation. Adding a customer is adding an entry to var.customers.

locals {
  plans = {
    free = {
      connections           = 200
      publishes_per_second  = 10
      deliveries_per_second = 1000
      channels              = 100
      history_days          = 1
      stored_bytes          = 100 * 1024 * 1024
      webhooks_per_second   = 1
    }
    pro = {
      connections           = 20000
      publishes_per_second  = 500
      deliveries_per_second = 100000
      channels              = 50000
      history_days          = 30
      stored_bytes          = 50 * 1024 * 1024 * 1024
      webhooks_per_second   = 50
    }
  }
}

resource "tidegate_tenant" "customer" {
  for_each = var.customers

  name                = each.value.name
  limits              = local.plans[each.value.plan]
  deletion_protection = var.protected
}

module "app" {
  source   = "../../modules/app"
  for_each = var.customers

  tenant_id           = tidegate_tenant.customer[each.key].id
  name                = "production"
  settings            = { allowed_origins = each.value.origins, message_previews = false }
  deletion_protection = var.protected
  cascade             = !var.protected

  namespaces = {
    rooms = {
      pattern           = "room:*"
      durability        = "durable"
      retention_days    = local.plans[each.value.plan].history_days
      require_client_id = true
    }
    cursors = {
      pattern    = "cursor:*"
      durability = "none"
      conflate   = "latest"
      presence   = { mode = "off" }
    }
  }

  keys = {
    backend = {
      capabilities = { "*" = ["publish", "subscribe", "presence", "history", "admin"] }
      rotate_when  = { quarter = each.value.key_quarter }
    }
  }

  webhooks = each.value.webhook_url == null ? {} : {
    messages = { url = each.value.webhook_url, events = ["message.published", "limit.warning"], pattern = "room:*", max_events = 100 }
  }
}

resource "tidegate_member" "owner" {
  for_each = var.customers

  tenant_id = tidegate_tenant.customer[each.key].id
  email     = each.value.owner_email
  role      = "owner"
}

resource "tidegate_control_token" "automation" {
  for_each = var.customers

  tenant_id   = tidegate_tenant.customer[each.key].id
  name        = "automation"
  role        = "developer"
  rotate_when = { quarter = each.value.key_quarter }

  lifecycle {
    create_before_destroy = true
  }
}

# What each has used in this month so far, for the bill.
data "tidegate_usage" "month" {
  for_each = var.customers

  tenant_id = tidegate_tenant.customer[each.key].id
  unit      = "month"
}
