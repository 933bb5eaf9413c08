package client

import (
	"context"
	"iter"
	"net/http"
	"time"
)

// WebhookBatch is how many events one call may bring.
type WebhookBatch struct {
	MaxEvents int64 `json:"maxEvents"`
}

// WebhookSettings is all of a webhook that can be set; all are always sent.
type WebhookSettings struct {
	Name    string       `json:"name"`
	URL     string       `json:"url"`
	Events  []string     `json:"events"`
	Pattern string       `json:"pattern"`
	Batch   WebhookBatch `json:"batch"`
	Enabled bool         `json:"enabled"`
}

// Webhook as it is read.
type Webhook struct {
	ID    string `json:"id"`
	AppID string `json:"appId"`
	WebhookSettings
	// PreviousSecretExpiresAt is until when what is sent is also signed with the secret before this one.
	PreviousSecretExpiresAt *time.Time `json:"previousSecretExpiresAt"`
	CreatedAt               time.Time  `json:"createdAt"`
	UpdatedAt               time.Time  `json:"updatedAt"`
	// Secret is told by CreateWebhook and RotateWebhookSecret only.
	Secret string `json:"secret"`
	version
}

// CreateWebhook answers with the webhook's secret.
func (c *Client) CreateWebhook(ctx context.Context, appID string, settings WebhookSettings, idempotencyKey string) (*Webhook, error) {
	return c.webhook(ctx, call{
		method: http.MethodPost, path: path("apps", appID, "webhooks"), body: settings, idempotencyKey: idempotencyKey,
	})
}

// GetWebhook reads one, without its secret.
func (c *Client) GetWebhook(ctx context.Context, appID, id string) (*Webhook, error) {
	return c.webhook(ctx, call{method: http.MethodGet, path: path("apps", appID, "webhooks", id)})
}

// UpdateWebhook changes it if it is still at that ETag (empty: at any).
func (c *Client) UpdateWebhook(ctx context.Context, appID, id, etag string, settings WebhookSettings) (*Webhook, error) {
	return c.webhook(ctx, call{
		method: http.MethodPatch, path: path("apps", appID, "webhooks", id), ifMatch: etag, body: settings,
	})
}

// RotateWebhookSecret answers with the new secret; the one before stays good for so many seconds.
func (c *Client) RotateWebhookSecret(ctx context.Context, appID, id, etag string, overlapSeconds int64, idempotencyKey string) (*Webhook, error) {
	return c.webhook(ctx, call{
		method: http.MethodPost, path: path("apps", appID, "webhooks", id, "rotate-secret"),
		body: map[string]int64{"overlapSeconds": overlapSeconds}, ifMatch: etag, idempotencyKey: idempotencyKey,
	})
}

// DeleteWebhook ends it; what was queued is erased.
func (c *Client) DeleteWebhook(ctx context.Context, appID, id string) error {
	_, err := c.do(ctx, call{method: http.MethodDelete, path: path("apps", appID, "webhooks", id)}, nil)
	return err
}

// Webhooks of an app, in order of creation.
func (c *Client) Webhooks(ctx context.Context, appID string) iter.Seq2[Webhook, error] {
	return list[Webhook](ctx, c, path("apps", appID, "webhooks"), nil)
}

func (c *Client) webhook(ctx context.Context, call call) (*Webhook, error) {
	w, _, err := one[Webhook](ctx, c, call)
	return w, err
}
