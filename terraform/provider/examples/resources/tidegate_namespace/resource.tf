variable "app_id" {
  type    = string
  default = "482913"
}

# Chat rooms: messages are kept 30 days and survive anything.
resource "tidegate_namespace" "chat" {
  app_id         = var.app_id
  name           = "chat"
  pattern        = "chat:*"
  durability     = "durable"
  retention_days = 30

  presence = {
    mode        = "members"
    max_members = 500
  }

  require_client_id = true
}

# A price feed: only the newest counts, and anybody may look.
resource "tidegate_namespace" "prices" {
  app_id         = var.app_id
  name           = "prices"
  pattern        = "prices:*"
  durability     = "none"
  conflate       = "latest"
  public         = true
  client_publish = false

  presence = {
    mode = "off"
  }
}
