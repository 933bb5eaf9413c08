package provider

import (
	"fmt"
	"strings"
	"testing"
)

func chat(c *core) (namespace instance, config object) {
	app, _ := production(c)
	config = object{"app_id": app.state["id"], "name": "chat", "pattern": "chat:*"}
	return c.have("namespace", instance{}, config), config
}

func orders(c *core) (webhook instance, config object) {
	app, _ := production(c)
	config = object{
		"app_id": app.state["id"], "name": "orders", "url": "https://hooks.acme.example/tidegate",
		"events": []any{"message.published"}, "rotate_when": object{"quarter": "1"},
	}
	return c.have("webhook", instance{}, config), config
}

func pathOf(kind string, state object, id string) string {
	return "/v1/apps/" + state["app_id"].(string) + "/" + kind + "/" + id
}

func TestANamespaceHasTheContractsDefaults(t *testing.T) {
	c := to(t, newFakeGateway(t))
	namespace, _ := chat(c)
	for name, want := range (object{
		"id": namespace.state["app_id"].(string) + "/chat", "durability": "window", "window": object{"messages": 1000.0, "seconds": 120.0},
		"retention_days": 30.0, "rewind": object{"messages": 100.0, "seconds": 120.0}, "max_message_bytes": 65536.0, "public": false,
		"client_publish": true, "presence": object{"mode": "members", "max_members": 1000.0, "grace_seconds": 15.0},
		"conflate": "none", "require_client_id": false,
	}) {
		if !same(namespace.state[name], want) {
			t.Errorf("%s is %v, not %v", name, namespace.state[name], want)
		}
	}
}

func TestANamespaceIsReplacedWholeAndImported(t *testing.T) {
	g := newFakeGateway(t)
	c := to(t, g)
	namespace, config := chat(c)
	config = with(config, "durability", "durable", "retention_days", 7, "window", object{"messages": 5}, "public", true,
		"presence", object{"mode": "off"}, "conflate", "latest", "require_client_id", true, "client_publish", false, "max_message_bytes", 100,
		"rewind", object{"messages": 0, "seconds": 0})
	plan := c.plan("namespace", namespace, config)
	if len(plan.replaces) > 0 {
		t.Error("a change of rules makes a new namespace")
	}
	wants(t, plan.warnings, "Messages leave their history", "from durability window to durable")
	changed, problems := c.apply(plan)
	if problems != "" {
		t.Fatal(problems)
	}
	c.settled("namespace", changed, config)
	wants(t, g.last("PUT"), `"durability":"durable"`, `"window":{"messages":5,"seconds":120}`, `"rewind":{"messages":0,"seconds":0}`,
		`"presence":{"mode":"off","maxMembers":1000,"graceSeconds":15}`)

	// What is taken out of the configuration goes back to its default.
	back := with(config, "window", nil, "retention_days", nil)
	changed = c.have("namespace", changed, back)
	wants(t, g.last("PUT"), `"window":{"messages":1000,"seconds":120}`, `"retentionDays":30`)

	imported, problems := c.importID("namespace", changed.state["id"].(string))
	if problems != "" || !same(imported.state, with(changed.state, "timeouts", nil)) {
		t.Error(imported.state, problems)
	}
	c.settled("namespace", imported, back)
	for _, id := range []string{"chat", "482913/", "482913/a/b", "x/chat", "482913/cha t"} {
		if _, problems := c.importID("namespace", id); !strings.Contains(problems, "app_id/name") {
			t.Errorf("%q is imported: %s", id, problems)
		}
	}
}

func TestANamespaceThatExistsIsNotOverwritten(t *testing.T) {
	g := newFakeGateway(t)
	c := to(t, g)
	_, config := chat(c)
	_, problems := c.apply(c.plan("namespace", instance{}, with(config, "pattern", "other:*")))
	wants(t, problems, "exists already", config["app_id"].(string)+"/chat")
	if there := g.things[pathOf("namespaces", config, "chat")]; there.version != 1 {
		t.Error("it was replaced all the same")
	}
}

