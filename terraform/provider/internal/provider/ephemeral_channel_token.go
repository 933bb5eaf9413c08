package provider

import (
	"context"
	"errors"
	"net/http"
	"regexp"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"tidegate.io/tidegate/terraform-provider-tidegate/internal/client"
)

const (
	defaultTTLSeconds = 3600
	maxTTLSeconds     = 86400
)

// appKey is `appId.keyId:secret`.
var appKey = regexp.MustCompile(`^[1-9][0-9]{0,17}\.[a-z0-9]{1,32}:[!-~]+$`)

// channelTokenEphemeral is ephemeral.tidegate_channel_token: a token for one client, made anew in each run and kept in
// no state. It is not revoked at the run's end: it is for somebody who uses it after that, and expires by itself.
type channelTokenEphemeral struct{ connectedEphemeral }

type channelTokenModel struct {
	Key          types.String      `tfsdk:"key"`
	ClientID     types.String      `tfsdk:"client_id"`
	Capabilities types.Map         `tfsdk:"capabilities"`
	TTLSeconds   types.Int64       `tfsdk:"ttl_seconds"`
	Limits       *tokenLimitsModel `tfsdk:"limits"`
	Token        types.String      `tfsdk:"token"`
	TokenID      types.String      `tfsdk:"token_id"`
	ExpiresAt    types.String      `tfsdk:"expires_at"`
}

type tokenLimitsModel struct {
	PublishesPerSecond         types.Int64 `tfsdk:"publishes_per_second"`
	SubscriptionsPerConnection types.Int64 `tfsdk:"subscriptions_per_connection"`
	InboundMessagesPerSecond   types.Int64 `tfsdk:"inbound_messages_per_second"`
	InboundBytesPerSecond      types.Int64 `tfsdk:"inbound_bytes_per_second"`
	MaxMessageBytes            types.Int64 `tfsdk:"max_message_bytes"`
}

var _ ephemeral.EphemeralResourceWithConfigure = (*channelTokenEphemeral)(nil)

func newChannelTokenEphemeral() ephemeral.EphemeralResource { return &channelTokenEphemeral{} }

func (e *channelTokenEphemeral) Metadata(_ context.Context, req ephemeral.MetadataRequest, resp *ephemeral.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_channel_token"
}

func (e *channelTokenEphemeral) Schema(_ context.Context, _ ephemeral.SchemaRequest, resp *ephemeral.SchemaResponse) {
	limit := func(description string) schema.Int64Attribute {
		return schema.Int64Attribute{Optional: true, MarkdownDescription: description, Validators: []validator.Int64{int64validator.AtLeast(1)}}
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "A token for one client of an app, signed with one of the app's keys. It is made anew in every run and is in no state and no plan. It is not revoked when the run ends, and expires by itself.",
		Attributes: map[string]schema.Attribute{
			"key": schema.StringAttribute{
				MarkdownDescription: "The key that signs, `appId.keyId:secret`: `key` of a `tidegate_api_key` whose capabilities have `admin`. The provider's own token cannot do this.",
				Required:            true,
				Sensitive:           true,
				Validators:          []validator.String{secretForm{form: appKey, is: "appId.keyId:secret, such as the attribute key of a tidegate_api_key"}},
			},
			"client_id": schema.StringAttribute{
				MarkdownDescription: "Whom it is for; left out, an anonymous client.",
				Optional:            true,
				Validators:          []validator.String{stringvalidator.UTF8LengthBetween(1, 255)},
			},
			"capabilities": schema.MapAttribute{
				MarkdownDescription: "Channel pattern to operations: `publish`, `subscribe`, `presence`, `history`. What the key may not, the token may not either.",
				ElementType:         capabilitiesType,
				Required:            true,
				Validators:          capabilitiesValidators("publish", "subscribe", "presence", "history"),
			},
			"ttl_seconds": schema.Int64Attribute{
				MarkdownDescription: "How long it is good, 1 to 86400. Default 3600.",
				Optional:            true,
				Validators:          []validator.Int64{int64validator.Between(1, maxTTLSeconds)},
			},
			"limits": schema.SingleNestedAttribute{
				MarkdownDescription: "Narrower limits for this client; never wider than the tenant's.",
				Optional:            true,
				Attributes: map[string]schema.Attribute{
					"publishes_per_second":         limit("Messages published per second."),
					"subscriptions_per_connection": limit("Channels of one connection."),
					"inbound_messages_per_second":  limit("Frames per second from one connection."),
					"inbound_bytes_per_second":     limit("Bytes per second from one connection."),
					"max_message_bytes":            limit("Size of one message."),
				},
			},
			"token":      schema.StringAttribute{Computed: true, Sensitive: true, MarkdownDescription: "The token, a JWT."},
			"token_id":   schema.StringAttribute{Computed: true, MarkdownDescription: "Its `jti`, by which it can be revoked."},
			"expires_at": schema.StringAttribute{Computed: true, MarkdownDescription: "Until when it is good (RFC 3339)."},
		},
	}
}

