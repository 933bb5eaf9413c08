package acceptance

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"tidegate.io/tidegate/terraform/gatewaytest"
)

func TestATenantLivesAsItsConfigurationSays(t *testing.T) {
	path := func(a attributes) string { return "/v1/tenants/" + a["id"] }
	lifecycle{
		address:  "tidegate_tenant.acme",
		config:   tenant(`name = "Acme"`, `limits = { connections = 1000, publishes_per_second = 50 }`),
		changed:  tenant(`name = "Acme & Sons"`, `limits = { connections = 2000, max_message_bytes = 1024 }`),
		changeIs: plancheck.ResourceActionUpdate,
		is:       fields{"name": "Acme", "limits": fields{"connections": 1000, "publishesPerSecond": 50, "maxMessageBytes": 65536}},
		// A limit that is no longer given has its default again.
		becomes:    fields{"name": "Acme & Sons", "limits": fields{"connections": 2000, "publishesPerSecond": nil, "maxMessageBytes": 1024}},
		find:       at(path),
		drift:      sends("PATCH", path, fields{"name": "renamed", "limits": fields{"connections": 1}}),
		remove:     sends("DELETE", path, nil),
		importID:   func(a attributes) string { return a["id"] },
		unreadable: []string{"timeouts"},
	}.run(t)
}

func TestAnAppLivesAsItsConfigurationSays(t *testing.T) {
	path := func(a attributes) string { return "/v1/apps/" + a["id"] }
	lifecycle{
		address:  "tidegate_app.production",
		config:   app(`name = "production"`, `settings = { allowed_origins = ["https://chat.acme.example"] }`),
		changed:  app(`name = "prod"`, `settings = { allowed_origins = ["https://chat.acme.example", "https://acme.example:8443"], message_previews = false }`),
		changeIs: plancheck.ResourceActionUpdate,
		is: fields{"name": "production", "settings": fields{
			"allowedOrigins": []string{"https://chat.acme.example"}, "messagePreviews": true}},
		becomes: fields{"name": "prod", "settings": fields{
			"allowedOrigins": []string{"https://acme.example:8443", "https://chat.acme.example"}, "messagePreviews": false}},
		find:     at(path),
		drift:    sends("PATCH", path, fields{"settings": fields{"allowedOrigins": []string{"*"}}}),
		remove:   sends("DELETE", path, nil),
		importID: func(a attributes) string { return a["id"] },
	}.run(t)
}

func TestAnAPIKeyLivesAsItsConfigurationSays(t *testing.T) {
	path := func(a attributes) string { return "/v1/apps/" + a["app_id"] + "/keys/" + a["id"] }
	lifecycle{
		address: "tidegate_api_key.backend",
		config: in("tidegate_api_key", "backend",
			`name = "backend"`, `capabilities = { "*" = ["publish", "history", "admin"] }`),
		changed: in("tidegate_api_key", "backend",
			`name = "chat backend"`, `capabilities = { "chat:*" = ["subscribe", "publish"], "news" = ["publish"] }`, `expires_at = "2099-01-01T00:00:00Z"`),
		changeIs: plancheck.ResourceActionUpdate,
		is:       fields{"name": "backend", "capabilities": fields{"*": []string{"publish", "history", "admin"}}, "expiresAt": nil},
		becomes: fields{"name": "chat backend", "expiresAt": "2099-01-01T00:00:00Z",
			"capabilities": fields{"chat:*": []string{"publish", "subscribe"}, "news": []string{"publish"}}},
		// A revoked key stays listed, and is good for nothing.
		find: func(t *testing.T, g *gatewaytest.Gateway, a attributes) fields {
			key := at(path)(t, g, a)
			if key["revokedAt"] != nil {
				return nil
			}
			return key
		},
		drift:      sends("PATCH", path, fields{"capabilities": fields{"*": []string{"admin"}}}),
		remove:     sends("DELETE", path, nil),
		importID:   func(a attributes) string { return a["app_id"] + "/" + a["id"] },
		unreadable: []string{"key", "secret"},
	}.run(t)
}

