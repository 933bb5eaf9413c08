package provider

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"tidegate.io/tidegate/terraform-provider-tidegate/internal/client"
)

// controlTokenDataSource is data.tidegate_control_token: one without its secret.
type controlTokenDataSource struct{ connectedDataSource }

type controlTokenData struct {
	ID        types.String `tfsdk:"id"`
	TenantID  types.String `tfsdk:"tenant_id"`
	Name      types.String `tfsdk:"name"`
	Role      types.String `tfsdk:"role"`
	ExpiresAt types.String `tfsdk:"expires_at"`
	CreatedAt types.String `tfsdk:"created_at"`
}

var _ datasource.DataSourceWithConfigure = (*controlTokenDataSource)(nil)

func newControlTokenDataSource() datasource.DataSource { return &controlTokenDataSource{} }

func (d *controlTokenDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_control_token"
}

func (d *controlTokenDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	id, name := byIDOr("name", "The control token's id.", "The control token's name, if only one of the tenant has it.")
	resp.Schema = schema.Schema{
		MarkdownDescription: "A control token of a tenant, by id or name. The token itself cannot be read.",
		Attributes: map[string]schema.Attribute{
			"id":         id,
			"tenant_id":  asked("The tenant it is good for."),
			"name":       name,
			"role":       readText(roleDescription),
			"expires_at": readText("When it ceases to be good (RFC 3339); null: never."),
			"created_at": readText("When it was created (RFC 3339)."),
		},
	}
}

func (d *controlTokenDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	lookup(ctx, &d.connected, "the control token", req, resp, func(ctx context.Context, config *controlTokenData) error {
		t, err := d.find(ctx, config)
		if err != nil {
			return err
		}
		*config = controlTokenData{
			ID:        types.StringValue(t.ID),
			TenantID:  types.StringValue(t.TenantID),
			Name:      types.StringValue(t.Name),
			Role:      types.StringValue(t.Role),
			ExpiresAt: instantLike(types.StringNull(), t.ExpiresAt),
			CreatedAt: instant(t.CreatedAt),
		}
		return nil
	})
}

func (d *controlTokenDataSource) find(ctx context.Context, config *controlTokenData) (*client.ControlToken, error) {
	tenant := config.TenantID.ValueString()
	if id := config.ID.ValueString(); id != "" {
		return d.client.GetControlToken(ctx, tenant, id)
	}
	name := config.Name.ValueString()
	return only(ctx, d.client.ControlTokens(ctx, tenant), fmt.Sprintf("control token %q in tenant %s", name, tenant),
		func(t *client.ControlToken) bool { return t.Name == name })
}
