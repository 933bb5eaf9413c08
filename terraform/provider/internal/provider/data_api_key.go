package provider

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"tidegate.io/tidegate/terraform-provider-tidegate/internal/client"
)

// apiKeyDataSource is data.tidegate_api_key: a key without its secret, a revoked one too when its id is given.
type apiKeyDataSource struct{ connectedDataSource }

type apiKeyData struct {
	ID           types.String `tfsdk:"id"`
	AppID        types.String `tfsdk:"app_id"`
	Name         types.String `tfsdk:"name"`
	Capabilities types.Map    `tfsdk:"capabilities"`
	ExpiresAt    types.String `tfsdk:"expires_at"`
	RevokedAt    types.String `tfsdk:"revoked_at"`
	KeyName      types.String `tfsdk:"key_name"`
	CreatedAt    types.String `tfsdk:"created_at"`
	UpdatedAt    types.String `tfsdk:"updated_at"`
}

var _ datasource.DataSourceWithConfigure = (*apiKeyDataSource)(nil)

func newAPIKeyDataSource() datasource.DataSource { return &apiKeyDataSource{} }

func (d *apiKeyDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_api_key"
}

func (d *apiKeyDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	id, name := byIDOr("name", "The key's id within its app.", "The key's name, if only one of the app's keys that are not revoked has it.")
	resp.Schema = schema.Schema{
		MarkdownDescription: "A key of an app, by id or name. Its secret cannot be read.",
		Attributes: map[string]schema.Attribute{
			"id":           id,
			"app_id":       asked("The app it is a credential of."),
			"name":         name,
			"capabilities": schema.MapAttribute{Computed: true, ElementType: capabilitiesType, MarkdownDescription: capabilitiesDescription},
			"expires_at":   readText("When it ceases to be good (RFC 3339); null: never."),
			"revoked_at":   readText("When it was revoked (RFC 3339); null when it was not."),
			"key_name":     readText("`appId.keyId`: the key without its secret."),
			"created_at":   readText("When it was created (RFC 3339)."),
			"updated_at":   readText("When it was changed last (RFC 3339)."),
		},
	}
}

func (d *apiKeyDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	lookup(ctx, &d.connected, "the key", req, resp, func(ctx context.Context, config *apiKeyData) error {
		k, err := d.find(ctx, config)
		if err != nil {
			return err
		}
		*config = apiKeyData{
			ID:           types.StringValue(k.ID),
			AppID:        types.StringValue(k.AppID),
			Name:         types.StringValue(k.Name),
			Capabilities: capabilitiesToValue(k.Capabilities),
			ExpiresAt:    instantLike(types.StringNull(), k.ExpiresAt),
			RevokedAt:    instantLike(types.StringNull(), k.RevokedAt),
			KeyName:      types.StringValue(k.KeyName),
			CreatedAt:    instant(k.CreatedAt),
			UpdatedAt:    instant(k.UpdatedAt),
		}
		return nil
	})
}

func (d *apiKeyDataSource) find(ctx context.Context, config *apiKeyData) (*client.Key, error) {
	app := config.AppID.ValueString()
	if id := config.ID.ValueString(); id != "" {
		return d.client.GetKey(ctx, app, id)
	}
	name := config.Name.ValueString()
	return only(ctx, d.client.Keys(ctx, app), fmt.Sprintf("key %q in app %s", name, app),
		func(k *client.Key) bool { return k.Name == name && k.RevokedAt == nil })
}
