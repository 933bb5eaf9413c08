variable "tenant_id" {
  type    = string
  default = "0197f3c2-6b1e-7c3a-9d52-3f1f8a2b4c5d"
}

# What the tenant's own pipeline runs this provider with.
resource "tidegate_control_token" "ci" {
  tenant_id  = var.tenant_id
  name       = "ci"
  role       = "admin"
  expires_at = "2030-01-01T00:00:00Z"
}

output "ci_token" {
  value     = tidegate_control_token.ci.token
  sensitive = true
}
