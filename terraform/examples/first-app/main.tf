# From an empty gateway to a message that was published, in one apply. With `make run` in another terminal:
#
#   export TIDEGATE_TOKEN="$(cat data/secrets/operator-token)"     # in the repository
#   tofu -chdir=terraform/examples/first-app init
#   tofu -chdir=terraform/examples/first-app apply
#
# terraform/README.md says how the provider is installed.

terraform {
  required_version = ">= 1.6"

  required_providers {
    tidegate = {
      source = "tidegate.io/tidegate/tidegate"
    }
  }
}

variable "endpoint" {
  description = "The gateway."
  type        = string
  default     = "http://127.0.0.1:8080"
}

variable "origins" {
  description = "Where the app's own pages are served from."
  type        = set(string)
  default     = ["http://localhost:5173"]
}

provider "tidegate" {
  endpoint = var.endpoint
}

resource "tidegate_tenant" "first" {
  name = "First tenant"
}

module "app" {
  source = "../../modules/app"

  tenant_id           = tidegate_tenant.first.id
  name                = "first-app"
  settings            = { allowed_origins = var.origins }
  deletion_protection = false # This is for trying: `tofu destroy` may take it away again,
  cascade             = true  # with the messages that are in it.

  namespaces = {
    rooms = { pattern = "room:*", durability = "durable", retention_days = 30 }
  }

  keys = {
    backend = { capabilities = { "*" = ["publish", "subscribe", "presence", "history", "admin"] } }
    reader  = { capabilities = { "room:*" = ["subscribe", "history"] } }
  }
}

# The first message. The key goes to curl through its standard input: neither a list of processes nor the log shows it.
resource "terraform_data" "hello" {
  triggers_replace = [module.app.id]

  provisioner "local-exec" {
    command = <<-SH
      printf 'user = "%s"' "$KEY" | curl --silent --show-error --fail-with-body --config - \
        --header 'Content-Type: application/json' \
        --data '{"name": "hello", "data": "Hello from Terraform", "id": "hello-1"}' \
        "$ENDPOINT/v1/channels/room:lobby/messages"
    SH
    environment = {
      ENDPOINT = var.endpoint
      KEY      = module.app.keys["backend"]
    }
  }

  depends_on = [module.app]
}

output "app_id" {
  value = module.app.id
}

output "keys" {
  description = "tofu output -json keys"
  value       = module.app.keys
  sensitive   = true
}

output "read_it" {
  description = "What shows the message."
  value       = "curl --user \"$(tofu output -json keys | jq -r .reader)\" ${var.endpoint}/v1/channels/room:lobby/messages"
}
