package provider

import (
	"strings"
	"testing"
)

// a tenant, an app and a key, with what a test needs to change them.
func acme(c *core) (tenant instance) { return c.have("tenant", instance{}, object{"name": "Acme"}) }

func production(c *core) (app instance, config object) {
	config = object{"tenant_id": acme(c).state["id"], "name": "production"}
	return c.have("app", instance{}, config), config
}

func backend(c *core) (key instance, config object) {
	app, _ := production(c)
	config = object{"app_id": app.state["id"], "name": "backend", "capabilities": object{"*": []any{"publish", "subscribe"}}}
	return c.have("api_key", instance{}, config), config
}

func with(o object, pairs ...any) object {
	next := object{}
	for k, v := range o {
		next[k] = v
	}
	for i := 0; i < len(pairs); i += 2 {
		next[pairs[i].(string)] = pairs[i+1]
	}
	return next
}

func wants(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("%q is not in:\n%s", part, text)
		}
	}
}

func TestEachResourceIsCreatedReadChangedImportedAndDestroyed(t *testing.T) {
	for _, kind := range []struct {
		kind      string
		config    func(*core) object
		changed   object
		importID  func(object) string
		forgotten []string // what an import cannot know
	}{
		{"tenant", func(*core) object { return object{"name": "Acme", "limits": object{"connections": 10}} },
			object{"name": "Acme 2", "limits": object{"connections": 20, "history_days": 7, "max_batch_messages": 50}}, idOf, nil},
		{"app", func(c *core) object {
			return object{"tenant_id": acme(c).state["id"], "name": "production", "settings": object{"allowed_origins": []any{"https://a.example"}}}
		}, object{"name": "prod", "settings": object{"message_previews": false}}, idOf, nil},
		{"api_key", func(c *core) object {
			app, _ := production(c)
			return object{"app_id": app.state["id"], "name": "backend", "capabilities": object{"*": []any{"publish"}}, "expires_at": "2030-01-01T00:00:00Z"}
		}, object{"name": "back", "capabilities": object{"chat:*": []any{"subscribe", "publish"}}, "expires_at": nil},
			func(o object) string { return o["app_id"].(string) + "/" + idOf(o) }, []string{"key", "secret"}},
		{"control_token", func(c *core) object {
			return object{"tenant_id": acme(c).state["id"], "name": "ci", "role": "admin", "expires_at": "2030-01-01T01:00:00+01:00"}
		}, object{"role": "viewer", "expires_at": "2031-01-01T00:00:00Z"}, ofTenant, []string{"token"}},
		{"member", func(c *core) object {
			return object{"tenant_id": acme(c).state["id"], "email": "Grace@Acme.example", "role": "developer"}
		}, object{"role": "admin"}, ofTenant, []string{"invitation_url"}},
	} {
		t.Run(kind.kind, func(t *testing.T) {
			g := newFakeGateway(t)
			c := to(t, g)
			config := kind.config(c)
			created := c.have(kind.kind, instance{}, config)
			if created.state["id"] == nil || created.state["created_at"] != "2026-05-04T09:30:00Z" {
				t.Error(created.state)
			}
			for _, secret := range kind.forgotten {
				if s, _ := created.state[secret].(string); !strings.Contains(s, "secret") {
					t.Errorf("%s is %q", secret, s)
				}
			}
			for name, value := range kind.changed {
				config[name] = value
			}
			changed := c.have(kind.kind, created, config)

			imported, problems := c.importID(kind.kind, kind.importID(changed.state))
			if problems != "" {
				t.Fatal(problems)
			}
			for name, value := range changed.state {
				forgotten := strings.Contains(strings.Join(kind.forgotten, " "), name)
				if forgotten && imported.state[name] != nil || !forgotten && name != "email" && name != "expires_at" && !same(imported.state[name], value) {
					t.Errorf("%s: imported %v, not %v", name, imported.state[name], value)
				}
			}
			c.settled(kind.kind, imported, config)

			if gone := c.have(kind.kind, changed, nil); gone.state != nil {
				t.Error(gone.state)
			}
			if after := c.refresh(kind.kind, changed); after.state != nil {
				t.Error("what is not there any more is still in the state:", after.state)
			}
			if gone := c.have(kind.kind, changed, nil); gone.state != nil {
				t.Error("destroying what is gone fails")
			}
		})
	}
}

func idOf(o object) string     { return o["id"].(string) }
func ofTenant(o object) string { return o["tenant_id"].(string) + "/" + idOf(o) }