func TestANamespaceMadeByAnotherAfterThePlanIsNotOverwritten(t *testing.T) {
	g := newFakeGateway(t)
	c := to(t, g)
	app, _ := production(c)
	config := object{"app_id": app.state["id"], "name": "chat", "pattern": "chat:*"}
	path := pathOf("namespaces", config, "chat")
	g.before = func(method, asked string) {
		if method == "PUT" && g.things[path] == nil {
			g.things[path] = &thing{fields: map[string]any{"name": "chat"}, version: 1, listed: strings.TrimSuffix(path, "/chat")}
		}
	}
	after, problems := c.apply(c.plan("namespace", instance{}, config))
	wants(t, problems, "exists already")
	if after.state != nil || g.things[path].version != 1 {
		t.Error("two configurations have it now")
	}
}

func TestALostAnswerToANamespacesCreationIsNoRace(t *testing.T) {
	g := newFakeGateway(t)
	c := to(t, g)
	app, _ := production(c)
	g.loseAnswers = 1
	c.have("namespace", instance{}, object{"app_id": app.state["id"], "name": "chat", "pattern": "chat:*"})
	if n := g.count("PUT"); n != 2 {
		t.Error(n)
	}
}

func TestANamespaceChangedSinceThePlanIsLeftAlone(t *testing.T) {
	g := newFakeGateway(t)
	c := to(t, g)
	namespace, config := chat(c)
	plan := c.plan("namespace", namespace, with(config, "public", true))
	path := pathOf("namespaces", config, "chat")
	g.change(path, map[string]any{"conflate": "latest"})
	_, problems := c.apply(plan)
	wants(t, problems, "changed by somebody else")
	if g.things[path].fields["public"] != false {
		t.Error("it was overwritten")
	}
	c.have("namespace", c.refresh("namespace", namespace), with(config, "public", true))
	if g.things[path].fields["conflate"] != "none" {
		t.Error("drift was not repaired")
	}
}

func TestANamespaceThatIsGoneIsMadeAnew(t *testing.T) {
	g := newFakeGateway(t)
	c := to(t, g)
	namespace, config := chat(c)
	delete(g.things, pathOf("namespaces", config, "chat"))
	if gone := c.refresh("namespace", namespace); gone.state != nil {
		t.Error(gone.state)
	}
	if again := c.have("namespace", instance{}, config); again.state == nil {
		t.Error("it was not made anew")
	}
	c.have("namespace", c.have("namespace", instance{}, with(config, "name", "two")), nil)
	if g.things[pathOf("namespaces", config, "two")] != nil {
		t.Error("it was not destroyed")
	}
}

func TestAWebhookIsChangedInPlaceAndKeepsItsSecret(t *testing.T) {
	g := newFakeGateway(t)
	c := to(t, g)
	webhook, config := orders(c)
	secret := webhook.state["secret"]
	if secret != "tgw_secret-of-"+webhook.state["id"].(string)+"-1" {
		t.Fatal(secret)
	}
	config = with(config, "url", "https://hooks.acme.example/two", "events", []any{"channel.vacated", "message.published"},
		"pattern", "orders:*", "batch", object{"max_events": 20}, "enabled", false)
	plan := c.plan("webhook", webhook, config)
	if planned := fromValue(plan.state); planned["secret"] != secret || len(plan.replaces) > 0 {
		t.Error("a change of settings makes the secret or the webhook another one:", planned["secret"], plan.replaces)
	}
	changed := c.have("webhook", webhook, config)
	if changed.state["secret"] != secret {
		t.Error(changed.state["secret"])
	}
	wants(t, g.last("PATCH"), `"events":["channel.vacated","message.published"]`, `"batch":{"maxEvents":20}`, `"enabled":false`, `"pattern":"orders:*"`)

	imported, problems := c.importID("webhook", changed.state["app_id"].(string)+"/"+changed.state["id"].(string))
	if problems != "" || imported.state["secret"] != nil {
		t.Error(imported.state, problems)
	}
	c.settled("webhook", imported, with(config, "rotate_when", nil))
	c.have("webhook", changed, nil)
	if g.things[pathOf("webhooks", changed.state, changed.state["id"].(string))] != nil {
		t.Error("it was not destroyed")
	}
}

