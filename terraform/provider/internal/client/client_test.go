package client

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// gateway answers with one handler after the other, and remembers what it was asked.
type gateway struct {
	*httptest.Server
	mu      sync.Mutex
	answers []http.HandlerFunc
	asked   []*http.Request
	bodies  []string
}

// serve makes a gateway and a client of it that does not wait: the waits it would have made are in the slice.
func serve(t *testing.T, o Options, answers ...http.HandlerFunc) (*gateway, *Client, *[]time.Duration) {
	t.Helper()
	g := &gateway{answers: answers}
	g.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		g.mu.Lock()
		g.asked, g.bodies = append(g.asked, r), append(g.bodies, string(body))
		n := len(g.asked) - 1
		g.mu.Unlock()
		if n >= len(g.answers) {
			t.Errorf("request %d, %s %s, was not expected", n+1, r.Method, r.URL)
			w.WriteHeader(http.StatusTeapot)
			return
		}
		g.answers[n](w, r)
	}))
	t.Cleanup(g.Close)
	o.Endpoint = g.URL + o.Endpoint
	if o.Token == "" {
		o.Token = "operator-token"
	}
	c, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	var waits []time.Duration
	c.sleep = func(ctx context.Context, d time.Duration) error {
		waits = append(waits, d)
		return ctx.Err()
	}
	return g, c, &waits
}

func (g *gateway) requests() []*http.Request {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.asked
}

func (g *gateway) sent() []string {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.bodies
}

func says(status int, body string, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		if status >= 400 {
			w.Header().Set("Content-Type", "application/problem+json")
		}
		for i := 0; i < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		w.WriteHeader(status)
		io.WriteString(w, body)
	}
}

// hangsUp drops the connection: carried out or not, the answer is lost.
func hangsUp(w http.ResponseWriter, _ *http.Request) { panic(http.ErrAbortHandler) }

const acme = `{"id":"t1","name":"Acme","limits":{"connections":10,"maxMessageBytes":65536,"maxBatchMessages":100},
	"createdAt":"2026-05-04T09:30:00.000Z","updatedAt":"2026-05-04T09:30:00.000Z","tomorrow":true}`

func TestACallCarriesTokenRequestIDAndAgent(t *testing.T) {
	g, c, _ := serve(t, Options{UserAgent: "agent/1"}, says(200, acme, "ETag", `"7"`))
	tenant, err := c.GetTenant(context.Background(), "t1")
	if err != nil {
		t.Fatal(err)
	}
	if tenant.Name != "Acme" || tenant.ETag() != `"7"` || *tenant.Limits.Connections != 10 || tenant.Limits.Channels != nil {
		t.Errorf("read %+v", tenant)
	}
	h := g.requests()[0].Header
	if h.Get("Authorization") != "Bearer operator-token" || h.Get("User-Agent") != "agent/1" || !strings.HasPrefix(h.Get("X-Request-Id"), "tf-") {
		t.Errorf("sent %v", h)
	}
	if h.Get("Content-Type") != "" || h.Get("If-Match") != "" || h.Get("Idempotency-Key") != "" {
		t.Errorf("sent what was not asked for: %v", h)
	}
}

func TestAPathBeforeV1IsKeptAndAnIDStaysOneSegment(t *testing.T) {
	g, c, _ := serve(t, Options{Endpoint: "/gateway/"}, says(200, acme), says(200, acme))
	for _, id := range []string{"a/../b?c#d e", ".."} {
		if _, err := c.GetTenant(context.Background(), id); err != nil {
			t.Fatal(err)
		}
	}
	if got := g.requests()[0].RequestURI; got != "/gateway/v1/tenants/a%2F..%2Fb%3Fc%23d%20e" {
		t.Error(got)
	}
	if got := g.requests()[1].RequestURI; got != "/gateway/v1/tenants/%2E%2E" {
		t.Error(got)
	}
}

