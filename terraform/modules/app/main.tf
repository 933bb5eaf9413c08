# An app with all that belongs to it. Names are the keys of the maps, so that adding one changes no other.

resource "tidegate_app" "this" {
  tenant_id           = var.tenant_id
  name                = var.name
  settings            = var.settings
  deletion_protection = var.deletion_protection
  cascade             = var.cascade
}

resource "tidegate_namespace" "this" {
  for_each = var.namespaces

  app_id            = tidegate_app.this.id
  name              = each.key
  pattern           = each.value.pattern
  durability        = each.value.durability
  window            = each.value.window
  retention_days    = each.value.retention_days
  rewind            = each.value.rewind
  presence          = each.value.presence
  max_message_bytes = each.value.max_message_bytes
  public            = each.value.public
  client_publish    = each.value.client_publish
  conflate          = each.value.conflate
  require_client_id = each.value.require_client_id
}

resource "tidegate_api_key" "this" {
  for_each = var.keys

  app_id       = tidegate_app.this.id
  name         = each.key
  capabilities = each.value.capabilities
  expires_at   = each.value.expires_at
  rotate_when  = each.value.rotate_when

  # A rotated key is replaced: whoever uses it gets the new one before the old one ends.
  lifecycle {
    create_before_destroy = true
  }
}

resource "tidegate_webhook" "this" {
  for_each = var.webhooks

  app_id                   = tidegate_app.this.id
  name                     = each.key
  url                      = each.value.url
  events                   = each.value.events
  pattern                  = each.value.pattern
  batch                    = each.value.max_events == null ? null : { max_events = each.value.max_events }
  enabled                  = each.value.enabled
  rotate_when              = each.value.rotate_when
  rotation_overlap_seconds = each.value.rotation_overlap_seconds
}
