resource "tidegate_tenant" "acme" {
  name = "Acme"
}

resource "tidegate_app" "production" {
  tenant_id = tidegate_tenant.acme.id
  name      = "production"

  settings = {
    allowed_origins = ["https://chat.acme.example"]
  }

  deletion_protection = true
}