func TestAWebhooksSecretIsRotatedWhenAValueChanges(t *testing.T) {
	g := newFakeGateway(t)
	c := to(t, g)
	webhook, config := orders(c)
	config = with(config, "rotate_when", object{"quarter": "2"}, "rotation_overlap_seconds", 60)
	plan := c.plan("webhook", webhook, config)
	if planned := fromValue(plan.state); planned["secret"] != (unknown{}) || planned["id"] != webhook.state["id"] {
		t.Error(planned)
	}
	rotated := c.have("webhook", webhook, config)
	if rotated.state["secret"] == webhook.state["secret"] || rotated.state["secret"] == nil {
		t.Error(rotated.state["secret"])
	}
	wants(t, g.last("POST"), "/rotate-secret", `{"overlapSeconds":60}`)
	if g.count("PATCH") != 0 {
		t.Error("it was changed, too")
	}

	// A value noted for the first time, or no longer, rotates nothing; nor does another overlap.
	none := c.have("webhook", rotated, with(config, "rotate_when", nil, "rotation_overlap_seconds", nil))
	some := c.have("webhook", none, config)
	if some.state["secret"] != rotated.state["secret"] {
		t.Error("noting a value rotates")
	}

	// A change and a rotation at once; without an overlap the contract's.
	both := c.have("webhook", some, with(config, "name", "both", "rotate_when", object{"quarter": "3"}, "rotation_overlap_seconds", nil))
	if both.state["secret"] == some.state["secret"] || both.state["name"] != "both" {
		t.Error(both.state)
	}
	wants(t, g.last("POST"), `{"overlapSeconds":86400}`)
}

func TestALostAnswerToARotationLosesNoSecret(t *testing.T) {
	g := newFakeGateway(t)
	c := to(t, g)
	webhook, config := orders(c)
	g.loseAnswers = 1
	rotated := c.have("webhook", webhook, with(config, "rotate_when", object{"quarter": "2"}))
	first := g.things[pathOf("webhooks", webhook.state, webhook.state["id"].(string))]
	want := fmt.Sprintf("tgw_secret-of-%v-%d", first.fields["id"], g.next)
	if rotated.state["secret"] != want || g.count("POST "+pathOf("webhooks", webhook.state, webhook.state["id"].(string))) != 2 {
		t.Error(rotated.state["secret"], want)
	}
}

func TestARotationThatFailsIsPlannedAgain(t *testing.T) {
	g := newFakeGateway(t)
	c := to(t, g)
	webhook, config := orders(c)
	config = with(config, "name", "two", "rotate_when", object{"quarter": "2"})
	plan := c.plan("webhook", webhook, config)
	g.before = func(method, path string) {
		if strings.HasSuffix(path, "/rotate-secret") {
			g.change(strings.TrimSuffix(path, "/rotate-secret"), map[string]any{"enabled": true})
		}
	}
	after, problems := c.apply(plan)
	wants(t, problems, "rotate the secret", "changed by somebody else")
	g.before = nil
	if after.state["name"] != "two" || after.state["secret"] != webhook.state["secret"] {
		t.Error(after.state)
	}
	if again := c.have("webhook", c.refresh("webhook", after), config); again.state["secret"] == webhook.state["secret"] {
		t.Error("the next run does not rotate")
	}
}

func TestAWebhookChangedSinceThePlanIsLeftAlone(t *testing.T) {
	g := newFakeGateway(t)
	c := to(t, g)
	webhook, config := orders(c)
	plan := c.plan("webhook", webhook, with(config, "name", "mine"))
	path := pathOf("webhooks", webhook.state, webhook.state["id"].(string))
	g.change(path, map[string]any{"name": "theirs"})
	_, problems := c.apply(plan)
	wants(t, problems, "changed by somebody else")
	if g.things[path].fields["name"] != "theirs" {
		t.Error("it was overwritten")
	}
}

