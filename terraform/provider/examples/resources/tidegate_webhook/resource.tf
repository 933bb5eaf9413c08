variable "app_id" {
  type    = string
  default = "482913"
}

resource "tidegate_webhook" "orders" {
  app_id  = var.app_id
  name    = "orders"
  url     = "https://hooks.acme.example/tidegate"
  events  = ["message.published", "channel.occupied"]
  pattern = "orders:*"

  batch = {
    max_events = 20
  }

  # Another value here gives the webhook another secret; for an hour what is sent is signed with both.
  rotate_when = {
    quarter = "2026-Q4"
  }
  rotation_overlap_seconds = 3600
}

# For the receiver, which checks signatures with it.
output "webhook_secret" {
  value     = tidegate_webhook.orders.secret
  sensitive = true
}
