package provider

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// answering is a gateway of one route, for what is only asked and never kept.
func answering(t *testing.T, serve http.HandlerFunc) *core {
	server := httptest.NewServer(serve)
	t.Cleanup(server.Close)
	return newCore(t, object{"endpoint": server.URL, "token": operatorToken, "max_retries": 0})
}

func (c *core) open(kind string, config object) (object, string) {
	c.t.Helper()
	ty := c.schemas.EphemeralResourceSchemas["tidegate_"+kind].ValueType()
	value := c.pack(ty, toValue(ty, config))
	checked, err := c.server.ValidateEphemeralResourceConfig(context.Background(), &tfprotov6.ValidateEphemeralResourceConfigRequest{TypeName: "tidegate_" + kind, Config: value})
	c.must(err)
	if problems := said(checked.Diagnostics); problems != "" {
		return nil, problems
	}
	resp, err := c.server.OpenEphemeralResource(context.Background(), &tfprotov6.OpenEphemeralResourceRequest{TypeName: "tidegate_" + kind, Config: value})
	c.must(err)
	if problems := said(resp.Diagnostics); problems != "" {
		return nil, problems
	}
	result, err := resp.Result.Unmarshal(ty)
	c.must(err)
	return fromValue(result), ""
}

const usageRowJSON = `{"start": "2026-10-01T00:00:00.000Z", "appId": "482913", "publishes": 1, "deliveries": 2, "bytesIn": 3, "bytesOut": 4,
	"connectionsPeak": 5, "connectionMinutes": 6, "channelsPeak": 7, "membersPeak": 8, "storedBytes": 9, "webhooks": 10,
	"refusals": {"40160": 2}, "latencyMs": %s}`

func TestUsageIsReadWholeAndAsked(t *testing.T) {
	var asked []string
	c := answering(t, func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.URL.RequestURI())
		w.Header().Set("Content-Type", "application/json")
		if r.URL.Query().Get("cursor") == "" {
			fmt.Fprintf(w, `{"items": [`+usageRowJSON+`], "next": "two"}`, "null")
		} else {
			fmt.Fprintf(w, `{"items": [`+usageRowJSON+`], "next": null}`, `{"p50": 0.7, "p95": 2.1, "p99": 6.4}`)
		}
	})
	got, problems := c.data("usage", object{"tenant_id": "t", "app_id": "482913", "unit": "month",
		"start": "2026-10-01T02:00:00+02:00", "end": "2026-11-01T00:00:00Z"})
	if problems != "" {
		t.Fatal(problems)
	}
	row := func(latency any) object {
		return object{"start": "2026-10-01T00:00:00Z", "app_id": "482913", "publishes": 1.0, "deliveries": 2.0, "bytes_in": 3.0, "bytes_out": 4.0,
			"connections_peak": 5.0, "connection_minutes": 6.0, "channels_peak": 7.0, "members_peak": 8.0, "stored_bytes": 9.0, "webhooks": 10.0,
			"refusals": object{"40160": 2.0}, "latency_ms": latency}
	}
	if want := []any{row(nil), row(object{"p50": 0.7, "p95": 2.1, "p99": 6.4})}; !same(got["usage"], want) {
		t.Error(got["usage"])
	}
	want := "/v1/tenants/t/usage?appId=482913&end=2026-11-01T00%3A00%3A00Z&limit=1000&start=2026-10-01T00%3A00%3A00Z&unit=month"
	if len(asked) != 2 || asked[0] != want {
		t.Error(asked)
	}
	for _, bad := range []object{
		{"tenant_id": "t", "unit": "year"}, {"tenant_id": "t", "start": "yesterday"}, {"tenant_id": "t", "app_id": "x"}, {},
	} {
		if _, problems := c.data("usage", bad); problems == "" {
			t.Errorf("%v is let through", bad)
		}
	}
}

func TestUsageOfTooManyRowsIsRefusedAndNotCutOff(t *testing.T) {
	row := fmt.Sprintf(usageRowJSON, "null")
	page := 0
	c := answering(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		page++
		io.WriteString(w, `{"items": [`+row)
		for range 999 {
			io.WriteString(w, ","+row)
		}
		fmt.Fprintf(w, `], "next": "%d"}`, page)
	})
	_, problems := c.data("usage", object{"tenant_id": "t"})
	wants(t, problems, "more than 20000 rows")
}

