package client

import (
	"context"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

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
	ctx, cancel := context.WithTimeout(context.Background(), 45*time.Second)
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
	ctx, cancel := context.WithCancel(context.Background())
	c.sleep = func(ctx context.Context, d time.Duration) error {
		time.AfterFunc(20*time.Millisecond, cancel)
		return sleep(ctx, d)
	}
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
