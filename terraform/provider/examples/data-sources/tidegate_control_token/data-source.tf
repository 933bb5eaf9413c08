data "tidegate_control_token" "ci" {
  tenant_id = "0197f3c2-6b1e-7c3a-9d52-3f1f8a2b4c5d"
  name      = "ci"
}

# null is never.
output "ci_expires_at" {
  value = data.tidegate_control_token.ci.expires_at
}
