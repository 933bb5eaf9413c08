package acceptance

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
)

func TestEachDataSourceReadsWhatItsResourceWrote(t *testing.T) {
	g := shared(t)
	same := func(kind, name string, attributes ...string) []resource.TestCheckFunc {
		var checks []resource.TestCheckFunc
		for _, attribute := range append(attributes, "id", "created_at") {
			checks = append(checks, resource.TestCheckResourceAttrPair(kind+"."+name, attribute, "data."+kind+"."+name, attribute))
		}
		return checks
	}
	var checks []resource.TestCheckFunc
	checks = append(checks, same("tidegate_tenant", "acme", "name", "limits.connections", "limits.max_message_bytes")...)
	checks = append(checks, same("tidegate_app", "production", "name", "tenant_id", "settings.message_previews")...)
	checks = append(checks, same("tidegate_api_key", "backend", "name", "key_name", "capabilities.%")...)
	checks = append(checks, same("tidegate_namespace", "chat", "pattern", "durability", "window.seconds", "presence.mode")...)
	checks = append(checks, same("tidegate_webhook", "events", "url", "events.#", "batch.max_events")...)
	checks = append(checks, same("tidegate_member", "grace", "email", "role", "status")...)
	checks = append(checks, same("tidegate_control_token", "ci", "name", "role")...)
	checks = append(checks,
		resource.TestCheckResourceAttr("data.tidegate_nodes.all", "live", "1"),
		resource.TestCheckResourceAttr("data.tidegate_usage.now", "usage.#", "0"))
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: factories,
		Steps: []resource.TestStep{{
			Config: config(g, tenant(`name = "Read"`, `limits = { connections = 5 }`)+`
resource "tidegate_app" "production" {
  tenant_id = tidegate_tenant.acme.id
  name      = "production"
}
resource "tidegate_api_key" "backend" {
  app_id       = tidegate_app.production.id
  name         = "backend"
  capabilities = { "*" = ["publish"] }
}
resource "tidegate_namespace" "chat" {
  app_id     = tidegate_app.production.id
  name       = "chat"
  pattern    = "chat:*"
  durability = "durable"
}
resource "tidegate_webhook" "events" {
  app_id = tidegate_app.production.id
  name   = "events"
  url    = "https://hooks.acme.example/in"
  events = ["message.published", "limit.warning"]
}
resource "tidegate_member" "grace" {
  tenant_id = tidegate_tenant.acme.id
  email     = "grace@read.example"
  role      = "viewer"
}
resource "tidegate_control_token" "ci" {
  tenant_id = tidegate_tenant.acme.id
  name      = "ci"
  role      = "viewer"
}
data "tidegate_tenant" "acme" { id = tidegate_tenant.acme.id }
data "tidegate_app" "production" {
  tenant_id = tidegate_app.production.tenant_id
  name      = tidegate_app.production.name
}
data "tidegate_api_key" "backend" {
  app_id = tidegate_api_key.backend.app_id
  name   = tidegate_api_key.backend.name
}
data "tidegate_namespace" "chat" {
  app_id = tidegate_namespace.chat.app_id
  name   = tidegate_namespace.chat.name
}
data "tidegate_webhook" "events" {
  app_id = tidegate_webhook.events.app_id
  name   = tidegate_webhook.events.name
}
data "tidegate_member" "grace" {
  tenant_id = tidegate_member.grace.tenant_id
  email     = tidegate_member.grace.email
}
data "tidegate_control_token" "ci" {
  tenant_id = tidegate_control_token.ci.tenant_id
  name      = tidegate_control_token.ci.name
}
data "tidegate_nodes" "all" {}
data "tidegate_usage" "now" { tenant_id = tidegate_tenant.acme.id }
`),
			Check: resource.ComposeAggregateTestCheckFunc(checks...),
		}},
	})
}
