package provider

import (
	"context"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

func TestTheConfigurationComesFromTheEnvironmentWhereItIsSilent(t *testing.T) {
	g := newFakeGateway(t)
	c := newCore(t, object{"endpoint": "http://127.0.0.1:1", "token": "x"})
	t.Setenv(EnvEndpoint, g.URL+"/")
	t.Setenv(EnvToken, operatorToken+"\n") // as a file has it
	if problems := c.configure(object{}); problems != "" {
		t.Fatal(problems)
	}
	acme(c)
}

func TestAConfigurationThatLeadsToNoGatewaySaysWhatIsMissing(t *testing.T) {
	c := newCore(t, object{"endpoint": "http://127.0.0.1:1", "token": "x"})
	for _, bad := range []struct {
		config object
		says   string
	}{
		{object{"token": "x"}, EnvEndpoint},
		{object{"endpoint": "http://a"}, EnvToken},
		{object{"endpoint": "gateway.example", "token": "x"}, "not an http or https URL"},
		{object{"endpoint": "http://a", "token": "x", "request_timeout": "soon"}, "30s"},
		{object{"endpoint": "http://a", "token": "x", "request_timeout": "-1s"}, "30s"},
		{object{"endpoint": "http://a", "token": "x", "max_retries": -1}, "max_retries"},
	} {
		wants(t, c.configure(bad.config), bad.says)
	}
}

func TestAProviderThatIsNotKnownYetCanPlanCreations(t *testing.T) {
	c := newCore(t, object{"endpoint": "http://127.0.0.1:1", "token": unknown{}})
	plan := c.plan("app", instance{}, object{"tenant_id": unknown{}, "name": "a"})
	if plan.problems != "" {
		t.Fatal(plan.problems)
	}
	_, problems := c.tryRefresh("tenant", instance{state: object{"id": "1", "name": "a"}})
	wants(t, problems, "cannot be asked yet")
}

func TestARevokedTokenIsSaidToBeThatAndLeavesTheStateAlone(t *testing.T) {
	g := newFakeGateway(t)
	c := to(t, g)
	app, config := production(c)
	g.refuseAll = 40101
	after, problems := c.tryRefresh("app", app)
	wants(t, problems, "Could not read the app", "40101", "token is not good", "Request: request-1", g.URL+"/docs/errors#some-slug")
	if after.state == nil {
		t.Error("the app was taken for gone")
	}
	after, problems = c.apply(c.plan("app", app, with(config, "name", "other")))
	wants(t, problems, "Could not change the app", "40101")
	if after.state["name"] != "production" || strings.Contains(problems, operatorToken) {
		t.Error(after.state, problems)
	}
}

func TestARoleThatIsTooWeakIsSaidToBeThat(t *testing.T) {
	g := newFakeGateway(t)
	c := to(t, g)
	g.refuseAll = 40300
	_, problems := c.apply(c.plan("tenant", instance{}, object{"name": "Acme"}))
	wants(t, problems, "Could not create the tenant", "40300", "role is too weak")
}

func TestATimeoutSaysThatTheOutcomeIsNotKnown(t *testing.T) {
	g := newFakeGateway(t)
	c := to(t, g)
	late := make(chan struct{})
	defer close(late)
	g.before = func(string, string) { <-late }
	_, problems := c.apply(c.plan("tenant", instance{}, object{"name": "Acme", "timeouts": object{"create": "1s"}}))
	wants(t, problems, "Could not create the tenant in time", "Whether it was carried out is not known")
}

// Secrets are whatever a creation shows once; each has to be sensitive, or plans and logs would show it.
func TestEverySecretIsSensitive(t *testing.T) {
	c := newCore(t, object{"endpoint": "http://127.0.0.1:1", "token": "x"})
	secret := regexp.MustCompile(`^(key|secret|token|invitation_url)$`)
	found := 0
	walk := func(kind string, s *tfprotov6.Schema) {
		for _, a := range s.Block.Attributes {
			if secret.MatchString(a.Name) && a.Type.Is(tftypes.String) {
				found++
				if !a.Sensitive {
					t.Errorf("%s shows %s", kind, a.Name)
				}
			}
			if a.Description == "" {
				t.Errorf("%s does not say what %s is", kind, a.Name)
			}
		}
	}
	walk("provider", c.schemas.Provider)
	for kind, s := range c.schemas.ResourceSchemas {
		walk(kind, s)
	}
	for kind, s := range c.schemas.DataSourceSchemas {
		walk("data."+kind, s)
	}
	for kind, s := range c.schemas.EphemeralResourceSchemas {
		walk("ephemeral."+kind, s)
	}
	if found < 8 {
		t.Errorf("only %d secrets were found", found)
	}
}

func TestDataSourcesReadByIDOrByName(t *testing.T) {
	g := newFakeGateway(t)
	c := to(t, g)
	key, _ := backend(c)
	tenant, app := "1", key.state["app_id"]
	c.have("control_token", instance{}, object{"tenant_id": tenant, "name": "ci", "role": "viewer"})
	c.have("member", instance{}, object{"tenant_id": tenant, "email": "Ada@acme.example", "role": "owner"})
	for _, ask := range []struct {
		kind   string
		config object
		want   object
	}{
		{"tenant", object{"id": tenant}, object{"name": "Acme", "updated_at": "2026-05-04T09:30:00Z"}},
		{"tenant", object{"name": "Acme"}, object{"id": tenant}},
		{"app", object{"id": app}, object{"tenant_id": tenant, "name": "production"}},
		{"app", object{"tenant_id": tenant, "name": "production"}, object{"id": app}},
		{"api_key", object{"app_id": app, "id": key.state["id"]}, object{"name": "backend", "key_name": key.state["key_name"], "revoked_at": nil}},
		{"api_key", object{"app_id": app, "name": "backend"}, object{"id": key.state["id"]}},
		{"control_token", object{"tenant_id": tenant, "name": "ci"}, object{"role": "viewer", "expires_at": nil}},
		{"member", object{"tenant_id": tenant, "email": "ada@ACME.example"}, object{"role": "owner", "status": "invited"}},
	} {
		got, problems := c.data(ask.kind, ask.config)
		if problems != "" {
			t.Errorf("%s %v: %s", ask.kind, ask.config, problems)
		}
		for name, value := range ask.want {
			if got[name] != value {
				t.Errorf("%s %v: %s is %v", ask.kind, ask.config, name, got[name])
			}
		}
	}
	acme(c)
	_, problems := c.data("tenant", object{"name": "Acme"})
	wants(t, problems, "more than one")
	_, problems = c.data("app", object{"tenant_id": tenant, "name": "nothing"})
	wants(t, problems, `there is no app "nothing"`)
	_, problems = c.data("api_key", object{"app_id": app, "id": "k999"})
	wants(t, problems, "40400")
	for kind, config := range map[string]object{"tenant": {}, "app": {"name": "a"}, "api_key": {"app_id": "1", "id": "k1", "name": "a"}} {
		if _, problems := c.data(kind, config); problems == "" {
			t.Errorf("%s %v was taken", kind, config)
		}
	}
}

func TestAKeyOfARunIsRevokedAtItsEndAndExpiresInAnyCase(t *testing.T) {
	g := newFakeGateway(t)
	c := to(t, g)
	app, _ := production(c)
	ty := c.schemas.EphemeralResourceSchemas["tidegate_api_key"].ValueType()
	open, err := c.server.OpenEphemeralResource(context.Background(), &tfprotov6.OpenEphemeralResourceRequest{TypeName: "tidegate_api_key",
		Config: c.pack(ty, toValue(ty, object{"app_id": app.state["id"], "capabilities": object{"*": []any{"publish"}}, "ttl_seconds": 60}))})
	c.must(err)
	if problems := said(open.Diagnostics); problems != "" {
		t.Fatal(problems)
	}
	value, err := open.Result.Unmarshal(ty)
	c.must(err)
	key := fromValue(value)
	path := "/v1/apps/" + idOf(app.state) + "/keys/" + idOf(key)
	if key["key"] != key["key_name"].(string)+":"+key["secret"].(string) || key["expires_at"] == nil || g.things[path].fields["expiresAt"] == nil {
		t.Error(key, g.things[path])
	}
	if strings.Contains(string(open.Private), "secret") {
		t.Error("what is kept for the end has the secret:", string(open.Private))
	}
	closed, err := c.server.CloseEphemeralResource(context.Background(), &tfprotov6.CloseEphemeralResourceRequest{TypeName: "tidegate_api_key", Private: open.Private})
	c.must(err)
	if problems := said(closed.Diagnostics); problems != "" || g.things[path].fields["revokedAt"] == nil {
		t.Error(problems, g.things[path].fields)
	}
}