func TestSettingsThatTheGatewayRefusesAreRefusedInThePlan(t *testing.T) {
	c := to(t, newFakeGateway(t))
	namespace := object{"app_id": "1", "name": "chat", "pattern": "chat:*"}
	webhook := object{"app_id": "1", "name": "orders", "url": "https://a.example", "events": []any{"message.published"}}
	for _, config := range []object{
		with(namespace, "app_id", "x"), with(namespace, "name", "-chat"), with(namespace, "pattern", "a*b"),
		with(namespace, "durability", "forever"), with(namespace, "window", object{"messages": 0}), with(namespace, "rewind", object{"messages": 1001}),
		with(namespace, "presence", object{"mode": "all"}), with(namespace, "presence", object{"grace_seconds": 301}),
		with(namespace, "conflate", "all"), with(namespace, "retention_days", 3651), with(namespace, "max_message_bytes", 65537),
	} {
		if c.validate("namespace", config) == "" {
			t.Errorf("%v is let through", config)
		}
	}
	for _, config := range []object{
		with(webhook, "name", ""), with(webhook, "url", "https://a:b@c.example"), with(webhook, "events", []any{}),
		with(webhook, "events", []any{"message.deleted"}), with(webhook, "batch", object{"max_events": 101}), with(webhook, "pattern", ""),
		with(webhook, "rotation_overlap_seconds", 604801), with(webhook, "rotate_when", object{}),
	} {
		if c.validate("webhook", config) == "" {
			t.Errorf("%v is let through", config)
		}
	}
	for _, config := range []object{
		with(namespace, "pattern", unknown{}, "app_id", unknown{}, "window", unknown{}), with(namespace, "window", object{"messages": unknown{}}),
	} {
		if problems := c.validate("namespace", config); problems != "" {
			t.Error(problems)
		}
	}
}

func TestNamespacesAndWebhooksAreReadByNameOrID(t *testing.T) {
	g := newFakeGateway(t)
	c := to(t, g)
	webhook, config := orders(c)
	app := webhook.state["app_id"]
	byID, problems := c.data("webhook", object{"app_id": app, "id": webhook.state["id"]})
	if problems != "" || byID["name"] != "orders" || byID["url"] != "https://hooks.acme.example/tidegate" {
		t.Error(byID, problems)
	}
	byName, problems := c.data("webhook", object{"app_id": app, "name": "orders"})
	if problems != "" || !same(byName, byID) {
		t.Error(byName, problems)
	}
	c.have("webhook", instance{}, config)
	_, problems = c.data("webhook", object{"app_id": app, "name": "orders"})
	wants(t, problems, "more than one")
	_, problems = c.data("webhook", object{"app_id": app, "name": "none"})
	wants(t, problems, "there is no webhook")
	_, problems = c.data("webhook", object{"app_id": app})
	wants(t, problems, "id")

	c.have("namespace", instance{}, object{"app_id": app, "name": "chat", "pattern": "chat:*"})
	namespace, problems := c.data("namespace", object{"app_id": app, "name": "chat"})
	if problems != "" || namespace["pattern"] != "chat:*" || namespace["effective_at"] != nil || !same(namespace["window"], object{"messages": 1000.0, "seconds": 120.0}) {
		t.Error(namespace, problems)
	}
	_, problems = c.data("namespace", object{"app_id": app, "name": "none"})
	wants(t, problems, "40400")
}

func TestAVersionThatMovedWhileTheRulesStayedIsNoConflict(t *testing.T) {
	g := newFakeGateway(t)
	c := to(t, g)
	namespace, config := chat(c)
	plan := c.plan("namespace", namespace, with(config, "public", true))
	path := pathOf("namespaces", config, "chat")
	g.change(path, map[string]any{})
	if _, problems := c.apply(plan); problems != "" || g.things[path].fields["public"] != true {
		t.Error(problems)
	}
}

func TestALimitThatWasLiftedIsTheGatewaysOwnBound(t *testing.T) {
	g := newFakeGateway(t)
	c := to(t, g)
	config := object{"name": "Acme", "limits": object{"connections": 10}}
	tenant := c.have("tenant", instance{}, config)
	g.change("/v1/tenants/"+tenant.state["id"].(string), map[string]any{"limits": map[string]any{"maxBatchMessages": nil, "maxMessageBytes": nil}})
	c.settled("tenant", tenant, config)
}
