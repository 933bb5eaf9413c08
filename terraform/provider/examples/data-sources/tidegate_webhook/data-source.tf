data "tidegate_webhook" "orders" {
  app_id = "482913"
  name   = "orders"
}

# While two secrets are good.
output "rotating_until" {
  value = data.tidegate_webhook.orders.previous_secret_expires_at
}
