package client

import (
	"context"
	"errors"
	"iter"
	"net/http"
	"time"
)

// Span is a number of messages and a time; whichever is less counts.
type Span struct {
	Messages int64 `json:"messages"`
	Seconds  int64 `json:"seconds"`
}

// NamespacePresence is who is shown as present.
type NamespacePresence struct {
	Mode         string `json:"mode"`
	MaxMembers   int64  `json:"maxMembers"`
	GraceSeconds int64  `json:"graceSeconds"`
}

// NamespaceRules is the whole set: a PUT replaces, so all are always sent.
type NamespaceRules struct {
	Pattern         string            `json:"pattern"`
	Durability      string            `json:"durability"`
	Window          Span              `json:"window"`
	RetentionDays   int64             `json:"retentionDays"`
	Rewind          Span              `json:"rewind"`
	MaxMessageBytes int64             `json:"maxMessageBytes"`
	Public          bool              `json:"public"`
	ClientPublish   bool              `json:"clientPublish"`
	Presence        NamespacePresence `json:"presence"`
	Conflate        string            `json:"conflate"`
	RequireClientID bool              `json:"requireClientId"`
}

// Namespace as it is read.
type Namespace struct {
	Name string `json:"name"`
	NamespaceRules
	// EffectiveAt is when a change of durability takes effect for live channels; nil when none is pending.
	EffectiveAt *time.Time `json:"effectiveAt"`
	CreatedAt   time.Time  `json:"createdAt"`
	UpdatedAt   time.Time  `json:"updatedAt"`
	version
}

// ErrNamespaceExists: there is one of that name, and nothing was done to it.
var ErrNamespaceExists = errors.New("the namespace exists already")

// CreateNamespace refuses with ErrNamespaceExists to replace what is there.
func (c *Client) CreateNamespace(ctx context.Context, appID, name string, rules NamespaceRules) (*Namespace, error) {
	n, answer, err := c.putNamespace(ctx, call{onlyNew: true}, appID, name, rules)
	if !IsPreconditionFailed(err) {
		return n, err
	}
	if answer.attempts > 1 {
		// A try before this one, whose answer was lost, may have made it.
		if there, err := c.GetNamespace(ctx, appID, name); err == nil && there.NamespaceRules == rules {
			return there, nil
		}
	}
	return nil, ErrNamespaceExists
}

// ReplaceNamespace does so if the namespace is still at that ETag (empty: at any).
func (c *Client) ReplaceNamespace(ctx context.Context, appID, name, etag string, rules NamespaceRules) (*Namespace, error) {
	n, _, err := c.putNamespace(ctx, call{ifMatch: etag}, appID, name, rules)
	return n, err
}

// putNamespace completes a call that has its condition.
func (c *Client) putNamespace(ctx context.Context, put call, appID, name string, rules NamespaceRules) (*Namespace, answer, error) {
	put.method, put.path, put.body = http.MethodPut, path("apps", appID, "namespaces", name), rules
	return one[Namespace](ctx, c, put)
}

// GetNamespace reads one.
func (c *Client) GetNamespace(ctx context.Context, appID, name string) (*Namespace, error) {
	n, _, err := one[Namespace](ctx, c, call{method: http.MethodGet, path: path("apps", appID, "namespaces", name)})
	return n, err
}

// DeleteNamespace lets its channels fall to the next namespace that matches.
func (c *Client) DeleteNamespace(ctx context.Context, appID, name string) error {
	_, err := c.do(ctx, call{method: http.MethodDelete, path: path("apps", appID, "namespaces", name)}, nil)
	return err
}

// Namespaces of an app, in order of name.
func (c *Client) Namespaces(ctx context.Context, appID string) iter.Seq2[Namespace, error] {
	return list[Namespace](ctx, c, path("apps", appID, "namespaces"), nil)
}
