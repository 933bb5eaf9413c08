variable "name" {
  description = "The name of the release."
  type        = string
  default     = "tidegate"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$", var.name))
    error_message = "name has up to 40 small letters, digits and -, beginning with a letter."
  }
}

variable "namespace" {
  description = "The Kubernetes namespace that the release goes to."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", var.namespace))
    error_message = "namespace is a Kubernetes name."
  }
}

variable "create_namespace" {
  description = "Whether the namespace is made. The Secrets must be there before the pods, so mostly it exists already."
  type        = bool
  default     = false
  nullable    = false
}

variable "image" {
  description = "The image that you built from the repository's Dockerfile and pushed. There is no default. A digest goes before the tag; without both the chart's version is the tag."
  type = object({
    repository   = string
    tag          = optional(string)
    digest       = optional(string)
    pull_policy  = optional(string, "IfNotPresent")
    pull_secrets = optional(list(string), [])
  })
  nullable = false

  validation {
    condition     = length(var.image.repository) > 0
    error_message = "image.repository names the image that you built from the Dockerfile and pushed."
  }

  validation {
    condition     = var.image.digest == null || can(regex("^sha256:[0-9a-f]{64}$", var.image.digest))
    error_message = "image.digest is sha256: and 64 hexadecimal digits."
  }
}

variable "existing_secret" {
  description = "The Secret with the keys operator-token, master-key, database-password and redis-url, those of them that are needed. It is made outside of Terraform, so that no credential is in the state."
  type        = string
  default     = null
}

variable "secrets" {
  description = "For credentials that are in Secrets or keys of their own: {secret, key} each."
  type = object({
    operator_token    = optional(object({ secret = string, key = string }))
    master_key        = optional(object({ secret = string, key = string }))
    database_password = optional(object({ secret = string, key = string }))
    redis_url         = optional(object({ secret = string, key = string }))
  })
  default  = {}
  nullable = false
}

variable "database" {
  description = "Your PostgreSQL 15 or later. null: one node with the embedded database on a volume. max_connections must be above connections times (replicas + 1)."
  type = object({
    url         = string
    user        = string
    connections = optional(number, 26)
  })
  default = null

  validation {
    condition     = var.database == null || can(regex("^jdbc:postgresql://[^@]+$", var.database.url))
    error_message = "database.url is jdbc:postgresql://host:5432/name, without a user or password in it."
  }

  validation {
    condition     = var.database == null || try(var.database.connections >= 16 && var.database.connections <= 1000, false)
    error_message = "database.connections is 16 to 1000."
  }
}

variable "redis" {
  description = "Whether several pods are linked by Redis, whose URL is in a Secret. Needs database."
  type        = bool
  default     = false
  nullable    = false
}

variable "replicas" {
  description = "Pods with redis and without autoscaling. N - 1 must carry all clients."
  type        = number
  default     = 3
  nullable    = false

  validation {
    condition     = var.replicas >= 1 && floor(var.replicas) == var.replicas
    error_message = "replicas is a whole number from 1."
  }
}

variable "autoscaling" {
  description = "By connections per pod; needs redis, and the metric tidegate_connections in the custom metrics API (deploy/autoscaling)."
  type = object({
    min_replicas        = optional(number, 3)
    max_replicas        = number
    connections_per_pod = optional(number, 10000)
  })
  default = null

  validation {
    condition     = var.autoscaling == null || try(var.autoscaling.min_replicas >= 1 && var.autoscaling.min_replicas <= var.autoscaling.max_replicas, false)
    error_message = "autoscaling.min_replicas is at least 1 and at most max_replicas."
  }
}

variable "persistence" {
  description = "The volume of the embedded database."
  type = object({
    size           = optional(string, "10Gi")
    storage_class  = optional(string)
    existing_claim = optional(string)
  })
  default  = {}
  nullable = false
}

variable "ingress" {
  description = "null: none."
  type = object({
    class_name  = optional(string)
    hosts       = list(string)
    tls_secret  = optional(string)
    annotations = optional(map(string), {})
  })
  default = null

  validation {
    condition     = var.ingress == null || try(length(var.ingress.hosts) > 0, false)
    error_message = "ingress.hosts names at least one host."
  }
}

variable "trusted_proxies" {
  description = "CIDR ranges of the ingress controller or load balancer: whose X-Forwarded-* headers are believed."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for range in var.trusted_proxies : can(cidrhost(range, 0))])
    error_message = "trusted_proxies are CIDR ranges such as 10.0.0.0/8."
  }

  validation {
    condition     = alltrue([for range in var.trusted_proxies : !endswith(range, "/0")])
    error_message = "A range of /0 would let everybody choose an address."
  }
}

variable "monitoring" {
  description = "What the Prometheus Operator and Grafana's sidecar pick up: a ServiceMonitor, the alert rules, the dashboards. labels are those that your Prometheus selects by; namespace is where it runs, and may reach the management port."
  type = object({
    enabled   = optional(bool, true)
    namespace = optional(string, "monitoring")
    labels    = optional(map(string), {})
  })
  default = { enabled = false }

  nullable = false
}

variable "settings" {
  description = "Other TIDEGATE_* variables of docs/settings.md, no credentials."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for name, _ in var.settings : can(regex("^TIDEGATE_[A-Z0-9_]+$", name))])
    error_message = "settings are named TIDEGATE_..., as in docs/settings.md."
  }
}

variable "values" {
  description = "Further values of the chart, YAML documents; later ones win, and win over all that the other variables say."
  type        = list(string)
  default     = []
  nullable    = false
}

variable "timeout_seconds" {
  description = "How long the pods may take to be ready: a first start may migrate the database."
  type        = number
  default     = 600
  nullable    = false
}
