package provider

import (
	"context"
	"encoding/json"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"tidegate.io/tidegate/terraform-provider-tidegate/internal/client"
)

const (
	// defaultKeyTTL outlasts most runs. A run that is killed cannot revoke its key, so each one expires.
	defaultKeyTTL = time.Hour
	maxKeyTTL     = 24 * time.Hour
	openedKey     = "key"
)

// apiKeyEphemeral is the ephemeral tidegate_api_key: a key for this run, which no plan and no state holds. Opening
// creates it, closing revokes it.
type apiKeyEphemeral struct{ connectedEphemeral }

type apiKeyEphemeralModel struct {
	AppID        types.String `tfsdk:"app_id"`
	Name         types.String `tfsdk:"name"`
	Capabilities types.Map    `tfsdk:"capabilities"`
	TTLSeconds   types.Int64  `tfsdk:"ttl_seconds"`
	ID           types.String `tfsdk:"id"`
	KeyName      types.String `tfsdk:"key_name"`
	Key          types.String `tfsdk:"key"`
	Secret       types.String `tfsdk:"secret"`
	ExpiresAt    types.String `tfsdk:"expires_at"`
}

// opened is what closing has to know.
type opened struct {
	AppID string `json:"appId"`
	ID    string `json:"id"`
}

var (
	_ ephemeral.EphemeralResourceWithConfigure = (*apiKeyEphemeral)(nil)
	_ ephemeral.EphemeralResourceWithClose     = (*apiKeyEphemeral)(nil)
)

func newAPIKeyEphemeral() ephemeral.EphemeralResource { return &apiKeyEphemeral{} }

func (e *apiKeyEphemeral) Metadata(_ context.Context, req ephemeral.MetadataRequest, resp *ephemeral.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_api_key"
}

func (e *apiKeyEphemeral) Schema(_ context.Context, _ ephemeral.SchemaRequest, resp *ephemeral.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "A key for this run, which neither plan nor state holds: made when it is needed, in a plan too, and revoked at the end. " +
			"For what a run does itself, say a provider's configuration or a `tidegate_channel_token`. A key that outlasts the run is the resource of the same name: " +
			"the gateway shows a secret once, so an ephemeral one can never be read again.",
		Attributes: map[string]schema.Attribute{
			"app_id": schema.StringAttribute{Required: true, MarkdownDescription: "The app it is a credential of."},
			"name": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "For people. Without it `terraform run`.",
				Validators:          []validator.String{stringvalidator.UTF8LengthBetween(1, 100)},
			},
			"capabilities": schema.MapAttribute{
				ElementType:         capabilitiesType,
				Required:            true,
				MarkdownDescription: capabilitiesDescription,
				Validators:          capabilitiesValidators(keyOperations()...),
			},
			"ttl_seconds": schema.Int64Attribute{
				Optional:            true,
				MarkdownDescription: "After how long it expires if the run ends without revoking it, 60 to 86400. Without it 3600.",
				Validators:          []validator.Int64{int64validator.Between(60, int64(maxKeyTTL/time.Second))},
			},
			"id":         schema.StringAttribute{Computed: true, MarkdownDescription: "The key's id within its app."},
			"key_name":   schema.StringAttribute{Computed: true, MarkdownDescription: "`appId.keyId`: the key without its secret."},
			"key":        schema.StringAttribute{Computed: true, Sensitive: true, MarkdownDescription: "`appId.keyId:secret`."},
			"secret":     schema.StringAttribute{Computed: true, Sensitive: true, MarkdownDescription: "The part of `key` after the colon."},
			"expires_at": schema.StringAttribute{Computed: true, MarkdownDescription: "When it expires (RFC 3339)."},
		},
	}
}

func (e *apiKeyEphemeral) Open(ctx context.Context, req ephemeral.OpenRequest, resp *ephemeral.OpenResponse) {
	var m apiKeyEphemeralModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	if resp.Diagnostics.HasError() || !e.ready(&resp.Diagnostics) {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, defaultTimeout)
	defer cancel()
	key, err := e.client.CreateKey(ctx, m.AppID.ValueString(), m.write(time.Now()), client.NewIdempotencyKey())
	if err != nil {
		e.fail(&resp.Diagnostics, "create the key of this run", err)
		return
	}
	m.read(key)
	if raw, err := json.Marshal(opened{AppID: key.AppID, ID: key.ID}); err == nil {
		resp.Diagnostics.Append(resp.Private.SetKey(ctx, openedKey, raw)...)
	}
	resp.Diagnostics.Append(resp.Result.Set(ctx, m)...)
}

func (e *apiKeyEphemeral) Close(ctx context.Context, req ephemeral.CloseRequest, resp *ephemeral.CloseResponse) {
	raw, diags := req.Private.GetKey(ctx, openedKey)
	resp.Diagnostics.Append(diags...)
	var key opened
	if err := json.Unmarshal(raw, &key); err != nil {
		resp.Diagnostics.AddError("Could not revoke the key of this run", "Which one it was is not known: "+err.Error()+". It expires by itself.")
		return
	}
	if !e.ready(&resp.Diagnostics) {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, defaultTimeout)
	defer cancel()
	if err := e.client.RevokeKey(ctx, key.AppID, key.ID); err != nil && !client.IsNotFound(err) {
		e.fail(&resp.Diagnostics, "revoke the key of this run (it expires by itself)", err)
	}
}

func (m *apiKeyEphemeralModel) write(now time.Time) client.KeyWrite {
	name, ttl := "terraform run", defaultKeyTTL
	if !m.Name.IsNull() {
		name = m.Name.ValueString()
	}
	if !m.TTLSeconds.IsNull() {
		ttl = time.Duration(m.TTLSeconds.ValueInt64()) * time.Second
	}
	expiry := now.Add(ttl).UTC().Truncate(time.Millisecond)
	return client.KeyWrite{Name: name, Capabilities: capabilitiesToWire(m.Capabilities), ExpiresAt: &client.Expiry{At: &expiry}}
}

func (m *apiKeyEphemeralModel) read(k *client.Key) {
	m.ID = types.StringValue(k.ID)
	m.KeyName = types.StringValue(k.KeyName)
	m.Key = types.StringValue(k.Key)
	m.Secret = types.StringValue(secretOf(k.Key))
	m.ExpiresAt = instantLike(types.StringNull(), k.ExpiresAt)
}