func TestAChangeIsMeantForItsETagAndSendsOnlyWhatChanges(t *testing.T) {
	g, c, _ := serve(t, Options{}, says(200, acme, "ETag", `"8"`), says(200, `{}`))
	tenant, err := c.UpdateTenant(context.Background(), "t1", `"7"`, TenantWrite{Name: "Acme"})
	if err != nil || tenant.ETag() != `"8"` {
		t.Fatal(tenant, err)
	}
	if g.requests()[0].Method != "PATCH" || g.requests()[0].Header.Get("If-Match") != `"7"` || g.sent()[0] != `{"name":"Acme"}` {
		t.Error(g.requests()[0].Method, g.requests()[0].Header, g.sent()[0])
	}
	if _, err := c.UpdateKey(context.Background(), "1", "k1", "", KeyWrite{ExpiresAt: &Expiry{}}); err != nil || g.sent()[1] != `{"expiresAt":null}` {
		t.Error(err, g.sent()[1])
	}
}

func TestAProblemSaysAllThatItHas(t *testing.T) {
	_, c, _ := serve(t, Options{}, says(400, `{"type":"/docs/errors#field-invalid","title":"Invalid or missing field","status":400,"code":40003,
		"detail":"The body has an invalid field.","requestId":"01jt","errors":[{"field":"/name","message":"is required"}]}`))
	_, err := c.CreateTenant(context.Background(), TenantWrite{}, "")
	var p *Problem
	if !errors.As(err, &p) {
		t.Fatal(err)
	}
	want := Problem{Status: 400, Code: 40003, Slug: "field-invalid", Title: "Invalid or missing field", Detail: "The body has an invalid field.", RequestID: "01jt"}
	fields := p.Fields
	got := *p
	got.Fields = nil
	if len(fields) != 1 || fields[0] != (FieldFault{"/name", "is required"}) || got.Code != want.Code || got.Slug != want.Slug || got.RequestID != want.RequestID || got.Detail != want.Detail {
		t.Errorf("%+v %+v", got, fields)
	}
	if text := err.Error(); !strings.Contains(text, "40003") || !strings.Contains(text, "/name is required") || !strings.Contains(text, "01jt") {
		t.Error(text)
	}
}

func TestAnAnswerOfNoGatewayIsSaidToBeThat(t *testing.T) {
	_, c, _ := serve(t, Options{}, says(404, "<html>404", "Content-Type", "text/html"), says(403, "blocked   by\nthe firewall", "Content-Type", "text/plain; charset=utf-8"),
		says(302, "", "Location", "https://elsewhere.example"), says(200, "<html>"))
	_, err := c.GetTenant(context.Background(), "t1")
	if !strings.Contains(err.Error(), "is the endpoint a Tidegate gateway?") || strings.Contains(err.Error(), "<html>") {
		t.Error(err)
	}
	if _, err = c.GetTenant(context.Background(), "t1"); !strings.Contains(err.Error(), "blocked by the firewall") {
		t.Error(err)
	}
	if _, err = c.GetTenant(context.Background(), "t1"); err == nil || !strings.Contains(err.Error(), "302") {
		t.Error("a redirect was followed or taken:", err)
	}
	if _, err = c.GetTenant(context.Background(), "t1"); err == nil || !strings.Contains(err.Error(), "not what the contract says") {
		t.Error(err)
	}
}

func TestA404OfNoGatewayIsNotTakenForAbsence(t *testing.T) {
	// See IsNotFound: a proxy's 404 must not remove things from a state.
	_, c, _ := serve(t, Options{}, says(404, "<html>", "Content-Type", "text/html"), says(404, `{"code":40400}`))
	if _, err := c.GetTenant(context.Background(), "t1"); IsNotFound(err) {
		t.Error(err)
	}
	if _, err := c.GetTenant(context.Background(), "t1"); !IsNotFound(err) {
		t.Error(err)
	}
}

