package client

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log"
	"net"
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
	if tenant.Name != "Acme" || tenant.ETag != `"7"` || *tenant.Limits.Connections != 10 || tenant.Limits.Channels != nil {
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
	if err != nil || tenant.ETag != `"8"` {
		t.Fatal(tenant, err)
	}
	if g.requests()[0].Method != "PATCH" || g.requests()[0].Header.Get("If-Match") != `"7"` || g.sent()[0] != `{"name":"Acme"}` {
		t.Error(g.requests()[0].Method, g.requests()[0].Header, g.sent()[0])
	}
	if _, err := c.UpdateKey(context.Background(), "1", "k1", "", KeyWrite{ExpiresAt: &Expiry{}}); err != nil || g.sent()[1] != `{"expiresAt":null}` {
		t.Error(err, g.sent()[1])
	}
}

func TestALostAnswerToACreationIsAskedForWithTheSameIdempotencyKey(t *testing.T) {
	g, c, waits := serve(t, Options{}, hangsUp, says(409, `{"type":"/docs/errors#idempotency-in-progress","status":409,"code":40905,"retryAfterMs":1000}`), says(201, acme))
	if _, err := c.CreateTenant(context.Background(), TenantWrite{Name: "Acme"}, NewIdempotencyKey()); err != nil {
		t.Fatal(err)
	}
	first := g.requests()[0].Header
	if len(g.requests()) != 3 || len(*waits) != 2 || first.Get("Idempotency-Key") == "" {
		t.Fatal(len(g.requests()), *waits, first)
	}
	for i, again := range g.requests()[1:] {
		if again.Header.Get("Idempotency-Key") != first.Get("Idempotency-Key") || g.sent()[i+1] != g.sent()[0] {
			t.Error("not the same request:", again.Header, g.sent())
		}
		if again.Header.Get("X-Request-Id") == first.Get("X-Request-Id") {
			t.Error("two attempts have the same request id")
		}
	}
}

func TestWhatMayHaveBeenCarriedOutIsSentOnceOnlyWithoutAnIdempotencyKey(t *testing.T) {
	for name, lost := range map[string]http.HandlerFunc{"connection": hangsUp, "504": says(504, `{"code":50400}`), "502": says(502, "")} {
		t.Run(name, func(t *testing.T) {
			g, c, _ := serve(t, Options{}, lost)
			if _, err := c.CreateTenant(context.Background(), TenantWrite{Name: "Acme"}, ""); err == nil || len(g.requests()) != 1 {
				t.Error(err, len(g.requests()))
			}
		})
	}
}

func TestReadsChangesAndDeletionsAreSentAgain(t *testing.T) {
	ctx := context.Background()
	for name, ask := range map[string]func(*Client) error{
		"GET":    func(c *Client) error { _, err := c.GetTenant(ctx, "t1"); return err },
		"PATCH":  func(c *Client) error { _, err := c.UpdateTenant(ctx, "t1", "", TenantWrite{Name: "a"}); return err },
		"DELETE": func(c *Client) error { return c.DeleteTenant(ctx, "t1", false) },
	} {
		t.Run(name, func(t *testing.T) {
			g, c, waits := serve(t, Options{}, hangsUp, says(502, "<html>"), says(503, `{"code":50303}`), says(504, `{"code":50401}`), says(200, acme))
			if err := ask(c); err != nil || len(g.requests()) != 5 {
				t.Fatal(err, len(g.requests()))
			}
			for i, wait := range *waits {
				full := firstBackoff << i
				if wait < full/2 || wait > full {
					t.Errorf("wait %d is %v, not within %v to %v", i+1, wait, full/2, full)
				}
			}
		})
	}
}

func TestAGatewayThatIsNotThereYetIsAskedAgainWhateverTheMethod(t *testing.T) {
	g, c, waits := serve(t, Options{MaxRetries: 3})
	g.Close() // nothing listens at its address now
	_, err := c.CreateTenant(context.Background(), TenantWrite{Name: "Acme"}, "")
	var connection *ConnectionError
	if !errors.As(err, &connection) || len(*waits) != 3 {
		t.Fatal(err, *waits)
	}
	if strings.Contains(err.Error(), "operator-token") {
		t.Error("the error shows the token:", err)
	}
}

func TestAnEndpointThatCannotBeAGatewayIsNotWaitedFor(t *testing.T) {
	plain := httptest.NewServer(http.NotFoundHandler())
	defer plain.Close()
	certified := httptest.NewUnstartedServer(http.NotFoundHandler())
	certified.Config.ErrorLog = log.New(io.Discard, "", 0)
	certified.StartTLS() // with a certificate that nobody knows
	defer certified.Close()
	for _, endpoint := range []string{"https" + strings.TrimPrefix(plain.URL, "http"), certified.URL} {
		c, err := New(Options{Endpoint: endpoint, Token: "t"})
		if err != nil {
			t.Fatal(err)
		}
		c.sleep = func(context.Context, time.Duration) error {
			t.Errorf("%s was waited for", endpoint)
			return context.Canceled
		}
		_, err = c.GetTenant(context.Background(), "t1")
		var connection *ConnectionError
		if !errors.As(err, &connection) {
			t.Error(endpoint, err)
		}
	}
}

func TestANameThatIsNoneIsHopelessAndAResolverThatIsAwayIsNot(t *testing.T) {
	if !hopeless(&net.OpError{Op: "dial", Err: &net.DNSError{IsNotFound: true}}) || hopeless(&net.OpError{Op: "dial", Err: &net.DNSError{IsTimeout: true}}) {
		t.Error("the wrong one is waited for")
	}
}

