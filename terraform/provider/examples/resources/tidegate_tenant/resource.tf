resource "tidegate_tenant" "acme" {
  name = "Acme"

  limits = {
    connections          = 10000
    publishes_per_second = 500
    history_days         = 30
  }

  deletion_protection = true
}
