package client

import (
	"context"
	"iter"
	"net/http"
	"time"
)

// ControlToken is a credential for one tenant's control plane. It cannot be changed, only deleted.
type ControlToken struct {
	ID        string     `json:"id"`
	TenantID  string     `json:"tenantId"`
	Name      string     `json:"name"`
	Role      string     `json:"role"`
	ExpiresAt *time.Time `json:"expiresAt"`
	CreatedAt time.Time  `json:"createdAt"`
	// Token is the secret, in the answer to its creation only.
	Token string `json:"token,omitempty"`
}

// ControlTokenCreate is all there is to one.
type ControlTokenCreate struct {
	Name      string     `json:"name"`
	Role      string     `json:"role"`
	ExpiresAt *time.Time `json:"expiresAt"`
}

// CreateControlToken answers with the secret, which no other answer holds.
func (c *Client) CreateControlToken(ctx context.Context, tenantID string, create ControlTokenCreate, idempotencyKey string) (*ControlToken, error) {
	var t ControlToken
	if _, err := c.do(ctx, call{method: http.MethodPost, path: path("tenants", tenantID, "control-tokens"), body: create, idempotencyKey: idempotencyKey}, &t); err != nil {
		return nil, err
	}
	return &t, nil
}

// GetControlToken looks through the list: the contract has no route for one.
func (c *Client) GetControlToken(ctx context.Context, tenantID, id string) (*ControlToken, error) {
	t, err := find(c.ControlTokens(ctx, tenantID), func(t ControlToken) bool { return t.ID == id })
	if err != nil {
		return nil, err
	}
	return &t, nil
}

// DeleteControlToken ends it everywhere within 5 s.
func (c *Client) DeleteControlToken(ctx context.Context, tenantID, id string) error {
	_, err := c.do(ctx, call{method: http.MethodDelete, path: path("tenants", tenantID, "control-tokens", id)}, nil)
	return err
}

// ControlTokens are a tenant's, in order of creation.
func (c *Client) ControlTokens(ctx context.Context, tenantID string) iter.Seq2[ControlToken, error] {
	return list[ControlToken](ctx, c, path("tenants", tenantID, "control-tokens"), nil)
}
