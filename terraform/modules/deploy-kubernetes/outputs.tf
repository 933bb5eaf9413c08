locals {
  # As the chart's helper "tidegate.fullname" makes it.
  service = strcontains(var.name, "tidegate") ? var.name : "${var.name}-tidegate"
}

output "service" {
  description = "The name of the Service for clients, port 80."
  value       = local.service
}

output "internal_endpoint" {
  description = "The gateway's address from within the cluster, for the provider's endpoint or a backend."
  value       = "http://${local.service}.${var.namespace}.svc:80"
}

output "management_service" {
  description = "The name of the headless Service of the management port, 8081."
  value       = "${local.service}-management"
}

output "release" {
  description = "Name, namespace and what the chart was given; no credentials."
  value = {
    name      = helm_release.tidegate.name
    namespace = helm_release.tidegate.namespace
    values    = helm_release.tidegate.values
  }
}