func TestALostAnswerToACreationMakesNothingTwice(t *testing.T) {
	g := newFakeGateway(t)
	c := to(t, g)
	g.loseAnswers = 1
	key, _ := backend(c)
	if n := g.count("POST /v1/tenants "); n != 2 || len(g.things) != 3 {
		t.Error(n, len(g.things))
	}
	if key.state["key"] == nil {
		t.Error("the secret was lost with the answer")
	}
	g.loseAnswers = 1
	token := c.have("control_token", instance{}, object{"tenant_id": "1", "name": "ci", "role": "viewer"})
	if token.state["token"] == nil || len(g.things) != 4 {
		t.Error(token.state, len(g.things))
	}
}

func TestALostAnswerToAChangeIsFoundToBeDone(t *testing.T) {
	g := newFakeGateway(t)
	c := to(t, g)
	app, config := production(c)
	g.loseAnswers = 1
	c.have("app", app, with(config, "name", "prod"))
	if n := g.count("PATCH"); n != 2 {
		t.Error(n)
	}
}

func TestDriftIsShownAndRepaired(t *testing.T) {
	g := newFakeGateway(t)
	c := to(t, g)
	key, config := backend(c)
	path := "/v1/apps/" + key.state["app_id"].(string) + "/keys/" + key.state["id"].(string)
	g.change(path, map[string]any{"name": "drifted", "expiresAt": "2029-01-01T00:00:00.000Z"})
	drifted := c.refresh("api_key", key)
	if drifted.state["name"] != "drifted" || drifted.state["expires_at"] != "2029-01-01T00:00:00Z" || drifted.state["key"] == nil {
		t.Error(drifted.state)
	}
	c.have("api_key", drifted, config)
	wants(t, g.last("PATCH"), `"name":"backend"`, `"expiresAt":null`)
	if strings.Contains(g.last("PATCH"), "capabilities") {
		t.Error("what has not changed was sent:", g.last("PATCH"))
	}
}

func TestAChangeByAnotherSincePlanIsNotOverwritten(t *testing.T) {
	g := newFakeGateway(t)
	c := to(t, g)
	app, config := production(c)
	path := "/v1/apps/" + idOf(app.state)
	plan := c.plan("app", app, with(config, "name", "ours"))
	g.change(path, map[string]any{"name": "theirs"})
	after, problems := c.apply(plan)
	wants(t, problems, "Could not change the app", "changed by somebody else", "Plan again")
	if g.things[path].fields["name"] != "theirs" || after.state["name"] != "production" {
		t.Error(g.things[path].fields, after.state)
	}
	c.have("app", c.refresh("app", app), with(config, "name", "ours"))
}

func TestAVersionThatMovedForOtherReasonsIsNoConflict(t *testing.T) {
	g := newFakeGateway(t)
	c := to(t, g)
	app, config := production(c)
	plan := c.plan("app", app, with(config, "name", "ours"))
	g.change("/v1/apps/"+idOf(app.state), map[string]any{})
	if _, problems := c.apply(plan); problems != "" {
		t.Error(problems)
	}
	if g.count("GET /v1/apps/") == 0 || g.count("PATCH") != 2 {
		t.Error(g.asked)
	}
}

func TestAKeyRevokedElsewhereIsGoneAndMadeAnew(t *testing.T) {
	g := newFakeGateway(t)
	c := to(t, g)
	key, config := backend(c)
	g.change("/v1/apps/"+key.state["app_id"].(string)+"/keys/"+idOf(key.state), map[string]any{"revokedAt": "2026-05-05T00:00:00.000Z"})
	gone := c.refresh("api_key", key)
	if gone.state != nil {
		t.Fatal(gone.state)
	}
	again := c.have("api_key", gone, config)
	if again.state["key"] == key.state["key"] {
		t.Error("the key is the same")
	}
}

func TestAKeyRotatesWhenAValueNotedBeforeChanges(t *testing.T) {
	g := newFakeGateway(t)
	c := to(t, g)
	key, config := backend(c)
	noted := c.have("api_key", key, with(config, "rotate_when", object{"year": "2026"}))
	if noted.state["key"] != key.state["key"] || g.count("PATCH") != 0 {
		t.Error("noting values for the first time rotated, or told the gateway")
	}
	plan := c.plan("api_key", noted, with(config, "rotate_when", object{"year": "2027"}))
	if strings.Join(plan.replaces, " ") != "rotate_when" {
		t.Fatal(plan.replaces)
	}
	rotated := c.have("api_key", noted, with(config, "rotate_when", object{"year": "2027"}))
	if rotated.state["key"] == key.state["key"] {
		t.Error("the key is the same")
	}
	if plan := c.plan("api_key", rotated, config); len(plan.replaces) > 0 {
		t.Error("ceasing to note rotates")
	}
	if plan := c.plan("api_key", rotated, with(config, "rotate_when", unknown{})); len(plan.replaces) == 0 {
		t.Error("a value that is not known yet may be another, so the plan has to say so")
	}
}

