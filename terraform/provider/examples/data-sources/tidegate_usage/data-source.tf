data "tidegate_usage" "october" {
  tenant_id = "0197f3c2-6b1e-7c3a-9d52-3f1f8a2b4c5d"
  unit      = "month"
  start     = "2026-10-01T00:00:00Z"
  end       = "2026-11-01T00:00:00Z"
}

output "messages" {
  value = sum(concat([0], data.tidegate_usage.october.usage[*].publishes))
}
