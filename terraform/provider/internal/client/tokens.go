package client

import (
	"context"
	"net/http"
)

// TokenLimits narrows what one client may; nil leaves the tenant's.
type TokenLimits struct {
	PublishesPerSecond         *int64 `json:"publishesPerSecond,omitempty"`
	SubscriptionsPerConnection *int64 `json:"subscriptionsPerConnection,omitempty"`
	InboundMessagesPerSecond   *int64 `json:"inboundMessagesPerSecond,omitempty"`
	InboundBytesPerSecond      *int64 `json:"inboundBytesPerSecond,omitempty"`
	MaxMessageBytes            *int64 `json:"maxMessageBytes,omitempty"`
}

// TokenRequest asks for a token of one client; an empty ClientID is an anonymous one.
type TokenRequest struct {
	ClientID     string              `json:"clientId,omitempty"`
	Capabilities map[string][]string `json:"capabilities"`
	TTLSeconds   int64               `json:"ttlSeconds,omitempty"`
	Limits       *TokenLimits        `json:"limits,omitempty"`
}

// Token is a JWT for one client of one app.
type Token struct {
	Token   string `json:"token"`
	TokenID string `json:"tokenId"`
	// ExpiresAt is in milliseconds since 1970, as everywhere on the data plane.
	ExpiresAt int64 `json:"expiresAt"`
}

// CreateToken is the data plane's: it is asked with an app's key (`appId.keyId:secret`) that may `admin`, not with
// the client's token. The key does not appear in any error.
func (c *Client) CreateToken(ctx context.Context, key string, request TokenRequest) (*Token, error) {
	var t Token
	if _, err := c.do(ctx, call{method: http.MethodPost, path: path("tokens"), key: key, body: request}, &t); err != nil {
		return nil, err
	}
	return &t, nil
}
