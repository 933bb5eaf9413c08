output "tenants" {
  value = { for customer, one in tidegate_tenant.customer : customer => one.id }
}

output "handover" {
  description = "What each customer is given once: tofu output -json handover."
  value = {
    for customer, one in var.customers : customer => {
      app_id          = module.app[customer].id
      key             = module.app[customer].keys["backend"]
      webhook_secrets = module.app[customer].webhook_secrets
      control_token   = tidegate_control_token.automation[customer].token
      invitation_url  = tidegate_member.owner[customer].invitation_url
    }
  }
  sensitive = true
}

output "published_this_month" {
  value = { for customer, month in data.tidegate_usage.month : customer => sum(concat([0], month.usage[*].publishes)) }
}