func TestRetryAfterIsHonoured(t *testing.T) {
	for name, limited := range map[string]http.HandlerFunc{
		"header": says(429, `{"code":42900}`, "Retry-After", "2"),
		"body":   says(503, `{"code":50301,"retryAfterMs":2000}`, "Retry-After", "3"),
	} {
		t.Run(name, func(t *testing.T) {
			_, c, waits := serve(t, Options{}, limited, says(201, acme))
			if _, err := c.CreateTenant(context.Background(), TenantWrite{Name: "Acme"}, ""); err != nil {
				t.Fatal(err)
			}
			if w := (*waits)[0]; w < 2*time.Second || w > 2200*time.Millisecond {
				t.Error(w)
			}
		})
	}
}

func TestAWaitThatOutlastsTheDeadlineOrTheBoundIsNotBegun(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	for name, when := range map[string]struct {
		ctx     context.Context
		seconds string
	}{"deadline": {ctx, "60"}, "bound": {context.Background(), "3600"}} {
		t.Run(name, func(t *testing.T) {
			g, c, waits := serve(t, Options{}, says(429, `{"code":42900,"title":"Too many requests"}`, "Retry-After", when.seconds))
			_, err := c.GetTenant(when.ctx, "t1")
			var p *Problem
			if !errors.As(err, &p) || p.Code != 42900 || len(*waits) != 0 || len(g.requests()) != 1 {
				t.Error(err, *waits, len(g.requests()))
			}
		})
	}
}

func TestRetriesEnd(t *testing.T) {
	busy := says(503, `{"code":50300}`)
	g, c, _ := serve(t, Options{MaxRetries: 2}, busy, busy, busy)
	if _, err := c.GetTenant(context.Background(), "t1"); err == nil || len(g.requests()) != 3 {
		t.Error(err, len(g.requests()))
	}
	g, c, _ = serve(t, Options{MaxRetries: -1}, busy)
	if _, err := c.GetTenant(context.Background(), "t1"); err == nil || len(g.requests()) != 1 {
		t.Error(err, len(g.requests()))
	}
}

func TestALimitIsWaitedForAsLongAsTheDeadlineAllows(t *testing.T) {
	full := says(429, `{"code":42900,"retryAfterMs":1000}`)
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	g, c, _ := serve(t, Options{MaxRetries: 1}, full, full, full, full, says(200, acme))
	if _, err := c.GetTenant(ctx, "t1"); err != nil || len(g.requests()) != 5 {
		t.Error(err, len(g.requests()))
	}
	g, c, _ = serve(t, Options{MaxRetries: 1}, full, full)
	if _, err := c.GetTenant(context.Background(), "t1"); err == nil || len(g.requests()) != 2 {
		t.Error("without a deadline there is no end:", err, len(g.requests()))
	}
	g, c, _ = serve(t, Options{MaxRetries: -1}, full)
	if _, err := c.GetTenant(ctx, "t1"); err == nil || len(g.requests()) != 1 {
		t.Error(err, len(g.requests()))
	}
}

func TestALostRaceIsRunAgainButNotForever(t *testing.T) {
	lost := says(409, `{"code":40900}`)
	g, c, _ := serve(t, Options{}, lost, lost, says(201, acme))
	if _, err := c.CreateTenant(context.Background(), TenantWrite{Name: "Acme"}, ""); err != nil || len(g.requests()) != 3 {
		t.Error(err, len(g.requests()))
	}
	g, c, _ = serve(t, Options{}, lost, lost, lost)
	if _, err := c.CreateTenant(context.Background(), TenantWrite{Name: "Acme"}, ""); err == nil || len(g.requests()) != 3 {
		t.Error(err, len(g.requests()))
	}
}

func TestACancelledRunStopsWaiting(t *testing.T) {
	_, c, _ := serve(t, Options{}, says(503, `{"code":50300,"retryAfterMs":60000}`))
	c.sleep = sleep
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(20*time.Millisecond, cancel)
	_, err := c.GetTenant(ctx, "t1")
	var p *Problem
	if !errors.Is(err, context.Canceled) || !errors.As(err, &p) {
		t.Error(err)
	}
}

func TestARefusalThatAdvisesNothingIsNotRepeated(t *testing.T) {
	for _, status := range []int{400, 401, 403, 404, 409, 412, 500} {
		g, c, _ := serve(t, Options{}, says(status, `{"code":1}`))
		if err := c.DeleteTenant(context.Background(), "t1", true); err == nil || len(g.requests()) != 1 {
			t.Error(status, err, len(g.requests()))
		}
		if g.requests()[0].URL.RawQuery != "cascade=true" {
			t.Error(g.requests()[0].URL)
		}
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

func TestARetryAfterMayBeADate(t *testing.T) {
	now := time.Date(2026, 5, 4, 9, 30, 0, 0, time.UTC)
	for value, want := range map[string]time.Duration{
		"": 0, "2": 2 * time.Second, "-1": 0, "soon": 0, "99999999999999": 0,
		"Mon, 04 May 2026 09:30:05 GMT": 5 * time.Second, "Mon, 04 May 2026 09:29:00 GMT": 0,
	} {
		if got := retryAfter(http.Header{"Retry-After": {value}}, now); got != want {
			t.Errorf("%q: %v", value, got)
		}
	}
}
