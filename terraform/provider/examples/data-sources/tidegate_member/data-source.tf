data "tidegate_member" "ada" {
  tenant_id = "0197f3c2-6b1e-7c3a-9d52-3f1f8a2b4c5d"
  email     = "ada@acme.example"
}

output "ada_is_owner" {
  value = data.tidegate_member.ada.role == "owner"
}
