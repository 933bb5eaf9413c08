package client

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// maxAnswerBytes bounds what is read of one answer: a page of 1,000 namespaces is below 2 MB.
const maxAnswerBytes = 16 << 20

// Options is what a Client needs to know. Zero values of all but Endpoint and Token take defaults.
type Options struct {
	// Endpoint is the gateway's address, such as https://gateway.example.com. A path before /v1 is kept.
	Endpoint string
	// Token is an operator token or a control token.
	Token string
	// MaxRetries is how often one call is sent again at most; after 429 it is as often as the context's deadline
	// allows. Negative: never. Zero: DefaultMaxRetries.
	MaxRetries int
	// RequestTimeout bounds one attempt. Zero: DefaultRequestTimeout.
	RequestTimeout time.Duration
	// UserAgent is sent as it is.
	UserAgent string
	// Transport carries the requests. nil: a copy of http.DefaultTransport.
	Transport http.RoundTripper
	// Trace is told of each attempt; it gets neither bodies nor credentials. nil: nobody is told.
	Trace func(context.Context, Attempt)
}

// Attempt is one request as it went.
type Attempt struct {
	Method, Path, RequestID string
	// Number counts from 1.
	Number int
	// Status is 0 when no answer came; then Err says why.
	Status int
	Err    error
	// RetryIn is the wait before the next attempt; 0 when this one was the last.
	RetryIn time.Duration
}

// Client is safe for concurrent use.
type Client struct {
	base           string
	authorization  string
	userAgent      string
	http           *http.Client
	maxRetries     int
	requestTimeout time.Duration
	trace          func(context.Context, Attempt)
	sleep          func(context.Context, time.Duration) error
}

