package client

import (
	"encoding/json"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Codes of docs/errors.md that a caller decides by.
const (
	CodeConflict              = 40900
	CodeHasChildren           = 40903
	CodeIdempotencyInProgress = 40905
	CodeAlreadyMember         = 40910
	CodePreconditionFailed    = 41200
)

// Problem is a refusal: a row of docs/errors.md and this case of it (RFC 9457).
type Problem struct {
	// Status is HTTP's.
	Status int
	// Code has five digits that begin with the status; 0 when who answered was no gateway (a proxy).
	Code int
	// Slug is the row's anchor, such as has-children.
	Slug   string
	Title  string
	Detail string
	// RequestID names the request in the gateway's logs and refusals.
	RequestID string
	// RetryAfter is when to try again; 0 when nothing was said.
	RetryAfter time.Duration
	// Fields are those of the request that are at fault.
	Fields []FieldFault
}

// FieldFault is one field of a request, as a JSON Pointer, and what is wrong with it.
type FieldFault struct {
	Field   string `json:"field"`
	Message string `json:"message"`
}

func (p *Problem) Error() string {
	var b strings.Builder
	if p.Code != 0 {
		fmt.Fprintf(&b, "%d %s: %s", p.Code, p.Title, p.Detail)
	} else {
		fmt.Fprintf(&b, "HTTP %d: %s", p.Status, p.Detail)
	}
	for _, f := range p.Fields {
		fmt.Fprintf(&b, " [%s %s]", f.Field, f.Message)
	}
	fmt.Fprintf(&b, " (request %s)", p.RequestID)
	return b.String()
}

// IsNotFound: there is no such thing, or it is another tenant's. A 404 without a code is a proxy's, which knows
// nothing of the thing: taken for absence it would have things made a second time.
func IsNotFound(err error) bool {
	var p *Problem
	return errors.As(err, &p) && p.Status == http.StatusNotFound && p.Code != 0
}

// IsPreconditionFailed: it changed since the ETag that was sent.
func IsPreconditionFailed(err error) bool {
	var p *Problem
	return errors.As(err, &p) && p.Status == http.StatusPreconditionFailed
}

// problemOf reads a refusal. What is no problem+json comes from a proxy in between; the beginning of a text
// is kept, since it is often all there is to go by.
func problemOf(response *http.Response, body []byte, requestID string) *Problem {
	p := &Problem{Status: response.StatusCode, RequestID: requestID, RetryAfter: retryAfter(response.Header, time.Now())}
	if id := response.Header.Get("X-Request-Id"); id != "" {
		p.RequestID = id
	}
	var wire struct {
		Type         string       `json:"type"`
		Title        string       `json:"title"`
		Code         int          `json:"code"`
		Detail       string       `json:"detail"`
		RequestID    string       `json:"requestId"`
		RetryAfterMs *int64       `json:"retryAfterMs"`
		Errors       []FieldFault `json:"errors"`
	}
	kind, _, _ := mime.ParseMediaType(response.Header.Get("Content-Type"))
	if kind != "application/problem+json" || json.Unmarshal(body, &wire) != nil {
		p.Title = http.StatusText(p.Status)
		p.Detail = p.Title + ", and no problem+json says why: is the endpoint a Tidegate gateway?"
		if text := beginning(body); strings.HasPrefix(kind, "text/plain") && text != "" {
			p.Detail += " It said: " + text
		}
		return p
	}
	_, p.Slug, _ = strings.Cut(wire.Type, "#")
	p.Title, p.Code, p.Detail, p.Fields = wire.Title, wire.Code, wire.Detail, wire.Errors
	if wire.RequestID != "" {
		p.RequestID = wire.RequestID
	}
	if wire.RetryAfterMs != nil && *wire.RetryAfterMs >= 0 {
		p.RetryAfter = time.Duration(*wire.RetryAfterMs) * time.Millisecond
	}
	return p
}

// retryAfter reads RFC 9110's header: seconds, or a date as proxies send it.
func retryAfter(h http.Header, now time.Time) time.Duration {
	value := h.Get("Retry-After")
	if seconds, err := strconv.ParseUint(value, 10, 31); err == nil {
		return time.Duration(seconds) * time.Second
	}
	if at, err := http.ParseTime(value); err == nil && at.After(now) {
		return at.Sub(now)
	}
	return 0
}

func beginning(body []byte) string {
	const most = 200
	text := strings.Join(strings.Fields(strings.ToValidUTF8(string(body), "")), " ")
	if len(text) > most {
		return strings.ToValidUTF8(text[:most], "") + "..."
	}
	return text
}
