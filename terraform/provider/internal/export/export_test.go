package export_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"

	"tidegate.io/tidegate/terraform-provider-tidegate/internal/client"
	"tidegate.io/tidegate/terraform-provider-tidegate/internal/export"
	"tidegate.io/tidegate/terraform-provider-tidegate/internal/hcltest"
	"tidegate.io/tidegate/terraform-provider-tidegate/internal/provider"
)

const (
	tenantID = "0197f3c2-6b1e-7c3a-9d52-3f1f8a2b4c5d"
	hookID   = "0197f3c5-11d2-7a60-8b5e-2c7d90a1f4e3"
)

// lists is a gateway that has these lists, of two items a page, and one tenant. It notes what is not a GET.
type lists struct {
	tenant map[string]any
	items  map[string][]map[string]any
	writes []string
}

func (g *lists) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet {
		g.writes = append(g.writes, r.Method+" "+r.URL.Path)
	}
	w.Header().Set("Content-Type", "application/json")
	if r.URL.Path == "/v1/tenants/"+tenantID {
		answer(w, g.tenant)
		return
	}
	items, ok := g.items[r.URL.Path]
	if !ok {
		w.Header().Set("Content-Type", "application/problem+json")
		w.WriteHeader(http.StatusNotFound)
		answer(w, map[string]any{"type": "/docs/errors#not-found", "title": "Not found", "status": 404, "code": 40400, "detail": "No such thing.", "requestId": "r"})
		return
	}
	from, _ := strconv.Atoi(r.URL.Query().Get("cursor"))
	to := min(from+2, len(items))
	var next any
	if to < len(items) {
		next = strconv.Itoa(to)
	}
	answer(w, map[string]any{"items": items[from:to], "next": next})
}

func answer(w http.ResponseWriter, body any) {
	if err := json.NewEncoder(w).Encode(body); err != nil {
		panic(err)
	}
}

const at = "2026-05-04T09:30:03.120Z"

func acme() *lists {
	rules := func(name, pattern string) map[string]any {
		return map[string]any{
			"name": name, "pattern": pattern, "durability": "durable", "window": span(1000, 120), "retentionDays": 30,
			"rewind": span(0, 0), "maxMessageBytes": 65536, "public": false, "clientPublish": true,
			"presence": map[string]any{"mode": "off", "maxMembers": 1, "graceSeconds": 0},
			"conflate": "latest", "requireClientId": true, "effectiveAt": nil, "createdAt": at, "updatedAt": at,
		}
	}
	key := func(id, name string, revoked any) map[string]any {
		return map[string]any{
			"id": id, "appId": "482913", "keyName": "482913." + id, "name": name, "expiresAt": at, "revokedAt": revoked, "lastUsedAt": nil,
			"capabilities": map[string]any{"chat:*": []string{"subscribe", "publish"}, "*": []string{"admin"}}, "createdAt": at, "updatedAt": at,
		}
	}
	return &lists{
		tenant: map[string]any{
			"id": tenantID, "name": "Acme ${evil} \"quoted\"\n}", "createdAt": at, "updatedAt": at,
			"limits": map[string]any{"connections": 10, "requestsPerSecondPerIp": 7, "maxMessageBytes": 65536, "channels": nil},
		},
		items: map[string][]map[string]any{
			"/v1/tenants/" + tenantID + "/apps": {
				{"id": "482913", "tenantId": tenantID, "name": "Production", "createdAt": at, "updatedAt": at,
					"settings": map[string]any{"allowedOrigins": []string{"https://b.example", "https://a.example"}, "messagePreviews": false}},
				{"id": "482914", "tenantId": tenantID, "name": "production", "createdAt": at, "updatedAt": at,
					"settings": map[string]any{"allowedOrigins": []string{}, "messagePreviews": true}},
				{"id": "482915", "tenantId": tenantID, "name": "%{ for x in y }", "createdAt": at, "updatedAt": at,
					"settings": map[string]any{"allowedOrigins": []string{"*"}, "messagePreviews": true}},
			},
			"/v1/apps/482913/keys":       {key("k1", "backend", nil), key("k2", "old", at), key("k3", "backend", nil)},
			"/v1/apps/482913/namespaces": {rules("chat", "chat:*"), rules("prices", "prices-*:eu")},
			"/v1/apps/482913/webhooks": {{
				"id": hookID, "appId": "482913", "name": "orders */ # ${x}", "url": "https://hooks.acme.example/a?b=%20${c}", "pattern": "*",
				"events": []string{"message.published", "channel.occupied"}, "batch": map[string]any{"maxEvents": 20}, "enabled": false,
				"previousSecretExpiresAt": nil, "createdAt": at, "updatedAt": at,
			}},
			"/v1/apps/482914/keys": {}, "/v1/apps/482914/namespaces": {}, "/v1/apps/482914/webhooks": {},
			"/v1/apps/482915/keys": {}, "/v1/apps/482915/namespaces": {}, "/v1/apps/482915/webhooks": {},
			"/v1/tenants/" + tenantID + "/members": {
				{"id": "m1", "tenantId": tenantID, "email": "ada@acme.example", "name": "Ada", "role": "owner", "status": "active",
					"createdAt": at, "lastSeenAt": nil, "invitationExpiresAt": nil},
			},
			"/v1/tenants/" + tenantID + "/control-tokens": {
				{"id": "t1", "tenantId": tenantID, "name": "ci", "role": "admin", "expiresAt": nil, "lastUsedAt": nil, "createdAt": at},
			},
		},
	}
}