// New checks the options; it asks the gateway nothing.
func New(o Options) (*Client, error) {
	base, err := url.Parse(strings.TrimRight(o.Endpoint, "/"))
	if err != nil {
		return nil, fmt.Errorf("the endpoint is not a URL: %w", err)
	}
	if base.Scheme != "https" && base.Scheme != "http" || base.Host == "" {
		return nil, fmt.Errorf("the endpoint %q is not an http or https URL with a host", base.Redacted())
	}
	if base.User != nil || base.RawQuery != "" || base.Fragment != "" {
		return nil, errors.New("the endpoint has a user, a query or a fragment; it is scheme, host and port")
	}
	if o.Token == "" || strings.ContainsFunc(o.Token, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return nil, errors.New("the token is empty or has characters that no token has")
	}
	c := &Client{
		base:           base.String(),
		authorization:  "Bearer " + o.Token,
		userAgent:      o.UserAgent,
		maxRetries:     o.MaxRetries,
		requestTimeout: o.RequestTimeout,
		trace:          o.Trace,
		sleep:          sleep,
	}
	transport := o.Transport
	if transport == nil {
		transport = http.DefaultTransport.(*http.Transport).Clone()
	}
	// A redirect would carry the credential to an address nobody configured: it is reported, not followed.
	c.http = &http.Client{
		Transport:     transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	if c.maxRetries == 0 {
		c.maxRetries = DefaultMaxRetries
	}
	if c.requestTimeout == 0 {
		c.requestTimeout = DefaultRequestTimeout
	}
	if c.trace == nil {
		c.trace = func(context.Context, Attempt) {}
	}
	return c, nil
}

// Endpoint is the address that was configured, without a slash at its end.
func (c *Client) Endpoint() string { return c.base }

// call is one operation of the contract.
type call struct {
	method string
	// path is made by the function path: each segment is escaped.
	path  string
	query url.Values
	// body is sent as JSON; nil sends none.
	body any
	// ifMatch is the ETag the change is meant for; empty for any.
	ifMatch string
	// onlyNew: a PUT that replaces nothing (If-None-Match: *).
	onlyNew bool
	// idempotencyKey makes a POST one that may be sent again.
	idempotencyKey string
	// key is `appId.keyId:secret`, in place of the client's token, for the data plane.
	key string
}

// path joins segments below /v1, each escaped, so that no id can leave its place.
func path(segments ...string) string {
	var b strings.Builder
	b.WriteString("/v1")
	for _, s := range segments {
		b.WriteByte('/')
		b.WriteString(segment(s))
	}
	return b.String()
}

// segment escapes all but letters, digits and -._~, and names that a path would swallow.
func segment(s string) string {
	if s == "." || s == ".." {
		return strings.ReplaceAll(s, ".", "%2E")
	}
	return strings.ReplaceAll(url.QueryEscape(s), "+", "%20")
}

// NewIdempotencyKey names one intent: the caller makes it once and sends it with every try.
func NewIdempotencyKey() string { return "terraform-" + randomHex(16) }

func randomHex(n int) string {
	b := make([]byte, n)
	rand.Read(b) // never fails (crypto/rand)
	return hex.EncodeToString(b)
}

// answer is what came back of a call: of one that failed, what there was.
type answer struct {
	status int
	etag   string
	// attempts is how often it was sent: above 1, an earlier one may have been carried out and its answer lost.
	attempts int
}

// version is embedded by what has one.
type version struct {
	// ETag is the version it was read at; a list gives none.
	ETag string `json:"-"`
}

func (v *version) at(etag string) { v.ETag = etag }

// one carries out a call that answers with one thing that has a version.
func one[T any, P interface {
	*T
	at(etag string)
}](ctx context.Context, c *Client, call call) (*T, answer, error) {
	thing := new(T)
	answer, err := c.do(ctx, call, thing)
	if err != nil {
		return nil, answer, err
	}
	P(thing).at(answer.etag)
	return thing, answer, nil
}

// do carries a call out and decodes its answer into out, unless out is nil. Its error is a *Problem, a
// *ConnectionError, or the context's.
func (c *Client) do(ctx context.Context, call call, out any) (answer, error) {
	var body []byte
	if call.body != nil {
		var err error
		if body, err = json.Marshal(call.body); err != nil {
			return answer{}, fmt.Errorf("%s %s: cannot encode the body: %w", call.method, call.path, err)
		}
	}
	requestID := "tf-" + randomHex(8)
	var so retries
	for number := 1; ; number++ {
		attempt := Attempt{Method: call.method, Path: call.path, Number: number, RequestID: requestID + "-" + strconv.Itoa(number)}
		result, sent, err := c.attempt(ctx, call, body, attempt.RequestID, out)
		attempt.Status, attempt.Err = result.status, err
		result.attempts = number
		if err == nil {
			c.trace(ctx, attempt)
			return result, nil
		}
		wait, again := c.next(ctx, call, &so, sent, err)
		attempt.RetryIn = wait
		c.trace(ctx, attempt)
		if !again {
			return result, err
		}
		if err := c.sleep(ctx, wait); err != nil {
			return answer{}, fmt.Errorf("%w; the last answer was: %w", err, attempt.Err)
		}
	}
}

// attempt sends once. sent is false when the request certainly did not reach the gateway.
func (c *Client) attempt(ctx context.Context, call call, body []byte, requestID string, out any) (_ answer, sent bool, _ error) {
	ctx, cancel := context.WithTimeout(ctx, c.requestTimeout)
	defer cancel()
	target := c.base + call.path
	if len(call.query) > 0 {
		target += "?" + call.query.Encode()
	}
	var content io.Reader
	if body != nil {
		content = bytes.NewReader(body)
	}
	request, err := http.NewRequestWithContext(ctx, call.method, target, content)
	if err != nil {
		return answer{}, false, fmt.Errorf("%s %s: %w", call.method, call.path, err)
	}
	c.head(request, call, requestID)
	response, err := c.http.Do(request)
	if err != nil {
		return answer{}, !neverSent(err), &ConnectionError{Method: call.method, Path: call.path, Err: bare(err)}
	}
	defer response.Body.Close()
	got, err := io.ReadAll(io.LimitReader(response.Body, maxAnswerBytes+1))
	result := answer{status: response.StatusCode, etag: response.Header.Get("ETag")}
	switch {
	case err != nil:
		return result, true, &ConnectionError{Method: call.method, Path: call.path, Err: bare(err)}
	case len(got) > maxAnswerBytes:
		return result, true, fmt.Errorf("%s %s: the answer has more than %d bytes", call.method, call.path, maxAnswerBytes)
	case response.StatusCode < 200 || response.StatusCode > 299:
		return result, true, problemOf(response, got, requestID)
	case out == nil || response.StatusCode == http.StatusNoContent:
		return result, true, nil
	}
	if err := json.Unmarshal(got, out); err != nil {
		return result, true, fmt.Errorf("%s %s: the answer (request %s) is not what the contract says: %w", call.method, call.path, requestID, err)
	}
	return result, true, nil
}

func (c *Client) head(request *http.Request, call call, requestID string) {
	h := request.Header
	h.Set("Accept", "application/json, application/problem+json")
	h.Set("X-Request-Id", requestID)
	h.Set("Authorization", c.authorization)
	if call.key != "" {
		h.Set("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(call.key)))
	}
	if c.userAgent != "" {
		h.Set("User-Agent", c.userAgent)
	}
	if call.body != nil {
		h.Set("Content-Type", "application/json")
	}
	if call.ifMatch != "" {
		h.Set("If-Match", call.ifMatch)
	}
	if call.onlyNew {
		h.Set("If-None-Match", "*")
	}
	if call.idempotencyKey != "" {
		h.Set("Idempotency-Key", call.idempotencyKey)
	}
}