func TestTheSameMomentOrEmailWrittenOtherwiseIsNoChange(t *testing.T) {
	g := newFakeGateway(t)
	c := to(t, g)
	key, config := backend(c)
	key = c.have("api_key", key, with(config, "expires_at", "2030-01-01T00:00:00Z"))
	if key.state["expires_at"] != "2030-01-01T00:00:00Z" {
		t.Error(key.state)
	}
	c.settled("api_key", key, with(config, "expires_at", "2030-01-01T01:00:00.000+01:00"))

	tenant := acme(c).state["id"]
	token := c.have("control_token", instance{}, object{"tenant_id": tenant, "name": "ci", "role": "viewer", "expires_at": "2030-01-01T00:00:00Z"})
	c.settled("control_token", token, object{"tenant_id": tenant, "name": "ci", "role": "viewer", "expires_at": "2030-01-01T01:00:00+01:00"})
	plan := c.plan("control_token", token, object{"tenant_id": tenant, "name": "ci", "role": "viewer"})
	if strings.Join(plan.replaces, " ") != "expires_at" {
		t.Error(plan.replaces)
	}

	member := c.have("member", instance{}, object{"tenant_id": tenant, "email": "Grace@acme.example", "role": "viewer"})
	c.settled("member", member, object{"tenant_id": tenant, "email": "grace@ACME.example", "role": "viewer"})
	if plan := c.plan("member", member, object{"tenant_id": tenant, "email": "ada@acme.example", "role": "viewer"}); len(plan.replaces) != 1 {
		t.Error(plan.replaces)
	}
}

func TestLimitsThatAreLeftOutStayOrFallToTheirDefaults(t *testing.T) {
	g := newFakeGateway(t)
	c := to(t, g)
	tenant := acme(c)
	if limits := tenant.state["limits"].(object); limits["max_message_bytes"] != 65536.0 || limits["channels"] != nil {
		t.Error(limits)
	}
	path := "/v1/tenants/" + idOf(tenant.state)
	// An operator sets limits by hand: without the attribute they are only read.
	g.change(path, map[string]any{"limits": map[string]any{"channels": 5, "maxMessageBytes": 1024}})
	tenant = c.refresh("tenant", tenant)
	tenant = c.have("tenant", tenant, object{"name": "Acme 2"})
	if strings.Contains(g.last("PATCH"), "limits") || tenant.state["limits"].(object)["channels"] != 5.0 {
		t.Error(g.last("PATCH"), tenant.state)
	}
	// With the attribute it is all of them.
	tenant = c.have("tenant", tenant, object{"name": "Acme 2", "limits": object{"connections": 7}})
	limits := tenant.state["limits"].(object)
	if limits["channels"] != nil || limits["max_message_bytes"] != 65536.0 || limits["connections"] != 7.0 {
		t.Error(limits)
	}
	wants(t, g.last("PATCH"), `"channels":null`, `"maxMessageBytes":65536`, `"connections":7`)
	g.change(path, map[string]any{"limits": map[string]any{"channels": 5}})
	if c.plan("tenant", c.refresh("tenant", tenant), object{"name": "Acme 2", "limits": object{"connections": 7}}).noop {
		t.Error("drift of a limit that is left out is not shown")
	}
}

func TestAMemberWhoAcceptsMeanwhileUpsetsNoPlan(t *testing.T) {
	g := newFakeGateway(t)
	c := to(t, g)
	config := object{"tenant_id": acme(c).state["id"], "email": "ada@acme.example", "role": "viewer"}
	member := c.have("member", instance{}, config)
	plan := c.plan("member", member, with(config, "role", "admin"))
	g.change("/v1/tenants/1/members/"+idOf(member.state), map[string]any{"status": "active", "name": "Ada", "invitationExpiresAt": nil})
	after, problems := c.apply(plan)
	if problems != "" || after.state["status"] != "active" || after.state["invitation_url"] != member.state["invitation_url"] {
		t.Error(problems, after.state)
	}
}

func same(a, b any) bool {
	av, aok := a.(object)
	bv, bok := b.(object)
	if aok && bok {
		for k := range av {
			if !same(av[k], bv[k]) {
				return false
			}
		}
		return len(av) == len(bv)
	}
	al, aok := a.([]any)
	bl, bok := b.([]any)
	if aok && bok {
		if len(al) != len(bl) {
			return false
		}
		for i := range al {
			if !same(al[i], bl[i]) {
				return false
			}
		}
		return true
	}
	return a == b
}