func TestANamespaceLivesAsItsConfigurationSays(t *testing.T) {
	path := func(a attributes) string { return "/v1/apps/" + a["app_id"] + "/namespaces/" + a["name"] }
	lifecycle{
		address: "tidegate_namespace.chat",
		config:  in("tidegate_namespace", "chat", `name = "chat"`, `pattern = "chat:*"`, `durability = "durable"`, `retention_days = 7`),
		changed: in("tidegate_namespace", "chat", `name = "chat"`, `pattern = "room:*"`, `durability = "durable"`,
			`rewind = { messages = 10 }`, `presence = { mode = "occupancy" }`, `client_publish = false`),
		changeIs: plancheck.ResourceActionUpdate,
		is:       fields{"pattern": "chat:*", "durability": "durable", "retentionDays": 7, "clientPublish": true},
		becomes: fields{"pattern": "room:*", "retentionDays": 30, "rewind": fields{"messages": 10, "seconds": 120},
			"presence": fields{"mode": "occupancy", "maxMembers": 1000}, "clientPublish": false},
		find:     at(path),
		drift:    sends("PUT", path, fields{"pattern": "room:*", "durability": "durable", "public": true}),
		remove:   sends("DELETE", path, nil),
		importID: func(a attributes) string { return a["app_id"] + "/" + a["name"] },
	}.run(t)
}

func TestAWebhookLivesAsItsConfigurationSays(t *testing.T) {
	path := func(a attributes) string { return "/v1/apps/" + a["app_id"] + "/webhooks/" + a["id"] }
	lifecycle{
		address: "tidegate_webhook.events",
		config: in("tidegate_webhook", "events",
			`name = "events"`, `url = "https://hooks.acme.example/in"`, `events = ["message.published"]`),
		changed: in("tidegate_webhook", "events",
			`name = "presence"`, `url = "https://hooks.acme.example:8443/in"`, `events = ["member.removed", "member.added"]`,
			`pattern = "chat:*"`, `batch = { max_events = 50 }`, `enabled = false`),
		changeIs: plancheck.ResourceActionUpdate,
		is: fields{"name": "events", "url": "https://hooks.acme.example/in", "events": []string{"message.published"},
			"pattern": "*", "batch": fields{"maxEvents": 1}, "enabled": true},
		becomes: fields{"name": "presence", "url": "https://hooks.acme.example:8443/in", "events": []string{"member.added", "member.removed"},
			"pattern": "chat:*", "batch": fields{"maxEvents": 50}, "enabled": false},
		find:       at(path),
		drift:      sends("PATCH", path, fields{"enabled": true, "events": []string{"limit.warning"}}),
		remove:     sends("DELETE", path, nil),
		importID:   func(a attributes) string { return a["app_id"] + "/" + a["id"] },
		unreadable: []string{"secret"},
	}.run(t)
}

func TestAMemberLivesAsItsConfigurationSays(t *testing.T) {
	path := func(a attributes) string { return "/v1/tenants/" + a["tenant_id"] + "/members/" + a["id"] }
	member := func(role string) string {
		return tenant(`name = "Acme"`, `cascade = true`) + "resource \"tidegate_member\" \"grace\" {\n" +
			"  tenant_id = tidegate_tenant.acme.id\n  email = \"Grace@acme.example\"\n  role = \"" + role + "\"\n}\n"
	}
	lifecycle{
		address:    "tidegate_member.grace",
		config:     member("developer"),
		changed:    member("admin"),
		changeIs:   plancheck.ResourceActionUpdate,
		is:         fields{"role": "developer", "status": "invited"},
		becomes:    fields{"role": "admin", "status": "invited"},
		find:       among(func(a attributes) string { return "/v1/tenants/" + a["tenant_id"] + "/members" }),
		drift:      sends("PATCH", path, fields{"role": "viewer"}),
		remove:     sends("DELETE", path, nil),
		importID:   func(a attributes) string { return a["tenant_id"] + "/" + a["id"] },
		unreadable: []string{"invitation_url", "email"}, // its case is not what counts
	}.run(t)
}

// The gateway cannot change a control token, so another role makes another one.
func TestAControlTokenLivesAsItsConfigurationSays(t *testing.T) {
	path := func(a attributes) string { return "/v1/tenants/" + a["tenant_id"] + "/control-tokens/" + a["id"] }
	token := func(role string) string {
		return tenant(`name = "Acme"`) + "resource \"tidegate_control_token\" \"ci\" {\n" +
			"  tenant_id = tidegate_tenant.acme.id\n  name = \"ci\"\n  role = \"" + role + "\"\n}\n"
	}
	lifecycle{
		address:    "tidegate_control_token.ci",
		config:     token("admin"),
		changed:    token("developer"),
		changeIs:   plancheck.ResourceActionDestroyBeforeCreate,
		is:         fields{"name": "ci", "role": "admin", "expiresAt": nil},
		becomes:    fields{"name": "ci", "role": "developer", "expiresAt": nil},
		find:       among(func(a attributes) string { return "/v1/tenants/" + a["tenant_id"] + "/control-tokens" }),
		remove:     sends("DELETE", path, nil),
		importID:   func(a attributes) string { return a["tenant_id"] + "/" + a["id"] },
		unreadable: []string{"token"},
	}.run(t)
}
