package client

import (
	"context"
	"iter"
	"net/http"
	"net/url"
	"time"
)

// TenantLimits bounds a tenant; nil is unlimited. All are always sent: what a configuration does not bound is
// unlimited, whatever it was before.
type TenantLimits struct {
	Connections                *int64 `json:"connections"`
	ConnectionsPerSecond       *int64 `json:"connectionsPerSecond"`
	PublishesPerSecond         *int64 `json:"publishesPerSecond"`
	PublishBurst               *int64 `json:"publishBurst"`
	DeliveriesPerSecond        *int64 `json:"deliveriesPerSecond"`
	Channels                   *int64 `json:"channels"`
	SubscriptionsPerConnection *int64 `json:"subscriptionsPerConnection"`
	InboundMessagesPerSecond   *int64 `json:"inboundMessagesPerSecond"`
	InboundBytesPerSecond      *int64 `json:"inboundBytesPerSecond"`
	MaxMessageBytes            *int64 `json:"maxMessageBytes"`
	MaxBatchMessages           *int64 `json:"maxBatchMessages"`
	PresenceMembersPerChannel  *int64 `json:"presenceMembersPerChannel"`
	HistoryDays                *int64 `json:"historyDays"`
	StoredBytes                *int64 `json:"storedBytes"`
	WebhooksPerSecond          *int64 `json:"webhooksPerSecond"`
	RequestsPerSecondPerKey    *int64 `json:"requestsPerSecondPerKey"`
	RequestsPerSecondPerIP     *int64 `json:"requestsPerSecondPerIp"`
}

// Tenant as it is read.
type Tenant struct {
	ID        string       `json:"id"`
	Name      string       `json:"name"`
	Limits    TenantLimits `json:"limits"`
	CreatedAt time.Time    `json:"createdAt"`
	UpdatedAt time.Time    `json:"updatedAt"`
	version
}

// TenantWrite creates or changes a tenant. An empty name and nil limits stay as they are.
type TenantWrite struct {
	Name   string        `json:"name,omitempty"`
	Limits *TenantLimits `json:"limits,omitempty"`
}

// CreateTenant needs the operator.
func (c *Client) CreateTenant(ctx context.Context, write TenantWrite, idempotencyKey string) (*Tenant, error) {
	return c.tenant(ctx, call{method: http.MethodPost, path: path("tenants"), body: write, idempotencyKey: idempotencyKey})
}

// GetTenant reads one.
func (c *Client) GetTenant(ctx context.Context, id string) (*Tenant, error) {
	return c.tenant(ctx, call{method: http.MethodGet, path: path("tenants", id)})
}

// UpdateTenant changes what is given, if the tenant is still at that ETag (empty: at any).
func (c *Client) UpdateTenant(ctx context.Context, id, etag string, write TenantWrite) (*Tenant, error) {
	return c.tenant(ctx, call{method: http.MethodPatch, path: path("tenants", id), ifMatch: etag, body: write})
}

// DeleteTenant is refused with CodeHasChildren while it has apps, unless cascade.
func (c *Client) DeleteTenant(ctx context.Context, id string, cascade bool) error {
	_, err := c.do(ctx, call{method: http.MethodDelete, path: path("tenants", id), query: cascading(cascade)}, nil)
	return err
}

// Tenants needs the operator; in order of creation.
func (c *Client) Tenants(ctx context.Context) iter.Seq2[Tenant, error] {
	return list[Tenant](ctx, c, path("tenants"), nil)
}

func (c *Client) tenant(ctx context.Context, call call) (*Tenant, error) {
	t, _, err := one[Tenant](ctx, c, call)
	return t, err
}

func cascading(cascade bool) url.Values {
	if !cascade {
		return nil
	}
	return url.Values{"cascade": {"true"}}
}
