package client

import (
	"context"
	"iter"
	"net/http"
	"time"
)

// AppSettings are an app's own. All are always sent.
type AppSettings struct {
	// AllowedOrigins are a set: their order says nothing.
	AllowedOrigins  []string `json:"allowedOrigins"`
	MessagePreviews bool     `json:"messagePreviews"`
}

// App as it is read.
type App struct {
	ID        string      `json:"id"`
	TenantID  string      `json:"tenantId"`
	Name      string      `json:"name"`
	Settings  AppSettings `json:"settings"`
	CreatedAt time.Time   `json:"createdAt"`
	UpdatedAt time.Time   `json:"updatedAt"`
	version
}

// AppWrite creates or changes an app. An empty name and nil settings stay as they are.
type AppWrite struct {
	Name     string       `json:"name,omitempty"`
	Settings *AppSettings `json:"settings,omitempty"`
}

// CreateApp makes one in a tenant.
func (c *Client) CreateApp(ctx context.Context, tenantID string, write AppWrite, idempotencyKey string) (*App, error) {
	return c.app(ctx, call{method: http.MethodPost, path: path("tenants", tenantID, "apps"), body: write, idempotencyKey: idempotencyKey})
}

// GetApp reads one, of whichever tenant.
func (c *Client) GetApp(ctx context.Context, id string) (*App, error) {
	return c.app(ctx, call{method: http.MethodGet, path: path("apps", id)})
}

// UpdateApp changes what is given, if the app is still at that ETag (empty: at any).
func (c *Client) UpdateApp(ctx context.Context, id, etag string, write AppWrite) (*App, error) {
	return c.app(ctx, call{method: http.MethodPatch, path: path("apps", id), ifMatch: etag, body: write})
}

// DeleteApp is refused with CodeHasChildren while it has keys that are not revoked or namespaces, unless cascade.
func (c *Client) DeleteApp(ctx context.Context, id string, cascade bool) error {
	_, err := c.do(ctx, call{method: http.MethodDelete, path: path("apps", id), query: cascading(cascade)}, nil)
	return err
}

// Apps are a tenant's, in order of creation.
func (c *Client) Apps(ctx context.Context, tenantID string) iter.Seq2[App, error] {
	return list[App](ctx, c, path("tenants", tenantID, "apps"), nil)
}

func (c *Client) app(ctx context.Context, call call) (*App, error) {
	a, _, err := one[App](ctx, c, call)
	return a, err
}
