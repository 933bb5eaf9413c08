variable "key" {
  type        = string
  sensitive   = true
  ephemeral   = true
  default     = "482913.k1:EXAMPLE-SECRET"
  description = "A key of the app whose capabilities have admin."
}

# A token for one client, made anew in every run and in no state.
ephemeral "tidegate_channel_token" "dashboard" {
  key         = var.key
  client_id   = "dashboard"
  ttl_seconds = 3600

  capabilities = {
    "prices:*" = ["subscribe"]
  }
}
