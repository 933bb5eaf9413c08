variable "tenant_id" {
  type    = string
  default = "0197f3c2-6b1e-7c3a-9d52-3f1f8a2b4c5d"
}

resource "tidegate_member" "grace" {
  tenant_id = var.tenant_id
  email     = "grace@acme.example"
  role      = "developer"
}

# To be handed to her; good once.
output "invitation" {
  value     = tidegate_member.grace.invitation_url
  sensitive = true
}
