variable "tenant_id" {
  description = "The tenant that the app belongs to."
  type        = string
  nullable    = false

  validation {
    condition     = length(var.tenant_id) > 0
    error_message = "tenant_id is empty: give the id of a tidegate_tenant."
  }
}

variable "name" {
  description = "The app's name, for people: 1 to 100 characters."
  type        = string
  nullable    = false

  validation {
    condition     = length(var.name) >= 1 && length(var.name) <= 100
    error_message = "name has 1 to 100 characters."
  }
}

variable "settings" {
  description = "Origins whose pages may connect (`*` any; none by default, which keeps browsers out), and whether the app's log shows the beginning of messages."
  type = object({
    allowed_origins  = optional(set(string))
    message_previews = optional(bool)
  })
  default = null

  validation {
    condition = alltrue([
      for origin in try(coalesce(var.settings.allowed_origins, []), []) : can(regex("^(\\*|https?://[^/?#\\s]+)$", origin))
    ])
    error_message = "allowed_origins are * or origins such as https://chat.example.com, without a path."
  }
}

variable "deletion_protection" {
  description = "While true, a plan that would destroy or replace the app fails."
  type        = bool
  default     = true
  nullable    = false
}

variable "cascade" {
  description = "Whether destroying the app deletes what is in it and not in this configuration: keys, namespaces, webhooks and all messages."
  type        = bool
  default     = false
  nullable    = false
}

variable "namespaces" {
  description = "Rules for channels, by the namespace's name. What is left out has the provider's default."
  type = map(object({
    pattern        = string
    durability     = optional(string)
    window         = optional(object({ messages = optional(number), seconds = optional(number) }))
    retention_days = optional(number)
    rewind         = optional(object({ messages = optional(number), seconds = optional(number) }))
    presence = optional(object({
      mode          = optional(string)
      max_members   = optional(number)
      grace_seconds = optional(number)
    }))
    max_message_bytes = optional(number)
    public            = optional(bool)
    client_publish    = optional(bool)
    conflate          = optional(string)
    require_client_id = optional(bool)
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for name, _ in var.namespaces : can(regex("^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$", name))])
    error_message = "A namespace's name has up to 64 letters, digits, _ and -, and begins with a letter or a digit."
  }

  validation {
    condition     = alltrue([for one in var.namespaces : length(one.pattern) >= 1 && length(one.pattern) <= 255])
    error_message = "A namespace's pattern has 1 to 255 characters, such as chat:* or *."
  }

  validation {
    condition     = length(distinct([for one in var.namespaces : one.pattern])) == length(var.namespaces)
    error_message = "Two namespaces have the same pattern: one of them would never apply."
  }

  validation {
    condition     = alltrue([for one in var.namespaces : contains(["none", "window", "durable"], coalesce(one.durability, "window"))])
    error_message = "durability is none, window or durable."
  }

  validation {
    condition     = alltrue([for one in var.namespaces : contains(["members", "occupancy", "off"], try(coalesce(one.presence.mode, "members"), "members"))])
    error_message = "presence.mode is members, occupancy or off."
  }

  validation {
    condition     = alltrue([for one in var.namespaces : contains(["none", "latest"], coalesce(one.conflate, "none"))])
    error_message = "conflate is none or latest."
  }

  validation {
    condition     = alltrue([for one in var.namespaces : one.retention_days == null || coalesce(one.durability, "window") == "durable"])
    error_message = "retention_days is for durability durable; window and none keep no days."
  }
}

variable "keys" {
  description = "API keys, by name. capabilities: channel pattern to a set of publish, subscribe, presence, history and admin. Change a value of rotate_when for a new secret; the old key ends after the new one is there."
  type = map(object({
    capabilities = map(set(string))
    expires_at   = optional(string)
    rotate_when  = optional(map(string))
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for name, _ in var.keys : length(name) >= 1 && length(name) <= 100])
    error_message = "A key's name has 1 to 100 characters."
  }

  validation {
    condition     = alltrue([for one in var.keys : length(one.capabilities) > 0 && length(one.capabilities) <= 100 && alltrue([for operations in values(one.capabilities) : length(operations) > 0])])
    error_message = "A key has 1 to 100 capabilities, each with at least one operation."
  }

  validation {
    condition = alltrue(flatten([
      for one in var.keys : [
        for operations in values(one.capabilities) : [
          for operation in operations : contains(["publish", "subscribe", "presence", "history", "admin"], operation)
        ]
      ]
    ]))
    error_message = "Operations are publish, subscribe, presence, history and admin."
  }

  validation {
    condition     = alltrue([for one in var.keys : one.expires_at == null || can(timeadd(one.expires_at, "0s"))])
    error_message = "expires_at is a time such as 2030-01-31T00:00:00Z."
  }
}

variable "webhooks" {
  description = "Webhooks, by name. Change a value of rotate_when for a new secret; the old one signs too for rotation_overlap_seconds."
  type = map(object({
    url                      = string
    events                   = set(string)
    pattern                  = optional(string)
    max_events               = optional(number)
    enabled                  = optional(bool)
    rotate_when              = optional(map(string))
    rotation_overlap_seconds = optional(number)
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for name, _ in var.webhooks : length(name) >= 1 && length(name) <= 100])
    error_message = "A webhook's name has 1 to 100 characters."
  }

  validation {
    condition     = alltrue([for one in var.webhooks : can(regex("^https?://[^/@#\\s]+[^@#\\s]*$", one.url))])
    error_message = "A webhook's url is absolute, https, and without user and fragment; http only where whoever runs the gateway has opened it."
  }

  validation {
    condition = alltrue(flatten([for one in var.webhooks : concat([length(one.events) > 0], [
      for event in one.events : contains([
        "channel.occupied", "channel.vacated", "member.added", "member.updated", "member.removed",
        "message.published", "connection.opened", "connection.closed", "limit.warning",
      ], event)
    ])]))
    error_message = "A webhook has at least one event, of channel.occupied, channel.vacated, member.added, member.updated, member.removed, message.published, connection.opened, connection.closed and limit.warning."
  }

  validation {
    condition     = alltrue([for one in var.webhooks : coalesce(one.max_events, 1) >= 1 && coalesce(one.max_events, 1) <= 100])
    error_message = "max_events is 1 to 100."
  }
}
