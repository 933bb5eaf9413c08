variable "customers" {
  description = "Who is served, by a short name that never changes: it names their resources here."
  type = map(object({
    name        = string
    plan        = string
    owner_email = string
    origins     = set(string)
    webhook_url = optional(string)
    key_quarter = optional(string, "1")
  }))

  default = {
    acme = {
      name        = "Acme Inc."
      plan        = "pro"
      owner_email = "ada@acme.example"
      origins     = ["https://app.acme.example"]
      webhook_url = "https://hooks.acme.example/tidegate"
    }
    globex = {
      name        = "Globex"
      plan        = "free"
      owner_email = "hank@globex.example"
      origins     = ["https://globex.example"]
    }
  }

  validation {
    condition     = alltrue([for one in var.customers : contains(["free", "pro"], one.plan)])
    error_message = "A plan is free or pro."
  }
}

variable "protected" {
  description = "Whether a plan that would destroy a customer fails. Set it to false and apply, before one is let go."
  type        = bool
  default     = true
}
