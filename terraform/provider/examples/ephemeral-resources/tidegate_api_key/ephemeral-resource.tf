variable "app_id" {
  type    = string
  default = "482913"
}

# A key that is good during this run only, and in no state.
ephemeral "tidegate_api_key" "run" {
  app_id = var.app_id
  name   = "this run"

  capabilities = {
    "*" = ["publish", "subscribe", "admin"]
  }
}
