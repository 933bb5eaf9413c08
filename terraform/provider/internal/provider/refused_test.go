package provider

import (
	"strings"
	"testing"
)

func TestWhatIsProtectedIsNeitherDestroyedNorReplaced(t *testing.T) {
	g := newFakeGateway(t)
	c := to(t, g)
	app, config := production(c)
	app = c.have("app", app, with(config, "deletion_protection", true))
	if g.count("PATCH") != 0 {
		t.Error("the gateway was told of what it does not know:", g.last("PATCH"))
	}
	wants(t, c.plan("app", app, nil).problems, "The app is protected", "deletion_protection = true")
	other := acme(c).state["id"]
	wants(t, c.plan("app", app, with(config, "tenant_id", other, "deletion_protection", true)).problems, "The app is protected")
	// A destruction that the plan did not show, as -replace makes one.
	plan := planned{kind: "app", prior: app, state: toValue(c.schema("app").ValueType(), nil)}
	if _, problems := c.apply(plan); !strings.Contains(problems, "The app is protected") || g.count("DELETE") != 0 {
		t.Error(problems, g.asked)
	}
	tenant := c.have("tenant", instance{}, object{"name": "Safe", "deletion_protection": true})
	wants(t, c.plan("tenant", tenant, nil).problems, "The tenant is protected")

	app = c.have("app", app, config)
	c.have("app", app, nil)
}

func TestWhatHoldsSomethingIsDestroyedOnlyWithCascade(t *testing.T) {
	g := newFakeGateway(t)
	c := to(t, g)
	key, _ := backend(c)
	appConfig := object{"tenant_id": "1", "name": "production"}
	app, problems := c.importID("app", key.state["app_id"].(string))
	if problems != "" {
		t.Fatal(problems)
	}
	_, problems = c.apply(c.plan("app", app, nil))
	wants(t, problems, "Could not delete the app: Not empty (40903)", "cascade = true", "request-1", "/docs/errors#has-children")
	app = c.have("app", app, with(appConfig, "cascade", true))
	c.have("app", app, nil)
	wants(t, g.last("DELETE"), "cascade=true")
}

func TestWhatTheContractRefusesIsRefusedBeforeAnythingIsAsked(t *testing.T) {
	g := newFakeGateway(t)
	c := to(t, g)
	key := object{"app_id": "1", "name": "a", "capabilities": object{"*": []any{"publish"}}}
	member := object{"tenant_id": "1", "email": "a@b", "role": "viewer"}
	for _, bad := range []struct {
		kind   string
		config object
	}{
		{"tenant", object{"name": ""}},
		{"tenant", object{"name": strings.Repeat("ä", 101)}},
		{"tenant", object{"name": "a", "limits": object{"connections": -1}}},
		{"tenant", object{"name": "a", "limits": object{"max_message_bytes": 65537}}},
		{"tenant", object{"name": "a", "limits": object{"max_batch_messages": 0}}},
		{"app", object{"tenant_id": "1", "name": "a", "settings": object{"allowed_origins": []any{"https://a.example/path"}}}},
		{"api_key", with(key, "capabilities", object{})},
		{"api_key", with(key, "capabilities", object{"*": []any{}})},
		{"api_key", with(key, "capabilities", object{"*": []any{"everything"}})},
		{"api_key", with(key, "capabilities", object{"": []any{"publish"}})},
		{"api_key", with(key, "capabilities", object{"a*b": []any{"publish"}})},
		{"api_key", with(key, "expires_at", "tomorrow")},
		{"api_key", with(key, "expires_at", "2030-01-01T00:00:00.0001Z")},
		{"control_token", object{"tenant_id": "1", "name": "a", "role": "operator"}},
		{"member", with(member, "email", "nobody")},
		{"member", with(member, "role", "")},
	} {
		if problems := c.validate(bad.kind, bad.config); problems == "" {
			t.Errorf("%s %v was taken", bad.kind, bad.config)
		}
	}
	if problems := c.validate("api_key", key) + c.validate("member", member); problems != "" {
		t.Error(problems)
	}
	if len(g.asked) != 0 {
		t.Error(g.asked)
	}
}

func TestAnIDThatIsNoneIsNotImported(t *testing.T) {
	g := newFakeGateway(t)
	c := to(t, g)
	for _, id := range []string{"", "k1", "/k1", "1/", "1/2/3"} {
		if _, problems := c.importID("api_key", id); !strings.Contains(problems, "app_id/key_id") {
			t.Errorf("%q: %s", id, problems)
		}
	}
	if after, problems := c.importID("tenant", "nobody"); after.state != nil || problems != "" {
		t.Error(after, problems) // Terraform says itself that it does not exist
	}
}

func TestAMemberWhoIsOneAlreadyIsToBeImported(t *testing.T) {
	g := newFakeGateway(t)
	c := to(t, g)
	member := object{"tenant_id": acme(c).state["id"], "email": "ada@acme.example", "role": "viewer"}
	c.have("member", instance{}, member)
	_, problems := c.apply(c.plan("member", instance{}, member))
	wants(t, problems, "A member already (40910)", "Import")
}