func span(messages, seconds int) map[string]any {
	return map[string]any{"messages": messages, "seconds": seconds}
}

func exported(t *testing.T, gateway *lists) map[string][]byte {
	t.Helper()
	server := httptest.NewServer(gateway)
	t.Cleanup(server.Close)
	c, err := client.New(client.Options{Endpoint: server.URL, Token: "operator", MaxRetries: -1})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	tenant, err := export.Read(ctx, c, tenantID)
	if err != nil {
		t.Fatal(err)
	}
	return export.Files(tenant, "https://gateway.acme.example", provider.Address)
}

func TestWhatIsExportedIsAValidConfiguration(t *testing.T) {
	files := exported(t, acme())
	judge := hcltest.New(t, providerserver.NewProtocol6(provider.New("test")())())
	for _, fault := range judge.Check(files) {
		t.Error(fault)
	}
	if t.Failed() {
		for name, content := range files {
			t.Logf("%s:\n%s", name, content)
		}
	}
}

func TestEverythingThatCanBeManagedIsExportedAndImported(t *testing.T) {
	files := exported(t, acme())
	imports := string(files[export.ImportsFile])
	for address, id := range map[string]string{
		"tidegate_tenant.acme_evil_quoted":      tenantID,
		"tidegate_app.production":               "482913",
		"tidegate_app.production_2":             "482914",
		"tidegate_app.for_x_in_y":               "482915",
		"tidegate_api_key.production_backend":   "482913/k1",
		"tidegate_api_key.production_backend_2": "482913/k3",
		"tidegate_namespace.production_chat":    "482913/chat",
		"tidegate_namespace.production_prices":  "482913/prices",
		"tidegate_webhook.production_orders_x":  "482913/" + hookID,
		"tidegate_member.ada_acme_example":      tenantID + "/m1",
		"tidegate_control_token.ci":             tenantID + "/t1",
	} {
		want := "import {\n  to = " + address + "\n  id = \"" + id + "\"\n}"
		if !strings.Contains(imports, want) {
			t.Errorf("%s is not imported as %s:\n%s", address, id, imports)
		}
	}
	if n := strings.Count(imports, "import {"); n != 11 {
		t.Errorf("%d things are imported, not 11", n)
	}
	if strings.Contains(imports, "k2") {
		t.Error("a revoked key is imported, which the provider takes for gone")
	}
}

func TestASecretThatCannotBeReadHasAVariable(t *testing.T) {
	secrets := string(exported(t, acme())[export.SecretsFile])
	for _, name := range []string{
		"api_key_production_backend", "api_key_production_backend_2", "webhook_production_orders_x", "control_token_ci",
	} {
		if !strings.Contains(secrets, "variable \""+name+"\"") || !strings.Contains(secrets, "var."+name) {
			t.Errorf("%s has no variable:\n%s", name, secrets)
		}
	}
	if got, want := strings.Count(secrets, "sensitive   = true"), 4; got != want {
		t.Errorf("%d variables are sensitive, not %d", got, want)
	}
	if strings.Contains(secrets, "output ") {
		t.Error("an output would be a change")
	}
}

func TestExportingOnlyReadsAndIsTheSameEachTime(t *testing.T) {
	gateway := acme()
	first, second := exported(t, gateway), exported(t, gateway)
	if len(gateway.writes) > 0 {
		t.Errorf("it wrote: %v", gateway.writes)
	}
	for name := range first {
		if !slices.Equal(first[name], second[name]) {
			t.Errorf("%s is another one the second time", name)
		}
	}
}

func TestNamesAreTextAndNeverCode(t *testing.T) {
	main := string(exported(t, acme())[export.MainFile])
	for _, want := range []string{
		`name = "Acme $${evil} \"quoted\"\n}"`, `name      = "%%{ for x in y }"`, `"https://hooks.acme.example/a?b=%20$${c}"`,
	} {
		if !strings.Contains(main, want) {
			t.Errorf("%s is not in:\n%s", want, main)
		}
	}
}

func TestATenantThatIsNotThereIsSaidSo(t *testing.T) {
	server := httptest.NewServer(acme())
	defer server.Close()
	c, err := client.New(client.Options{Endpoint: server.URL, Token: "operator", MaxRetries: -1})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := export.Read(context.Background(), c, "another"); !client.IsNotFound(err) || !strings.Contains(err.Error(), "tenant another") {
		t.Errorf("got %v", err)
	}
}