func (e *channelTokenEphemeral) Open(ctx context.Context, req ephemeral.OpenRequest, resp *ephemeral.OpenResponse) {
	var m channelTokenModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	if resp.Diagnostics.HasError() || !e.ready(&resp.Diagnostics) {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, defaultTimeout)
	defer cancel()
	token, err := e.client.CreateToken(ctx, m.Key.ValueString(), m.request())
	var problem *client.Problem
	switch {
	case errors.As(err, &problem) && problem.Status == http.StatusUnauthorized:
		resp.Diagnostics.AddAttributeError(path.Root("key"), summary("make a channel token", problem),
			"The gateway does not accept the key: it is wrong, expired or revoked.\n\nRequest: "+problem.RequestID)
		return
	case errors.As(err, &problem) && problem.Status == http.StatusForbidden:
		resp.Diagnostics.AddAttributeError(path.Root("key"), summary("make a channel token", problem),
			problem.Detail+"\n\nA key that makes tokens needs the operation admin in its capabilities.\n\nRequest: "+problem.RequestID)
		return
	case err != nil:
		e.fail(&resp.Diagnostics, "make a channel token", err)
		return
	}
	m.Token = types.StringValue(token.Token)
	m.TokenID = types.StringValue(token.TokenID)
	m.ExpiresAt = instant(time.UnixMilli(token.ExpiresAt))
	resp.Diagnostics.Append(resp.Result.Set(ctx, m)...)
}

func (m channelTokenModel) request() client.TokenRequest {
	request := client.TokenRequest{
		ClientID:     m.ClientID.ValueString(),
		Capabilities: capabilitiesToWire(m.Capabilities),
		TTLSeconds:   defaultTTLSeconds,
	}
	if !m.TTLSeconds.IsNull() {
		request.TTLSeconds = m.TTLSeconds.ValueInt64()
	}
	if l := m.Limits; l != nil {
		request.Limits = &client.TokenLimits{
			PublishesPerSecond:         l.PublishesPerSecond.ValueInt64Pointer(),
			SubscriptionsPerConnection: l.SubscriptionsPerConnection.ValueInt64Pointer(),
			InboundMessagesPerSecond:   l.InboundMessagesPerSecond.ValueInt64Pointer(),
			InboundBytesPerSecond:      l.InboundBytesPerSecond.ValueInt64Pointer(),
			MaxMessageBytes:            l.MaxMessageBytes.ValueInt64Pointer(),
		}
	}
	return request
}

// secretForm checks a secret's form and, unlike the stock validators, does not show what it was given.
type secretForm struct {
	form *regexp.Regexp
	is   string
}

func (v secretForm) Description(context.Context) string { return v.is }

func (v secretForm) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (v secretForm) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if !req.ConfigValue.IsNull() && !req.ConfigValue.IsUnknown() && !v.form.MatchString(req.ConfigValue.ValueString()) {
		resp.Diagnostics.AddAttributeError(req.Path, "Not of the right form", "It has to be "+v.is+".")
	}
}