func TestAListIsReadToItsEnd(t *testing.T) {
	g, c, _ := serve(t, Options{},
		says(200, `{"items":[{"id":"k1"},{"id":"k2"}],"next":"after k2 &"}`), says(503, `{"code":50301}`), says(200, `{"items":[{"id":"k3"}],"next":null}`))
	keys, err := Collect(c.Keys(context.Background(), "7"))
	if err != nil || len(keys) != 3 || keys[2].ID != "k3" {
		t.Fatal(keys, err)
	}
	if q := g.requests()[0].URL.Query(); q.Get("limit") != "1000" || q.Has("cursor") {
		t.Error(q)
	}
	if q := g.requests()[2].URL.Query(); q.Get("limit") != "1000" || q.Get("cursor") != "after k2 &" {
		t.Error(q)
	}
}

func TestAListThatFailsOrDoesNotEndIsAnError(t *testing.T) {
	same := says(200, `{"items":[],"next":"x"}`)
	_, c, _ := serve(t, Options{}, same, same)
	if _, err := Collect(c.Keys(context.Background(), "7")); err == nil || !strings.Contains(err.Error(), "does not end") {
		t.Error(err)
	}
	_, c, _ = serve(t, Options{}, says(200, `{"items":[{"id":"k1"}],"next":"x"}`), says(403, `{"code":40300}`))
	keys, err := Collect(c.Keys(context.Background(), "7"))
	if err == nil || keys != nil {
		t.Error("half a list was taken for a list:", keys, err)
	}
}

func TestWhatIsOnlyListedIsFoundOrAbsent(t *testing.T) {
	page := says(200, `{"items":[{"id":"a","role":"viewer"},{"id":"b","role":"admin"}],"next":"x"}`)
	g, c, _ := serve(t, Options{}, page, page, says(200, `{"items":[],"next":null}`))
	token, err := c.GetControlToken(context.Background(), "t", "b")
	if err != nil || token.Role != "admin" || len(g.requests()) != 1 {
		t.Error(token, err, "a page after the one it is on was asked for")
	}
	if _, err := c.GetControlToken(context.Background(), "t", "z"); !IsNotFound(err) {
		t.Error(err)
	}
}

func TestLimitsAreSentWholeWithNullForUnlimited(t *testing.T) {
	n := int64(5)
	raw, err := json.Marshal(TenantWrite{Limits: &TenantLimits{Channels: &n}})
	if err != nil {
		t.Fatal(err)
	}
	var sent struct{ Limits map[string]*int64 }
	if err := json.Unmarshal(raw, &sent); err != nil || len(sent.Limits) != 17 || *sent.Limits["channels"] != 5 || sent.Limits["connections"] != nil {
		t.Error(err, string(raw))
	}
}

func TestOptionsThatLeadNowhereAreRefused(t *testing.T) {
	for _, o := range []Options{
		{Endpoint: "gateway:8080", Token: "t"}, {Endpoint: "ftp://a", Token: "t"}, {Endpoint: "https://", Token: "t"},
		{Endpoint: "https://u:p@a", Token: "t"}, {Endpoint: "https://a?b", Token: "t"}, {Endpoint: "https://a", Token: ""}, {Endpoint: "https://a", Token: "a\nb"},
	} {
		if _, err := New(o); err == nil {
			t.Errorf("%+v was taken", o)
		} else if strings.Contains(err.Error(), "u:p") {
			t.Error("the error shows a password:", err)
		}
	}
}

func TestTheTraceHasNeitherCredentialsNorBodies(t *testing.T) {
	var seen []Attempt
	_, c, _ := serve(t, Options{Token: "top-secret", Trace: func(_ context.Context, a Attempt) { seen = append(seen, a) }},
		says(503, `{"code":50301,"detail":"d"}`), says(201, `{"id":"k1","key":"1.k1:top-secret"}`))
	if _, err := c.CreateKey(context.Background(), "1", KeyWrite{Name: "n"}, "top-secret"); err != nil {
		t.Fatal(err)
	}
	raw, _ := json.Marshal(seen)
	if len(seen) != 2 || seen[0].Status != 503 || seen[0].RetryIn == 0 || seen[1].Status != 201 || strings.Contains(string(raw), "top-secret") {
		t.Error(string(raw))
	}
}
