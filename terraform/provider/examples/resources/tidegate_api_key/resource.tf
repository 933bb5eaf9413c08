variable "app_id" {
  type    = string
  default = "482913"
}

# What a backend publishes with, and signs its clients' tokens.
resource "tidegate_api_key" "backend" {
  app_id = var.app_id
  name   = "backend"

  capabilities = {
    "chat:*"   = ["publish", "subscribe", "presence", "history", "admin"]
    "orders:*" = ["publish"]
  }

  # Another value here makes a new key, and the old one is revoked once everything has the new one.
  rotate_when = {
    quarter = "2026-Q4"
  }

  lifecycle {
    create_before_destroy = true
  }
}

output "key" {
  value     = tidegate_api_key.backend.key
  sensitive = true
}
