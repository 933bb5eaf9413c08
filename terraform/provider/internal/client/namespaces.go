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

// Namespace as it is read. ETag is the version it was read at; a list gives none.
type Namespace struct {
	Name string `json:"name"`
	NamespaceRules
	// EffectiveAt is when a change of durability takes effect for live channels; nil when none is pending.
	EffectiveAt *time.Time `json:"effectiveAt"`
	CreatedAt   time.Time  `json:"createdAt"`
	UpdatedAt   time.Time  `json:"updatedAt"`
	ETag        string     `json:"-"`
}

// ErrNamespaceExists: there is one of that name, and nothing was done to it.
var ErrNamespaceExists = errors.New("the namespace exists already")

// ErrNamespaceRaced: there was none of that name, and then somebody else's, which has been replaced.
var ErrNamespaceRaced = errors.New("the namespace was created by somebody else at the same moment")

// CreateNamespace refuses with ErrNamespaceExists to replace what is there. The contract's PUT knows no
// If-None-Match, so it looks first; who comes in between is told of by ErrNamespaceRaced.
func (c *Client) CreateNamespace(ctx context.Context, appID, name string, rules NamespaceRules) (*Namespace, error) {
	_, err := c.GetNamespace(ctx, appID, name)
	if err == nil {
		return nil, ErrNamespaceExists
	}
	if !IsNotFound(err) {
		return nil, err
	}
	n, answer, err := c.putNamespace(ctx, appID, name, "", rules)
	if err != nil {
		return nil, err
	}
	// After several tries the one it replaced may be its own, made by a try whose answer was lost.
	if answer.status != http.StatusCreated && answer.attempts == 1 {
		return nil, ErrNamespaceRaced
	}
	return n, nil
}

// ReplaceNamespace does so if the namespace is still at that ETag (empty: at any).
func (c *Client) ReplaceNamespace(ctx context.Context, appID, name, etag string, rules NamespaceRules) (*Namespace, error) {
	n, _, err := c.putNamespace(ctx, appID, name, etag, rules)
	return n, err
}

func (c *Client) putNamespace(ctx context.Context, appID, name, etag string, rules NamespaceRules) (*Namespace, answer, error) {
	var n Namespace
	answer, err := c.do(ctx, call{
		method: http.MethodPut, path: path("apps", appID, "namespaces", name), ifMatch: etag, body: rules,
	}, &n)
	if err != nil {
		return nil, answer, err
	}
	n.ETag = answer.etag
	return &n, answer, nil
}

// GetNamespace reads one.
func (c *Client) GetNamespace(ctx context.Context, appID, name string) (*Namespace, error) {
	var n Namespace
	answer, err := c.do(ctx, call{method: http.MethodGet, path: path("apps", appID, "namespaces", name)}, &n)
	if err != nil {
		return nil, err
	}
	n.ETag = answer.etag
	return &n, nil
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
