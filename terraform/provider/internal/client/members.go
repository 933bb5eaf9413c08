package client

import (
	"context"
	"iter"
	"net/http"
	"time"
)

// Member is a person with a role in a tenant, or an invitation of one.
type Member struct {
	ID       string `json:"id"`
	TenantID string `json:"tenantId"`
	// Email is compared without regard to case.
	Email string `json:"email"`
	// Name is nil until the invitation is accepted.
	Name *string `json:"name"`
	Role string  `json:"role"`
	// Status is active or invited.
	Status              string     `json:"status"`
	CreatedAt           time.Time  `json:"createdAt"`
	LastSeenAt          *time.Time `json:"lastSeenAt"`
	InvitationExpiresAt *time.Time `json:"invitationExpiresAt"`
	// InvitationURL is good once; in the answer to the invitation only.
	InvitationURL string `json:"invitationUrl,omitempty"`
}

// InviteMember answers with the link, which no other answer holds. CodeAlreadyMember when the e-mail is one.
func (c *Client) InviteMember(ctx context.Context, tenantID, email, role, idempotencyKey string) (*Member, error) {
	body := map[string]string{"email": email, "role": role}
	return c.member(ctx, call{method: http.MethodPost, path: path("tenants", tenantID, "members"), body: body, idempotencyKey: idempotencyKey})
}

// GetMember looks through the list: the contract has no route for one.
func (c *Client) GetMember(ctx context.Context, tenantID, id string) (*Member, error) {
	m, err := find(c.Members(ctx, tenantID), func(m Member) bool { return m.ID == id })
	if err != nil {
		return nil, err
	}
	return &m, nil
}

// UpdateMember gives another role, no stronger than the caller's own.
func (c *Client) UpdateMember(ctx context.Context, tenantID, id, role string) (*Member, error) {
	return c.member(ctx, call{method: http.MethodPatch, path: path("tenants", tenantID, "members", id), body: map[string]string{"role": role}})
}

// RemoveMember takes the role away, or withdraws the invitation; the person's account stays.
func (c *Client) RemoveMember(ctx context.Context, tenantID, id string) error {
	_, err := c.do(ctx, call{method: http.MethodDelete, path: path("tenants", tenantID, "members", id)}, nil)
	return err
}

// Members are a tenant's, in order of creation, those who are invited, too.
func (c *Client) Members(ctx context.Context, tenantID string) iter.Seq2[Member, error] {
	return list[Member](ctx, c, path("tenants", tenantID, "members"), nil)
}

func (c *Client) member(ctx context.Context, call call) (*Member, error) {
	var m Member
	if _, err := c.do(ctx, call, &m); err != nil {
		return nil, err
	}
	return &m, nil
}
