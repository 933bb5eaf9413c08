package provider

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"tidegate.io/tidegate/terraform-provider-tidegate/internal/client"
)

// apiKeyResource is tidegate_api_key: a backend's credential. Destroying it revokes it, and a key that was revoked
// elsewhere is gone: a revoked key never becomes good again.
type apiKeyResource struct{ connectedResource }

type apiKeyModel struct {
	ID           types.String   `tfsdk:"id"`
	AppID        types.String   `tfsdk:"app_id"`
	Name         types.String   `tfsdk:"name"`
	Capabilities types.Map      `tfsdk:"capabilities"`
	ExpiresAt    types.String   `tfsdk:"expires_at"`
	RotateWhen   types.Map      `tfsdk:"rotate_when"`
	KeyName      types.String   `tfsdk:"key_name"`
	Key          types.String   `tfsdk:"key"`
	Secret       types.String   `tfsdk:"secret"`
	CreatedAt    types.String   `tfsdk:"created_at"`
	Timeouts     timeouts.Value `tfsdk:"timeouts"`
}

func (m *apiKeyModel) what() string { return "the key" }

func (m *apiKeyModel) timesOut() timeouts.Value { return m.Timeouts }

var (
	_ resource.ResourceWithConfigure   = (*apiKeyResource)(nil)
	_ resource.ResourceWithImportState = (*apiKeyResource)(nil)
)

func newAPIKeyResource() resource.Resource { return &apiKeyResource{} }

func (r *apiKeyResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_api_key"
}

func (r *apiKeyResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "A key of an app: the credential of a backend, which signs the tokens of its clients. Destroying it revokes it, with every token it signed, within 5 s.\n\n" +
			"The gateway shows the secret once, so it is kept in the state (sensitive): protect the state, or use the ephemeral resource of the same name. " +
			"An imported key has no `key` and no `secret`.",
		Attributes: map[string]schema.Attribute{
			"id":     idAttribute("The key's id within its app, such as `k1`: the part of the key name after the dot."),
			"app_id": ownerAttribute("The app it is a credential of."),
			"name": schema.StringAttribute{
				Required:            true,
				MarkdownDescription: "For people; need not be unique. 1 to 100 characters.",
				Validators:          []validator.String{stringvalidator.UTF8LengthBetween(1, 100)},
			},
			"capabilities": schema.MapAttribute{
				ElementType:         capabilitiesType,
				Required:            true,
				MarkdownDescription: capabilitiesDescription + " Narrowed ones take effect on live connections within 5 s.",
				Validators:          capabilitiesValidators(keyOperations()...),
			},
			"expires_at": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "When it ceases to be good (RFC 3339). Without it never.",
				Validators:          []validator.String{timestampValidator{}},
				PlanModifiers:       []planmodifier.String{sameInstant{}},
			},
			"rotate_when": rotateWhenAttribute("the key"),
			"key_name":    settled("`appId.keyId`, such as `482913.k1`: the key without its secret, the user of HTTP's Basic scheme.", false),
			"key":         settled("`appId.keyId:secret`, as clients take it. Null on an imported key.", true),
			"secret":      settled("The part of `key` after the colon, the password of HTTP's Basic scheme. Null on an imported key.", true),
			"created_at":  createdAtAttribute(),
			"timeouts":    timeoutsAttribute(ctx),
		},
	}
}

func (r *apiKeyResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	create(ctx, &r.connected, "create", req, resp, func(ctx context.Context, plan *apiKeyModel) (string, error) {
		key, err := r.client.CreateKey(ctx, plan.AppID.ValueString(), plan.write(), client.NewIdempotencyKey())
		if err != nil {
			return "", err
		}
		plan.read(key)
		plan.Key, plan.Secret = types.StringValue(key.Key), types.StringValue(secretOf(key.Key))
		return key.ETag, nil
	})
}

func (r *apiKeyResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	read(ctx, &r.connected, req, resp, func(ctx context.Context, state *apiKeyModel) (string, error) {
		key, err := r.client.GetKey(ctx, state.AppID.ValueString(), state.ID.ValueString())
		if err != nil {
			return "", err
		}
		if key.RevokedAt != nil {
			return "", errGone
		}
		state.read(key)
		return key.ETag, nil
	})
}

func (r *apiKeyResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	update(ctx, &r.connected, req, resp, func(ctx context.Context, plan, state *apiKeyModel, etag string) (string, error) {
		appID, id := state.AppID.ValueString(), state.ID.ValueString()
		write, any := plan.changes(state)
		if !any {
			return etag, nil
		}
		key, err := change[client.Key]{
			write:     func(etag string) (*client.Key, error) { return r.client.UpdateKey(ctx, appID, id, etag, write) },
			read:      func() (*client.Key, error) { return r.client.GetKey(ctx, appID, id) },
			done:      plan.describes,
			asPlanned: state.describes,
		}.at(etag, func(k *client.Key) string { return k.ETag })
		if err != nil {
			return "", err
		}
		plan.read(key)
		return key.ETag, nil
	})
}

func (r *apiKeyResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	remove(ctx, &r.connected, "revoke", req, resp, func(ctx context.Context, state *apiKeyModel) error {
		return r.client.RevokeKey(ctx, state.AppID.ValueString(), state.ID.ValueString())
	})
}

func (r *apiKeyResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	importTwo(ctx, "app_id", "key_id", req, resp)
}

func (m *apiKeyModel) write() client.KeyWrite {
	return client.KeyWrite{
		Name:         m.Name.ValueString(),
		Capabilities: capabilitiesToWire(m.Capabilities),
		ExpiresAt:    &client.Expiry{At: timeOf(m.ExpiresAt)},
	}
}

// changes is what the gateway has to be told; any is false when only the provider's own attributes differ.
func (m *apiKeyModel) changes(was *apiKeyModel) (write client.KeyWrite, any bool) {
	if !m.Name.Equal(was.Name) {
		write.Name, any = m.Name.ValueString(), true
	}
	if !m.Capabilities.Equal(was.Capabilities) {
		write.Capabilities, any = capabilitiesToWire(m.Capabilities), true
	}
	if !m.ExpiresAt.Equal(was.ExpiresAt) {
		write.ExpiresAt, any = &client.Expiry{At: timeOf(m.ExpiresAt)}, true
	}
	return write, any
}

// read leaves Key and Secret alone: only a creation's answer has them.
func (m *apiKeyModel) read(k *client.Key) {
	m.ID = types.StringValue(k.ID)
	m.AppID = types.StringValue(k.AppID)
	m.Name = types.StringValue(k.Name)
	m.Capabilities = capabilitiesToValue(k.Capabilities)
	m.ExpiresAt = instantLike(m.ExpiresAt, k.ExpiresAt)
	m.KeyName = types.StringValue(k.KeyName)
	m.CreatedAt = instant(k.CreatedAt)
}

// describes: the gateway has what this says.
func (m *apiKeyModel) describes(k *client.Key) bool {
	return k.RevokedAt == nil && m.Name.ValueString() == k.Name &&
		m.Capabilities.Equal(capabilitiesToValue(k.Capabilities)) &&
		m.ExpiresAt.Equal(instantLike(m.ExpiresAt, k.ExpiresAt))
}

// secretOf takes `keyName:secret` apart.
func secretOf(key string) string {
	_, secret, _ := strings.Cut(key, ":")
	return secret
}
