# By name needs an operator token; by id a control token of the tenant is enough.
data "tidegate_tenant" "acme" {
  name = "Acme"
}

output "connections" {
  value = data.tidegate_tenant.acme.limits.connections
}
