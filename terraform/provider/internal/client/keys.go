package client

import (
	"context"
	"encoding/json"
	"iter"
	"net/http"
	"time"
)

// Key is an app's credential as it is read.
type Key struct {
	// ID is the part of KeyName after the dot.
	ID      string `json:"id"`
	AppID   string `json:"appId"`
	KeyName string `json:"keyName"`
	Name    string `json:"name"`
	// Capabilities are sets of operations by channel pattern.
	Capabilities map[string][]string `json:"capabilities"`
	ExpiresAt    *time.Time          `json:"expiresAt"`
	// RevokedAt: a revoked key stays readable and can neither be used nor changed.
	RevokedAt *time.Time `json:"revokedAt"`
	CreatedAt time.Time  `json:"createdAt"`
	UpdatedAt time.Time  `json:"updatedAt"`
	// Key is `keyName:secret`, in the answer to its creation only.
	Key string `json:"key,omitempty"`
	version
}

// KeyWrite creates or changes a key. What is empty stays as it is.
type KeyWrite struct {
	Name         string              `json:"name,omitempty"`
	Capabilities map[string][]string `json:"capabilities,omitempty"`
	ExpiresAt    *Expiry             `json:"expiresAt,omitempty"`
}

// Expiry tells never (At is nil: null on the wire) from as it is (no *Expiry at all).
type Expiry struct{ At *time.Time }

// MarshalJSON writes RFC 3339 or null.
func (e Expiry) MarshalJSON() ([]byte, error) { return json.Marshal(e.At) }

// CreateKey answers with the secret, which no other answer holds: but the same idempotency key gets it again.
func (c *Client) CreateKey(ctx context.Context, appID string, write KeyWrite, idempotencyKey string) (*Key, error) {
	return c.key(ctx, call{method: http.MethodPost, path: path("apps", appID, "keys"), body: write, idempotencyKey: idempotencyKey})
}

// GetKey reads one without its secret, a revoked one too.
func (c *Client) GetKey(ctx context.Context, appID, id string) (*Key, error) {
	return c.key(ctx, call{method: http.MethodGet, path: path("apps", appID, "keys", id)})
}

// UpdateKey changes what is given, if the key is still at that ETag (empty: at any).
func (c *Client) UpdateKey(ctx context.Context, appID, id, etag string, write KeyWrite) (*Key, error) {
	return c.key(ctx, call{method: http.MethodPatch, path: path("apps", appID, "keys", id), ifMatch: etag, body: write})
}

// RevokeKey ends it and every token signed with it, for good.
func (c *Client) RevokeKey(ctx context.Context, appID, id string) error {
	_, err := c.do(ctx, call{method: http.MethodDelete, path: path("apps", appID, "keys", id)}, nil)
	return err
}

// Keys are an app's, in order of creation, revoked ones too.
func (c *Client) Keys(ctx context.Context, appID string) iter.Seq2[Key, error] {
	return list[Key](ctx, c, path("apps", appID, "keys"), nil)
}

func (c *Client) key(ctx context.Context, call call) (*Key, error) {
	k, _, err := one[Key](ctx, c, call)
	return k, err
}
