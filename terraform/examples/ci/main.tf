# CI: each branch gets an app of its own on a shared gateway, its tests run with credentials that exist for the run
# only, and destroying it leaves nothing. pipeline.sh is what the job calls.

terraform {
  # Ephemeral resources: OpenTofu 1.11, Terraform 1.10.
  required_version = ">= 1.10"

  required_providers {
    tidegate = {
      source = "tidegate.io/tidegate/tidegate"
    }
  }
}

# A control token of the tenant with the role admin is enough: TIDEGATE_TOKEN. No operator token goes into CI.
provider "tidegate" {
  endpoint = var.endpoint
}

variable "endpoint" {
  description = "The gateway."
  type        = string
}

variable "tenant_id" {
  description = "The tenant in which branches are tried."
  type        = string
}

variable "branch" {
  description = "The branch, as the CI calls it."
  type        = string

  validation {
    condition     = can(regex("^[A-Za-z0-9][A-Za-z0-9._/-]{0,79}$", var.branch))
    error_message = "branch has up to 80 letters, digits, ., _, / and -."
  }
}

variable "run" {
  description = "The number of the run: another one runs the tests again."
  type        = string
}

variable "tests" {
  description = "What runs the tests. It finds TIDEGATE_ENDPOINT, TIDEGATE_KEY of a backend and TIDEGATE_CHANNEL_TOKEN of one client in its environment."
  type        = string
}

module "app" {
  source = "../../modules/app"

  tenant_id           = var.tenant_id
  name                = "ci ${var.branch}"
  deletion_protection = false
  cascade             = true

  namespaces = {
    durable = { pattern = "durable:*", durability = "durable", retention_days = 1 }
  }
}

# A key that is made for this run and revoked at its end. It is in no plan and no state.
ephemeral "tidegate_api_key" "run" {
  app_id       = module.app.id
  name         = "ci run ${var.run}"
  capabilities = { "*" = ["publish", "subscribe", "presence", "history", "admin"] }
  ttl_seconds  = 3600
}

ephemeral "tidegate_channel_token" "client" {
  key          = ephemeral.tidegate_api_key.run.key
  client_id    = "ci"
  capabilities = { "*" = ["subscribe", "publish"] }
  ttl_seconds  = 3600
}

resource "terraform_data" "tests" {
  triggers_replace = [module.app.id, var.run]

  provisioner "local-exec" {
    command = var.tests
    environment = {
      TIDEGATE_ENDPOINT      = var.endpoint
      TIDEGATE_KEY           = ephemeral.tidegate_api_key.run.key
      TIDEGATE_CHANNEL_TOKEN = ephemeral.tidegate_channel_token.client.token
    }
  }

  depends_on = [module.app]
}

output "app_id" {
  value = module.app.id
}