func TestNodesAreToldWithAndWithoutFigures(t *testing.T) {
	c := answering(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.RequestURI() != "/v1/nodes" {
			t.Error(r.URL)
		}
		w.Header().Set("Content-Type", "application/json")
		io.WriteString(w, `{"items": [
			{"id": "n1", "startedAt": "2026-05-04T08:00:00.000Z", "version": "0.1.0", "connections": 12, "live": true, "figures": {
				"channels": 3, "publishesPerSecond": 48.5, "deliveriesPerSecond": 9120, "bytesInPerSecond": 1, "bytesOutPerSecond": 2,
				"refusalsPerSecond": 0.5, "latencyMs": null, "heapUsedBytes": 187695104, "heapMaxBytes": 1073741824, "at": "2026-05-04T09:31:07.000Z"}},
			{"id": "n2", "startedAt": "2026-05-04T08:00:00.000Z", "version": "0.1.0", "connections": 7, "live": false, "figures": null}
		], "next": null}`)
	})
	got, problems := c.data("nodes", object{})
	if problems != "" {
		t.Fatal(problems)
	}
	if got["live"] != 1.0 || got["connections"] != 12.0 {
		t.Error(got)
	}
	nodes := got["nodes"].([]any)
	one, two := nodes[0].(object), nodes[1].(object)
	figures := one["figures"].(object)
	if one["version"] != "0.1.0" || figures["publishes_per_second"] != 48.5 || figures["heap_used_bytes"] != 187695104.0 || figures["latency_ms"] != nil ||
		two["figures"] != nil || two["live"] != false {
		t.Error(one, two)
	}
}

func TestAChannelTokenIsMadeWithTheKeyAndNotTheProvidersToken(t *testing.T) {
	var body map[string]any
	c := answering(t, func(w http.ResponseWriter, r *http.Request) {
		if user, password, _ := r.BasicAuth(); user != "482913.k1" || password != "s3cret" || r.Method+r.URL.Path != "POST/v1/tokens" {
			t.Error(r.Method, r.URL, r.Header)
		}
		body = nil
		if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
			t.Error(err)
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusCreated)
		io.WriteString(w, `{"token": "a.b.c", "tokenId": "id-1", "expiresAt": 1777890667120}`)
	})
	config := object{"key": "482913.k1:s3cret", "capabilities": object{"chat:*": []any{"subscribe", "publish"}}}
	got, problems := c.open("channel_token", config)
	if problems != "" || got["token"] != "a.b.c" || got["token_id"] != "id-1" || got["expires_at"] != "2026-05-04T10:31:07.12Z" {
		t.Error(got, problems)
	}
	if !same(body, map[string]any{"capabilities": map[string]any{"chat:*": []any{"publish", "subscribe"}}, "ttlSeconds": 3600.0}) {
		t.Error(body)
	}
	_, problems = c.open("channel_token", with(config, "client_id", "ada", "ttl_seconds", 60, "limits", object{"publishes_per_second": 5}))
	if problems != "" || body["clientId"] != "ada" || body["ttlSeconds"] != 60.0 || !same(body["limits"], map[string]any{"publishesPerSecond": 5.0}) {
		t.Error(body, problems)
	}
	for _, bad := range []object{
		with(config, "key", "s3cret"), with(config, "key", "482913.k1"), with(config, "ttl_seconds", 86401), with(config, "limits", object{"max_message_bytes": 0}),
		with(config, "capabilities", object{"*": []any{"admin"}}), with(config, "capabilities", object{}), with(config, "client_id", ""),
	} {
		_, problems := c.open("channel_token", bad)
		if problems == "" {
			t.Errorf("%v is let through", bad)
		}
		lacks(t, problems, "s3cret")
	}
}

func TestAKeyThatIsNoGoodIsToldFromAProvidersToken(t *testing.T) {
	code := 40101
	c := answering(t, func(w http.ResponseWriter, _ *http.Request) { refuse(w, code, "some-slug", "Refused") })
	config := object{"key": "482913.k1:s3cret", "capabilities": object{"*": []any{"subscribe"}}}
	_, problems := c.open("channel_token", config)
	wants(t, problems, "does not accept the key", "40101", "request-1")
	lacks(t, problems, "s3cret", "provider's token")
	code = 40300
	_, problems = c.open("channel_token", config)
	wants(t, problems, "needs the operation admin", "40300")
}

func lacks(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if strings.Contains(text, part) {
			t.Errorf("%q is in:\n%s", part, text)
		}
	}
}
