output "id" {
  description = "The app's id, numeric text."
  value       = tidegate_app.this.id
}

output "key_names" {
  description = "By the key's name here: `appId.keyId`, the key without its secret."
  value       = { for name, one in tidegate_api_key.this : name => one.key_name }
}

output "keys" {
  description = "By the key's name here: `appId.keyId:secret`, as clients take it."
  value       = { for name, one in tidegate_api_key.this : name => one.key }
  sensitive   = true
}

output "webhook_ids" {
  description = "By the webhook's name here: its id."
  value       = { for name, one in tidegate_webhook.this : name => one.id }
}

output "webhook_secrets" {
  description = "By the webhook's name here: what its deliveries are signed with."
  value       = { for name, one in tidegate_webhook.this : name => one.secret }
  sensitive   = true
}

output "namespace_patterns" {
  description = "By the namespace's name: the pattern of its channels."
  value       = { for name, one in tidegate_namespace.this : name => one.pattern }
}
